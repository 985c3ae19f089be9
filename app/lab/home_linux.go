package lab

import (
	"fmt"
	"net/netip"
)

// HomeConfig is how a home reaches the Internet.
type HomeConfig struct {
	NAT      NAT
	IPv6     bool           // IPv6 only, behind a firewall that lets answers in; NAT is not used
	BlockUDP bool           // the router lets no UDP through
	Only     netip.AddrPort // when valid, nothing leaves but TCP to there
	Loss     int            // percent of packets that the router loses, each way
	Link     *Link          // between machine and router; nil is a cable that costs nothing
}

// Home is a machine behind a router.
type Home struct {
	*Machine
	Router *Machine
	WAN    netip.Addr // what the Internet sees of it, unless it is IPv6 only
	Addr   netip.Addr // the machine's own

	number  int
	changes int
	config  HomeConfig
	gateway netip.Addr
}

// Home adds a home to the Internet.
func (l *Lab) Home(name string, c HomeConfig) *Home {
	l.tb.Helper()
	number := int(l.homes.Add(1))
	name = fmt.Sprintf("%d-%s", number, name)
	h := &Home{
		Machine: l.machine(name), Router: l.machine(name + "-router"),
		WAN: internet4.addr(100 + number), number: number, config: c,
	}
	h.Router.Shell(forwarding)
	l.plug(h.Router, "wan", 100+h.number)
	if c.Link != nil {
		join(l.tb, *c.Link, h.Machine, "lan", h.Router, "lan")
	} else {
		h.Router.ip("link add lan type veth peer name lan netns " + h.Machine.name)
	}
	h.Router.ip("link set lan up")
	h.Machine.ip("link set lan up")
	h.Router.nft(c.rules())
	if c.IPv6 {
		lan := subnet{fmt.Sprintf("2a02:45:%d::", h.number), 64}
		h.gateway = lan.addr(1)
		h.Router.ip("addr add "+lan.host(1)+" dev lan nodad", "addr flush dev wan scope global",
			"addr add "+internet6.host(100+h.number)+" dev wan nodad", "route replace default via "+internet6.addr(1).String())
		l.middle().ip(fmt.Sprintf("route add %s0/64 via %s", lan.start, internet6.addr(100+h.number)))
	} else {
		h.gateway = home4.addr(1)
		h.Router.ip("addr add " + home4.host(1) + " dev lan")
	}
	h.address()
	return h
}

// address gives the machine its next address and takes the one before.
func (h *Home) address() {
	h.lab.tb.Helper()
	lan, option := home4, ""
	if h.config.IPv6 {
		lan, option = subnet{fmt.Sprintf("2a02:45:%d::", h.number), 64}, " nodad"
	}
	var commands []string
	if h.Addr.IsValid() {
		commands = append(commands, fmt.Sprintf("addr del %s/%d dev lan", h.Addr, lan.bits))
	}
	n := 10 + 20*h.changes + h.number%20
	h.Addr = lan.addr(n)
	h.Machine.ip(append(commands,
		"addr add "+lan.host(n)+" dev lan"+option,
		fmt.Sprintf("route replace default via %s dev lan", h.gateway))...)
}

// ChangeAddress gives the machine another address, as after a change of
// networks; what was bound to the old one reaches nobody any more.
func (h *Home) ChangeAddress() {
	h.lab.tb.Helper()
	h.changes = (h.changes + 1) % 10
	h.address()
}

// Unplug takes the machine's cable out until the returned function is called.
func (h *Home) Unplug() (plug func()) {
	h.lab.tb.Helper()
	h.Router.ip("link set lan down")
	return func() {
		h.Router.ip("link set lan up")
		if h.config.IPv6 {
			h.Router.ip(fmt.Sprintf("addr replace %s/64 dev lan nodad", h.gateway))
		}
	}
}
