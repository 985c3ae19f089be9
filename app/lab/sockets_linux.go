package lab

import (
	"net"
	"net/netip"
	"runtime"

	"golang.org/x/sys/unix"
)

// inside runs f on a thread that is in the namespace. What f opens stays there.
func inside(namespace string, f func() error) (err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // for good: a thread that has changed its namespace must serve nobody else
		var ns int
		if ns, err = unix.Open("/run/netns/"+namespace, unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
			return
		}
		defer unix.Close(ns)
		if err = unix.Setns(ns, unix.CLONE_NEWNET); err == nil {
			err = f()
		}
	}()
	<-done
	return err
}

// Inside runs f on a thread that is in the machine. What f opens itself stays
// there; goroutines that it starts are elsewhere.
func (m *Machine) Inside(f func() error) error { return inside(m.name, f) }

// ListenUDP opens a socket in the machine, closed with the test.
func (m *Machine) ListenUDP(at netip.AddrPort) *net.UDPConn {
	m.lab.tb.Helper()
	var conn *net.UDPConn
	err := inside(m.name, func() (err error) {
		conn, err = net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
		return err
	})
	if err != nil {
		m.lab.tb.Fatal(err)
	}
	m.lab.tb.Cleanup(func() { _ = conn.Close() }) // a test may have done so
	return conn
}
