package desk

import (
	"sync"
	"time"
)

// defaultRelayRate is what a session may send through the relay, both
// directions together, in bytes a second: a screen full of video, and a bound
// on what stolen credentials are worth.
const defaultRelayRate = 2 << 20

// quota is a session's part of the relay's bandwidth: a token bucket that
// holds one second. Time is passed in.
type quota struct {
	rate float64 // bytes a second

	mu    sync.Mutex // guards what follows
	level float64    // bytes that may go now
	at    time.Time
	over  int64 // packets that were dropped
}

func newQuota(rate int64, now time.Time) *quota {
	return &quota{rate: float64(rate), level: float64(rate), at: now}
}

// take says whether n bytes more may go; what may not is dropped, as a
// congested link would.
func (q *quota) take(n int, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if d := now.Sub(q.at); d > 0 { // a clock that goes back gives nothing
		q.level = min(q.rate, q.level+q.rate*d.Seconds())
	}
	q.at = now
	if q.level < float64(n) {
		q.over++
		return false
	}
	q.level -= float64(n)
	return true
}

// dropped is how many packets were too many.
func (q *quota) dropped() int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.over
}
