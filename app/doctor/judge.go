package doctor

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"
)

// judgeTLS looks at the chain that was accepted: the certificate in it that
// ends first ends the chain.
func judgeTLS(s *tls.ConnectionState, now time.Time) Check {
	c := Check{Name: "tls", State: OK, Says: tlsGood, Data: map[string]any{}}
	if s == nil {
		c.State, c.Says = Skipped, tlsNone
		return c
	}
	var until time.Time
	for _, chain := range s.VerifiedChains {
		end := chain[0].NotAfter
		for _, cert := range chain {
			if cert.NotAfter.Before(end) {
				end = cert.NotAfter
			}
		}
		if end.After(until) {
			until = end
		}
	}
	c.Data["Until"] = until.Local().Format(time.DateOnly)
	if until.Sub(now) < tlsSoonTime {
		c.State, c.Says, c.Do = Warning, tlsSoon, tlsSoonDo
	}
	return c
}

// judgeClock compares with the desk's Date (RFC 9110, section 6.6.1), which has whole seconds.
func judgeClock(date string, now time.Time) Check {
	c := Check{Name: "clock", State: OK, Says: clockGood, Data: map[string]any{}}
	theirs, err := http.ParseTime(date)
	if err != nil {
		c.State, c.Says = Skipped, clockUntold
		return c
	}
	apart := now.Sub(theirs).Abs().Truncate(time.Second)
	c.Data["Seconds"] = int64(apart / time.Second)
	switch {
	case apart >= clockBad:
		c.State, c.Says, c.Do = Failed, clockOff, clockDo
	case apart >= clockFair:
		c.State, c.Says, c.Do = Warning, clockOff, clockDo
	}
	return c
}

// cause is the innermost error's text: what a person can do something with.
func cause(err error) string {
	var name *net.DNSError
	if errors.As(err, &name) {
		return name.Err
	}
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
