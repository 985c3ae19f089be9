package peer

import (
	"syscall"

	"golang.org/x/sys/unix"
)

const pollable = true

// writable says whether a socket takes a packet without waiting. UDP's is
// writable while half of its buffer is free (sock_writeable).
func writable(raw syscall.RawConn) (yes bool) {
	if raw == nil {
		return false
	}
	err := raw.Control(func(fd uintptr) {
		all := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}
		n, err := unix.Poll(all, 0)
		yes = err == nil && n == 1 && all[0].Revents&unix.POLLOUT != 0
	})
	return yes && err == nil
}
