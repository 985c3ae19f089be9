package session

import "time"

// sleepTime is the jump of the clock, or the time without a look at it, from
// which on a machine counts as having slept.
const sleepTime = 5 * time.Second

// nap notices that the machine has slept: the wall's clock has gone on and the
// monotonic one has not, as on Linux, or both have and nobody has looked. A clock
// that is set forward looks the same, and costs one connection more.
type nap struct{ wall, awake time.Time }

// slept is called every now and then with the present time by the wall's clock
// and by the monotonic one; where that begins does not matter.
func (n *nap) slept(wall, awake time.Time) bool {
	last := *n
	*n = nap{wall.Round(0), awake} // Round strips a monotonic reading
	if last.wall.IsZero() {
		return false
	}
	passed := awake.Sub(last.awake)
	return n.wall.Sub(last.wall)-passed >= sleepTime || passed >= sleepTime
}
