package play

import "golang.org/x/sys/unix"

// Now is CLOCK_MONOTONIC in nanoseconds: the same for every process of the
// machine, which is what lets one process's log be compared with another's.
func Now() int64 {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		panic(err) // every Linux has it
	}
	return ts.Nano()
}
