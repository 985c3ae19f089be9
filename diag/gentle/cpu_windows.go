package gentle

import (
	"time"

	"golang.org/x/sys/windows"
)

// cpuTime is what this process has used.
func cpuTime() time.Duration {
	var created, exited, kernel, user windows.Filetime
	if windows.GetProcessTimes(windows.CurrentProcess(), &created, &exited, &kernel, &user) != nil {
		return 0
	}
	ticks := func(f windows.Filetime) int64 { return int64(f.HighDateTime)<<32 | int64(f.LowDateTime) } // of 100 ns
	return time.Duration(ticks(kernel)+ticks(user)) * 100
}

// signalChildren does nothing: a program cannot be stopped for a while here.
func signalChildren(bool) {}
