package session

import "time"

// sleepTime is the jump of the clock, or the time without a look at it, from
// which on a machine counts as having slept.
const sleepTime = 5 * time.Second

// nap notices that the machine has slept: the wall's clock has gone on and the
// monotonic one has not, as on Linux, or both have and nobody has looked. A clock
// that is set forward looks the same, and costs one connection more.
type nap struct{ last time.Time }

// slept is called every now and then with the present time, which must have a
// monotonic reading, as time.Now's has.
func (n *nap) slept(now time.Time) bool {
	last := n.last
	n.last = now
	if last.IsZero() {
		return false
	}
	wall := now.Round(0).Sub(last.Round(0)) // Round strips the monotonic reading
	return wall-now.Sub(last) >= sleepTime || now.Sub(last) >= sleepTime
}
