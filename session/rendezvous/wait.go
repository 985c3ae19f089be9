package rendezvous

import "time"

// Waits before another try to come into a room: doubling from the first to the last.
const (
	urgentWait = 200 * time.Millisecond
	urgentLast = time.Second // what is broken must not stay broken for the wait's sake
	calmWait   = 2 * time.Second
	calmLast   = 15 * time.Second // all are back within twice that
)

// Wait is how long to wait before the try-th try, from 0, to come into a room
// again; rnd, from 0 to 1, spreads everybody whom the same desk has lost.
// Urgent is a session whose machines have no other way to each other: it
// begins at once.
func Wait(try int, urgent bool, rnd float64) time.Duration {
	try = min(max(try, 0), 10)
	if !urgent {
		d := min(calmWait<<try, calmLast)
		return time.Duration(rnd * float64(d))
	}
	if try == 0 {
		return 0
	}
	d := min(urgentWait<<(try-1), urgentLast)
	return d/2 + time.Duration(rnd*float64(d/2))
}
