package lab

import (
	"fmt"
	"net/netip"
)

// subnet is a prefix whose addresses are numbered. They look like public
// ones because a relay refuses all others.
type subnet struct {
	start string
	bits  int
}

var (
	internet4 = subnet{"45.0.0.", 24}
	internet6 = subnet{"2a02:45::", 64}
	home4     = subnet{"192.168.1.", 24} // of every home, as at home
)

func (n subnet) addr(i int) netip.Addr { return netip.MustParseAddr(fmt.Sprintf("%s%d", n.start, i)) }
func (n subnet) host(i int) string     { return fmt.Sprintf("%s/%d", n.addr(i), n.bits) }

// Server is a machine on the Internet itself.
type Server struct {
	*Machine
	IPv4, IPv6 netip.Addr
}

// Server adds a machine to the Internet, with an address of each kind.
func (l *Lab) Server(name string) *Server {
	l.tb.Helper()
	n := 9 + int(l.servers.Add(1))
	s := &Server{Machine: l.machine(fmt.Sprintf("%s-%d", name, n)), IPv4: internet4.addr(n), IPv6: internet6.addr(n)}
	l.plug(s.Machine, "wan", n)
	return s
}

// middle is the Internet, which this view of the lab may change.
func (l *Lab) middle() *Machine { return &Machine{l, l.internet} }

// plug joins a machine to the Internet.
func (l *Lab) plug(m *Machine, device string, n int) {
	l.tb.Helper()
	port := fmt.Sprintf("port%d", n)
	l.middle().ip(
		fmt.Sprintf("link add %s type veth peer name %s netns %s", port, device, m.name),
		fmt.Sprintf("link set %s master br0 up", port),
	)
	m.ip(
		fmt.Sprintf("addr add %s dev %s", internet4.host(n), device),
		fmt.Sprintf("addr add %s dev %s nodad", internet6.host(n), device),
		fmt.Sprintf("link set %s up", device),
		fmt.Sprintf("route add default via %s", internet4.addr(1)),
		fmt.Sprintf("route add default via %s", internet6.addr(1)),
	)
}

// Outage takes every packet away from the machine until End is called; its
// interfaces know nothing of it.
func (m *Machine) Outage() (end func()) {
	m.lab.tb.Helper()
	m.nft(`table inet outage {
	chain in {
		type filter hook prerouting priority -400
		iifname != "lo" drop
	}
	chain out {
		type filter hook postrouting priority 400
		oifname != "lo" drop
	}
}
`)
	return func() { m.nft("delete table inet outage\n") }
}
