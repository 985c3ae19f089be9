package acme

import (
	"context"
	"net/http"
	"time"
)

// lateEvery is how often it is said that a certificate was not renewed.
const lateEvery = 24 * time.Hour

// Run gets what is missing before somebody asks for it, until ctx ends.
func (a *Certificates) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		for _, n := range a.names {
			if ready, _, _ := a.try(n, time.Now()); ready {
				a.overdue(n, time.Now())
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// overdue says when a certificate should have been renewed: autocert begins when
// a third of its life is left, or 30 days, goes on by itself and is silent.
func (a *Certificates) overdue(name string, now time.Time) {
	cert, err := a.certificate(name)
	if err != nil || cert.Leaf == nil {
		return
	}
	from, to := cert.Leaf.NotBefore, cert.Leaf.NotAfter
	if to.Sub(now) > min(to.Sub(from)/4, 25*24*time.Hour) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if s := a.state[name]; now.Sub(s.late) >= lateEvery {
		s.late = now
		a.log.Printf("the certificate for %s ends at %s and could not be renewed yet; it is tried every hour, and the name has to lead here by port 443", name, to.Format(time.RFC3339))
	}
}

// Close ends what is under way and waits for it. Get gives nothing new any more.
func (a *Certificates) Close() {
	a.mu.Lock()
	if !a.closed {
		a.closed = true
		close(a.stopped)
	}
	a.mu.Unlock()
	a.to.close()
	a.all.Wait()
}

// clientOver follows no redirect: the directory says where everything is.
func clientOver(t http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
