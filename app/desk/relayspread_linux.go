package desk

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

const spreads = true

// spread lets several sockets have one port, and packets go to the one that
// their addresses say (SO_REUSEPORT, socket(7)). The TCP listener on the same
// port keeps another desk away from it.
func spread(_, _ string, c syscall.RawConn) error {
	var set error
	err := c.Control(func(fd uintptr) { set = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) })
	return errors.Join(err, set)
}
