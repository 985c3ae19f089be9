package collect

import (
	"net"

	"golang.org/x/sys/unix"
)

// neverSplit sets the flag DF.
func neverSplit(fd int, six bool) error {
	if six {
		return unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_DONTFRAG, 1)
	}
	return unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_DONTFRAG, 1)
}

// told has nothing to say: macOS keeps the figure to itself.
func (*icmpEchoer) told() int { return 0 }

func connectionMTU(net.Conn) int { return 0 }
