package collect

import (
	"net"
	"net/netip"
	"syscall"

	"golang.org/x/sys/unix"
)

// neverSplit sets the flag DF and does without the path MTU that the kernel
// has stored (ip(7), IP_PMTUDISC_PROBE).
func neverSplit(fd int, six bool) error {
	if six {
		return unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_MTU_DISCOVER, unix.IPV6_PMTUDISC_PROBE)
	}
	return unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_MTU_DISCOVER, unix.IP_PMTUDISC_PROBE)
}

// told is what the kernel has stored for the way.
func (e *icmpEchoer) told() int {
	c, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(e.address, 9)))
	if err != nil {
		return 0
	}
	defer c.Close()
	return socketMTU(c)
}

// connectionMTU is what the kernel holds for the way of an open connection.
func connectionMTU(c net.Conn) int {
	if s, ok := c.(syscall.Conn); ok {
		return socketMTU(s)
	}
	return 0
}

func socketMTU(c syscall.Conn) int {
	raw, err := c.SyscallConn()
	if err != nil {
		return 0
	}
	mtu := 0
	raw.Control(func(fd uintptr) {
		for _, of := range [][2]int{{unix.IPPROTO_IP, unix.IP_MTU}, {unix.IPPROTO_IPV6, unix.IPV6_MTU}} {
			if n, err := unix.GetsockoptInt(int(fd), of[0], of[1]); err == nil && mtu == 0 {
				mtu = n
			}
		}
	})
	return mtu
}
