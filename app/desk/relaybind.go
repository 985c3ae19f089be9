package desk

import (
	"context"
	"errors"
	"net"
	"runtime"
	"strconv"
)

// maxReaders bounds the UDP sockets on the relay's port.
const maxReaders = 4

// listenBoth opens one port for TCP and UDP, also when the system chooses it.
// Where the system spreads packets over several sockets on a port, there are as
// many as there are processors for their readers, up to maxReaders. It goes by
// both ends' addresses, so that a client's packets all come to the same one.
func listenBoth(addr string) (net.Listener, []*net.UDPConn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, nil, err
	}
	readers := 1
	if spreads {
		readers = min(runtime.GOMAXPROCS(0), maxReaders)
	}
	for try := 1; ; try++ {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			return nil, nil, err
		}
		conns, err := listenUDP(net.JoinHostPort(host, strconv.Itoa(l.Addr().(*net.TCPAddr).Port)), readers)
		if err == nil {
			return l, conns, nil
		}
		if err = errors.Join(err, l.Close()); port != "0" || try == 10 {
			return nil, nil, err
		}
	}
}

// listenUDP opens n sockets on one port, which is not 0.
func listenUDP(addr string, n int) (all []*net.UDPConn, err error) {
	for range n {
		conn, err := (&net.ListenConfig{Control: spread}).ListenPacket(context.Background(), "udp", addr)
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		all = append(all, conn.(*net.UDPConn))
	}
	return all, nil
}

// roomy lets a socket hold what comes while the relay is busy, in bytes. The
// system gives as much as it will (net.core.rmem_max); less is lost sooner.
func roomy(conn *net.UDPConn, size int) {
	_ = conn.SetReadBuffer(size)
	_ = conn.SetWriteBuffer(size)
}
