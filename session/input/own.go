package input

import "time"

// OwnTime is for how long the machine's own pointer and keyboard must rest
// before their person is said to have let go of them.
const OwnTime = time.Second

const (
	ownHeld  = 10 * time.Second       // a key or button that is down and does not move counts so long
	ownAlarm = 500 * time.Millisecond // less than OwnTime: a rest that long is noticed to end
	ownLook  = 2 * time.Second        // between two looks for devices that were plugged in
)
