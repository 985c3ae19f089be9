package gentle

import "golang.org/x/sys/unix"

// Nice is the priority that a lowered thread has, as nice(1) counts.
const Nice = 10

// ioprio_set(2): the idle class is served when nobody else wants the disk.
const (
	ioprioWhoProcess = 1
	ioprioIdle       = 3 << 13
)

func lower() {
	// Linux's priorities are those of threads, whatever POSIX says. The system
	// call gives 20 less the value.
	if now, err := unix.Getpriority(unix.PRIO_PROCESS, 0); err == nil && 20-now < Nice {
		_ = unix.Setpriority(unix.PRIO_PROCESS, 0, Nice)
	}
	_, _, _ = unix.Syscall(unix.SYS_IOPRIO_SET, ioprioWhoProcess, 0, ioprioIdle)
}
