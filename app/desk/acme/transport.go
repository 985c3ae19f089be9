package acme

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"strconv"
	"time"
)

// How long the server may keep the desk, and how much it may say.
const (
	requestTimeout = 30 * time.Second // until an answer begins
	maxPause       = 10               // seconds between two looks; a desk that stops waits for one
	maxAgain       = 4                // tries of one request that the server could not answer
	maxAnswer      = 1 << 20          // bytes
)

// transport asks the ACME server until it is closed: what autocert does has no
// other end.
type transport struct {
	open  context.Context
	close context.CancelFunc
	over  *http.Transport
}

func newTransport(roots *x509.CertPool) *transport {
	over := http.DefaultTransport.(*http.Transport).Clone()
	over.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	over.ResponseHeaderTimeout = requestTimeout
	open, end := context.WithCancel(context.Background())
	return &transport{open: open, over: over, close: func() { end(); over.CloseIdleConnections() }}
}

// RoundTrip is part of http.RoundTripper.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(r.Context())
	stop := context.AfterFunc(t.open, cancel)
	answer, err := t.over.RoundTrip(r.WithContext(ctx))
	if err != nil {
		stop()
		cancel()
		return nil, err
	}
	from := answer.Body
	answer.Body = &body{
		Reader: io.LimitReader(from, maxAnswer),
		end:    func() error { stop(); defer cancel(); return from.Close() },
	}
	if after := answer.Header.Get("Retry-After"); after != "" {
		answer.Header.Set("Retry-After", sooner(after, time.Now()))
	}
	return answer, nil
}

// sooner is a pause of at most maxPause, in seconds. The header has seconds or a
// date (RFC 9110, section 10.2.3); what is neither is the longest.
func sooner(after string, now time.Time) string {
	seconds, err := strconv.Atoi(after)
	if at, derr := http.ParseTime(after); derr == nil {
		seconds, err = int(at.Sub(now)/time.Second)+1, nil
	}
	if err != nil || seconds > maxPause {
		seconds = maxPause
	}
	return strconv.Itoa(max(seconds, 1))
}

// body ends what belongs to its request with itself.
type body struct {
	io.Reader
	end func() error
}

// Close is part of io.Closer.
func (b *body) Close() error { return b.end() }

// again is the pause before a request that the server could not answer is sent
// again. A server that is busy for longer is asked when the name's turn comes.
func again(n int, _ *http.Request, _ *http.Response) time.Duration {
	if n > maxAgain {
		return 0
	}
	return time.Duration(n) * time.Second
}
