package session

import "time"

// Bounds of what one session takes, so that neither a flood nor a stuck button
// fills its record or this machine's hands. At most so many at once, then one
// in so much time.
const (
	resumes    = 40 // of pauses
	resumeTime = 20 * time.Second
	scopes     = 40 // changes of what is seen
	scopeTime  = 30 * time.Second
	inputs     = 2000 // moves, presses, turns
	inputTime  = 2500 * time.Microsecond
	clips      = 10 // texts into the clipboard
	clipTime   = time.Second
	wants      = 10 // requests for evidence
	wantTime   = 30 * time.Second
	texts      = 400 // texts that a customer's program sends, of its clipboard or of how it does: what an outage holds up comes at once
	textTime   = 200 * time.Millisecond
	lines      = 16 // connections that the other side wishes for
	lineTime   = time.Second

	questions    = 20               // in all, after the first
	questionTime = 10 * time.Second // between two
)

// bucket holds how many more may be.
type bucket struct {
	size, left float64
	each       time.Duration
	last       time.Time
	wakes      time.Time // when who found it empty is woken; zero: never yet
}

func newBucket(size int, each time.Duration) bucket {
	return bucket{size: float64(size), left: float64(size), each: each}
}

// take takes one out if there is one; else it says when there will be.
func (b *bucket) take(now time.Time) (ok bool, wait time.Duration) {
	if !b.last.IsZero() {
		b.left = min(b.size, b.left+float64(now.Sub(b.last))/float64(b.each))
	}
	b.last = now
	if b.left < 1 {
		return false, time.Duration((1 - b.left) * float64(b.each))
	}
	b.left--
	return true, 0
}
