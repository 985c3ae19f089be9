package desk

import (
	"fmt"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/internet"
)

func TestQuota(t *testing.T) {
	now := time.Unix(1000, 0)
	q := newQuota(1000, now)
	for i, s := range []struct {
		after time.Duration
		n     int
		ok    bool
	}{
		{0, 600, true},
		{0, 400, true},
		{0, 1, false},
		{100 * time.Millisecond, 100, true},
		{0, 1, false},
		{-time.Hour, 1, false},
		{time.Hour, 1000, true},
		{0, 1, false},
		{time.Minute, 1001, false},
		{0, 1000, true},
	} {
		now = now.Add(s.after)
		if got := q.take(s.n, now); got != s.ok {
			t.Errorf("step %d: %v", i, got)
		}
	}
	if q.dropped() != 5 {
		t.Errorf("%d were dropped", q.dropped())
	}
}

// TestRelayBandwidth: a session's quota counts both directions and is not used
// up by strangers; beyond it packets are dropped, and go again a second later.
func TestRelayBandwidth(t *testing.T) {
	h := open(t, func(c *Config) {
		c.RelayAllow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		c.RelayRate = 5000
	})
	n, ice, _ := h.iceOfNew()
	relayed, err := allocate(t, h, ice, "udp")
	if err != nil {
		t.Fatal(err)
	}
	peer := listen(t)
	send := func(from net.PacketConn, to net.Addr, what string) {
		t.Helper()
		if _, err := from.WriteTo([]byte(what), to); err != nil {
			t.Fatal(err)
		}
	}
	thousand := func(i int) string { return fmt.Sprintf("%01000d", i) }
	for i := range 3 {
		send(relayed, peer.LocalAddr(), thousand(i))
		hears(t, peer, thousand(i))
	}
	// A stranger floods the relayed address: 127.0.0.2 has no permission.
	stranger, err := net.ListenPacket("udp4", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	for i := range 20 {
		send(stranger, relayed.LocalAddr(), thousand(i))
	}
	for i := range 2 { // the rest of the quota, the other way
		send(peer, relayed.LocalAddr(), thousand(i))
		hears(t, relayed, thousand(i))
	}
	send(relayed, peer.LocalAddr(), thousand(9))
	send(peer, relayed.LocalAddr(), thousand(9))
	h.relay.mu.Lock()
	q := h.relay.live[n.ID]
	h.relay.mu.Unlock()
	until(t, "both were dropped", func() bool { return q.dropped() == 2 })
	h.clock.pass(time.Second)
	send(relayed, peer.LocalAddr(), "again")
	hears(t, peer, "again")
}

// TestRelayKin: on the relay's own address one session does not reach another's allocation.
func TestRelayKin(t *testing.T) {
	h := open(t)
	_, one, _ := h.iceOfNew()
	_, two, _ := h.iceOfNew()
	a, err := allocate(t, h, one, "udp")
	if err != nil {
		t.Fatal(err)
	}
	b, err := allocate(t, h, two, "udp")
	if err != nil {
		t.Fatal(err)
	}
	c, err := allocate(t, h, two, "tcp")
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []net.PacketConn{b, c} { // permissions towards each other, the relay's address being one
		if _, err := from.WriteTo([]byte("permission"), a.LocalAddr()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.WriteTo([]byte("to a stranger"), b.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.WriteTo([]byte("to a stranger"), a.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.WriteTo([]byte("to the other side"), b.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	hears(t, b, "to the other side")
}

// TestRelayPeers bounds how many addresses an allocation speaks with.
func TestRelayPeers(t *testing.T) {
	r := &relay{clients: map[string]*relaySocket{}, public: netip.MustParseAddr("9.9.9.1")}
	if r.permit(nowhere{}, net.IPv4(9, 9, 9, 9)) {
		t.Error("a permission without an allocation")
	}
	r.clients[clientKey(nowhere{})] = &relaySocket{peers: map[netip.Addr]bool{}}
	for i := range relayPeers {
		if !r.permit(nowhere{}, net.IPv4(9, 9, 8, byte(i))) {
			t.Fatalf("peer %d was refused", i)
		}
	}
	if r.permit(nowhere{}, net.IPv4(9, 9, 9, 9)) {
		t.Error("one more than the bound was permitted")
	}
	if !r.permit(nowhere{}, net.IPv4(9, 9, 8, 0)) {
		t.Error("an old one was refused")
	}
}

// BenchmarkRelaySocket is what a relayed packet of 1200 bytes costs here above
// the bare socket: the filter, the books and the quota.
func BenchmarkRelaySocket(b *testing.B) {
	to, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer to.Close()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	r := &relay{
		now: time.Now, public: netip.MustParseAddr("9.9.9.1"), filter: internet.Filter{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
	}
	relayed := &relaySocket{UDPConn: conn.(*net.UDPConn), relay: r, quota: newQuota(1<<50, time.Now())}
	packet := make([]byte, 1200)
	for name, c := range map[string]net.PacketConn{"bare": conn, "relayed": relayed} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(packet)))
			for b.Loop() {
				if _, err := c.WriteTo(packet, to.LocalAddr()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
