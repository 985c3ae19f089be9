//go:build unix

package gentle

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is what this process has used, with the programs that it started.
func cpuTime() time.Duration {
	var all time.Duration
	for _, who := range []int{unix.RUSAGE_SELF, unix.RUSAGE_CHILDREN} {
		var r unix.Rusage
		if unix.Getrusage(who, &r) == nil {
			all += time.Duration(r.Utime.Nano() + r.Stime.Nano())
		}
	}
	for _, c := range children() {
		all += c.used
	}
	return all
}

// child is a program that runs because of us.
type child struct {
	pid  int
	used time.Duration
}

func signalChildren(stop bool) {
	s := unix.SIGCONT
	if stop {
		s = unix.SIGSTOP
	}
	for _, c := range children() {
		_ = unix.Kill(c.pid, s)
	}
}
