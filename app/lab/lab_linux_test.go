package lab

import (
	"net"
	"net/netip"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	Enter()
	m.Run()
}

const patience = 5 * time.Second

// lostWithin is how long a packet is waited for that must not come.
const lostWithin = 200 * time.Millisecond

// seen reads one packet and says whom it came from; ok is false when none came.
func seen(t *testing.T, c *net.UDPConn, within time.Duration) (from netip.AddrPort, ok bool) {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(within)); err != nil {
		t.Fatal(err)
	}
	_, from, err := c.ReadFromUDPAddrPort(make([]byte, 100))
	return netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), err == nil
}

func send(t *testing.T, c *net.UDPConn, to netip.AddrPort) {
	t.Helper()
	if _, err := c.WriteToUDPAddrPort([]byte("hello"), to); err != nil {
		t.Fatal(err)
	}
}

// Each kind of router maps and filters as its name says (RFC 4787, sections 4.1 and 5).
func TestKindsOfNAT(t *testing.T) {
	l := New(t)
	a, b := l.Server("a"), l.Server("b")
	any4 := netip.IPv4Unspecified()
	a1, a2 := a.ListenUDP(netip.AddrPortFrom(any4, 1001)), a.ListenUDP(netip.AddrPortFrom(any4, 1002))
	b1 := b.ListenUDP(netip.AddrPortFrom(any4, 1001))
	for kind, want := range map[NAT]struct{ steady, otherPort, otherAddress bool }{
		FullCone:          {true, true, true},
		AddressRestricted: {true, true, false},
		PortRestricted:    {true, false, false},
		Symmetric:         {false, false, false},
	} {
		t.Run(string(kind), func(t *testing.T) {
			h := l.For(t).Home("home", HomeConfig{NAT: kind})
			c := h.ListenUDP(netip.AddrPortFrom(any4, 5000))
			send(t, c, netip.AddrPortFrom(a.IPv4, 1001))
			mapped, ok := seen(t, a1, patience)
			if !ok || mapped.Addr() != h.WAN {
				t.Fatalf("seen as %v, %v", mapped, ok)
			}
			send(t, a1, mapped)
			if from, ok := seen(t, c, patience); !ok || from != netip.AddrPortFrom(a.IPv4, 1001) {
				t.Fatalf("the answer came from %v, %v", from, ok)
			}
			for name, from := range map[string]struct {
				conn *net.UDPConn
				want bool
			}{"another port": {a2, want.otherPort}, "another address": {b1, want.otherAddress}} {
				send(t, from.conn, mapped)
				if _, ok := seen(t, c, map[bool]time.Duration{true: patience, false: lostWithin}[from.want]); ok != from.want {
					t.Errorf("%s gets through: %v", name, ok)
				}
			}
			send(t, c, netip.AddrPortFrom(b.IPv4, 1001))
			again, ok := seen(t, b1, patience)
			if !ok || (again == mapped) != want.steady {
				t.Errorf("seen as %v, and then as %v by somebody else", mapped, again)
			}
		})
	}
}

// What a line takes is what it was told to.
func TestLink(t *testing.T) {
	l := New(t)
	a := l.Server("a")
	h := l.Home("home", HomeConfig{NAT: PortRestricted, Link: &Link{Delay: 30 * time.Millisecond}})
	far := a.ListenUDP(netip.AddrPortFrom(netip.IPv4Unspecified(), 1001))
	near := h.ListenUDP(netip.AddrPortFrom(netip.IPv4Unspecified(), 5000))
	begin := time.Now()
	send(t, near, netip.AddrPortFrom(a.IPv4, 1001))
	from, ok := seen(t, far, patience)
	if took := time.Since(begin); !ok || took < 30*time.Millisecond {
		t.Errorf("there after %v, %v", took, ok)
	}
	send(t, far, from)
	if _, ok := seen(t, near, patience); !ok || time.Since(begin) < 60*time.Millisecond {
		t.Errorf("back after %v, %v", time.Since(begin), ok)
	}
}

// A changed address, a pulled cable and an outage take packets away, and only
// as long as they last.
func TestTroubles(t *testing.T) {
	for name, config := range map[string]HomeConfig{"IPv4": {NAT: FullCone}, "IPv6": {IPv6: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := New(t)
			a := l.Server("a")
			h := l.Home("home", config)
			at := a.IPv4
			if config.IPv6 {
				at = a.IPv6
			}
			once := func() bool {
				far := a.ListenUDP(netip.AddrPortFrom(at, 1001)) // which has heard of no earlier packet
				defer far.Close()
				near := h.ListenUDP(netip.AddrPortFrom(h.Addr, 0))
				defer near.Close()
				if _, err := near.WriteToUDPAddrPort([]byte("hello"), netip.AddrPortFrom(at, 1001)); err != nil {
					return false // the cable is out, and the machine knows
				}
				from, ok := seen(t, far, lostWithin)
				if !ok {
					return false
				}
				send(t, far, from)
				_, ok = seen(t, near, lostWithin)
				return ok
			}
			through := func(within time.Duration) bool { // interfaces take a moment to notice their cables
				for end := time.Now().Add(within); time.Now().Before(end); {
					if once() {
						return true
					}
				}
				return false
			}
			if !through(patience) {
				t.Fatal("nothing gets through")
			}
			before := h.Addr
			if h.ChangeAddress(); h.Addr == before || !through(patience) {
				t.Errorf("nothing gets through from %v after %v", h.Addr, before)
			}
			end := h.Router.Outage()
			if through(lostWithin) {
				t.Error("an outage lets packets through")
			}
			if end(); !through(patience) {
				t.Error("nothing gets through after an outage")
			}
			plug := h.Unplug()
			if through(lostWithin) {
				t.Error("packets get through without a cable")
			}
			if plug(); !through(patience) {
				t.Error("nothing gets through after the cable is in again")
			}
		})
	}
}

// What a crashed test left behind is removed by the next one.
func TestSweep(t *testing.T) {
	New(t)
	const left = namePrefix + "4194305-1-home" // above the kernel's highest process (proc(5), pid_max)
	if err := run("", "ip", "netns", "add", left); err != nil {
		t.Fatal(err)
	}
	sweep()
	if err := run("", "ip", "netns", "exec", left, "true"); err == nil {
		t.Error("it is still there")
	}
}
