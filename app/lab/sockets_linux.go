package lab

import (
	"net"
	"net/netip"

	"github.com/beistand/beistand/app/lab/line"
)

// Inside runs f on a thread that is in the machine. What f opens itself stays
// there; goroutines that it starts are elsewhere.
func (m *Machine) Inside(f func() error) error { return line.Inside(m.name, f) }

// ListenUDP opens a socket in the machine, closed with the test.
func (m *Machine) ListenUDP(at netip.AddrPort) *net.UDPConn {
	m.lab.tb.Helper()
	var conn *net.UDPConn
	err := line.Inside(m.name, func() (err error) {
		conn, err = net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
		return err
	})
	if err != nil {
		m.lab.tb.Fatal(err)
	}
	m.lab.tb.Cleanup(func() { _ = conn.Close() }) // a test may have done so
	return conn
}
