package picture

import (
	"syscall"
	"time"
)

const ofThread = 1 // RUSAGE_THREAD

// busy is how long this thread has been at work, whoever else is.
func busy() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(ofThread, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
