package peer

import (
	"net"

	"golang.org/x/sys/unix"
)

// shallowBytes is what of a TCP stream may wait in the system without having
// left: more is kept back, and what no queue of ours takes is lost, as
// anywhere. Otherwise the system would take megabytes, and everything behind
// them, keys and pointer too, came seconds late.
const shallowBytes = 64 << 10

// shallow keeps the system from queueing much of what is written to a stream.
func shallow(conn net.Conn) {
	for { // TLS, a tunnel, or one in the other
		over, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			break
		}
		conn = over.NetConn()
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { // an old system queues more
		_ = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_NOTSENT_LOWAT, shallowBytes)
	})
}
