package gentle

import "time"

// burst is how much processor time may be taken at once, so that what is
// short is not held up.
const burst = 100 * time.Millisecond

// bucket leaks processor time at the rate that is allowed. Times are passed in.
type bucket struct {
	percent int // of one processor
	level   time.Duration
	at      time.Time
	used    time.Duration
}

// fill takes note of the processor time used so far, and says how long to
// pause until what was too much is made up for.
func (b *bucket) fill(now time.Time, used time.Duration) time.Duration {
	share := float64(b.percent) / 100
	if b.at.IsZero() {
		b.at, b.used = now, used
	}
	b.level -= time.Duration(float64(max(0, now.Sub(b.at))) * share)
	b.level = max(0, b.level) + max(0, used-b.used)
	b.at, b.used = now, max(used, b.used)
	if b.level <= burst {
		return 0
	}
	return time.Duration(float64(b.level-burst) / share)
}
