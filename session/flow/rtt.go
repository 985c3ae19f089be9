package flow

import "time"

// Before the first answer.
const firstRTT = 150 * time.Millisecond

// rtt is the round-trip time as RFC 9002, section 5 estimates it.
type rtt struct {
	known                   bool
	latest, smooth, off, lo time.Duration
}

func (r *rtt) add(d time.Duration) {
	d = max(d, 0)
	r.latest = d
	if !r.known {
		*r = rtt{true, d, d, d / 2, d}
		return
	}
	r.lo = min(r.lo, d)
	r.off = (3*r.off + (r.smooth - d).Abs()) / 4
	r.smooth = (7*r.smooth + d) / 8
}

func (r *rtt) value() time.Duration {
	if !r.known {
		return firstRTT
	}
	return r.smooth
}

// patience is how long after a packet an answer should have come.
func (r *rtt) patience() time.Duration {
	if !r.known {
		return firstRTT + ackDelay
	}
	return r.smooth + max(2*r.off, time.Millisecond) + ackDelay
}
