package desk

import (
	"bytes"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pion/stun/v3"

	"github.com/beistand/beistand/app/api"
)

// allocateFrom is allocate from a socket of that address.
func allocateFrom(t *testing.T, from, at string, ice api.ICE) (net.PacketConn, error) {
	t.Helper()
	to, err := net.ResolveUDPAddr("udp", at)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.ListenPacket("udp", from)
	if err != nil {
		t.Fatal(err)
	}
	// pion's client resolves names to IPv4 alone; it is given the address.
	return allocateOn(t, redirected{conn, to}, "127.0.0.1:1", ice)
}

// redirected is a socket that speaks with one address alone.
type redirected struct {
	net.PacketConn
	to net.Addr
}

func (r redirected) WriteTo(b []byte, _ net.Addr) (int, error) { return r.PacketConn.WriteTo(b, r.to) }

func (r redirected) ReadFrom(b []byte) (int, net.Addr, error) {
	n, _, err := r.PacketConn.ReadFrom(b)
	return n, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, err
}

// TestRelayIPv6: a relay with both families is reached by both, and the two
// ends meet, since what is relayed is IPv4 for both; one without IPv4 relays IPv6.
func TestRelayIPv6(t *testing.T) {
	if l, err := net.ListenPacket("udp6", "[::1]:0"); err != nil {
		t.Skipf("this machine has no IPv6: %v", err)
	} else if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	port := func(h *house) string {
		_, p, err := net.SplitHostPort(h.RelayAddr())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	t.Run("both", func(t *testing.T) {
		h := open(t, func(c *Config) {
			c.RelayListen, c.RelayPublicIP, c.RelayPublicIP6 = ":0", netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")
		})
		_, ice, _ := h.iceOfNew()
		want := "stun:127.0.0.1:" + port(h) + " stun:[::1]:" + port(h)
		if got := strings.Join(ice.Servers[0].URLs, " "); got != want {
			t.Errorf("advertised %s, want %s", got, want)
		}
		six, err := allocateFrom(t, "[::1]:0", "[::1]:"+port(h), ice)
		if err != nil {
			t.Fatal(err)
		}
		four, err := allocateFrom(t, "127.0.0.1:0", "127.0.0.1:"+port(h), ice)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := four.WriteTo([]byte("permission"), six.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		if _, err := six.WriteTo([]byte("across"), four.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		hears(t, four, "across")
		if _, err := six.WriteTo([]byte("x"), &net.UDPAddr{IP: net.ParseIP("2a00:1450:4001:800::200e"), Port: 9}); err == nil {
			t.Error("an IPv4 address was permitted to speak with an IPv6 one")
		}
	})
	t.Run("alone", func(t *testing.T) {
		h := open(t, func(c *Config) {
			c.RelayListen = "[::1]:0"
			c.RelayAllow = []netip.Prefix{netip.MustParsePrefix("::1/128")}
		})
		_, ice, _ := h.iceOfNew()
		relayed, err := allocateFrom(t, "[::1]:0", h.RelayAddr(), ice)
		if err != nil {
			t.Fatal(err)
		}
		peer, err := net.ListenPacket("udp6", "[::1]:0")
		if err != nil {
			t.Fatal(err)
		}
		defer peer.Close()
		if _, err := relayed.WriteTo([]byte("hello there"), peer.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		hears(t, peer, "hello there")
	})
	t.Run("advertised and not listened on", func(t *testing.T) {
		s, err := New(Config{Dir: t.TempDir(), Listen: "127.0.0.1:0", RelayListen: "127.0.0.1:0", RelayPublicIP6: netip.MustParseAddr("::1")})
		if err == nil {
			s.Close()
			t.Error("a relay on IPv4 says that it has IPv6")
		}
	})
}

// familyRequest is an Allocate request that asks for a family.
func familyRequest(t testing.TB, family byte) []byte {
	t.Helper()
	m, err := stun.Build(stun.TransactionID, stun.NewType(stun.MethodAllocate, stun.ClassRequest),
		stun.RawAttribute{Type: stun.AttrRequestedTransport, Length: 4, Value: []byte{17, 0, 0, 0}},
		stun.RawAttribute{Type: stun.AttrRequestedAddressFamily, Length: 4, Value: []byte{family, 0, 0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	return m.Raw
}

// TestRelayFamily: a family that is not there is refused by its own number, over UDP and TCP.
func TestRelayFamily(t *testing.T) {
	h := open(t)
	for _, network := range []string{"udp", "tcp"} {
		for family, code := range map[byte]stun.ErrorCode{familyIPv6: 440, familyIPv4: 401, 7: 440} {
			conn, err := net.Dial(network, h.RelayAddr())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			ask := familyRequest(t, family)
			if _, err := conn.Write(ask); err != nil {
				t.Fatal(err)
			}
			if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			b := make([]byte, 1500)
			n, err := conn.Read(b)
			if err != nil {
				t.Fatal(err)
			}
			no := &stun.Message{Raw: b[:n]}
			var got stun.ErrorCodeAttribute
			if err := no.Decode(); err != nil || got.GetFrom(no) != nil || got.Code != code || !bytes.Equal(no.TransactionID[:], ask[8:20]) {
				t.Errorf("%s, family %d: %v %v, want %d", network, family, got.Code, err, code)
			}
		}
	}
}

// FuzzRequestedFamily agrees with pion's reading of every message that is one.
func FuzzRequestedFamily(f *testing.F) {
	f.Add(familyRequest(f, familyIPv6))
	f.Add(familyRequest(f, familyIPv4))
	f.Add(append(familyRequest(f, familyIPv6), 1, 2, 3))
	f.Add([]byte("\x00\x03\x00\x07\x21\x12\xa4\x42............\x00\x17\x00\x04\x02\x00\x00"))
	f.Add([]byte{0x40, 0, 0, 4, 1, 2, 3, 4})
	r := &relay{public: netip.MustParseAddr("9.9.9.9")}
	f.Fuzz(func(t *testing.T, b []byte) {
		family, ok := requestedFamily(b)
		if no := r.relayFamily(b); (no != nil) != (ok && family != familyIPv4) || len(no) > 64 {
			t.Fatalf("family %d, %v: answered %x", family, ok, no)
		}
		m := &stun.Message{Raw: b}
		if m.Decode() != nil || m.Type != stun.NewType(stun.MethodAllocate, stun.ClassRequest) {
			return
		}
		v, err := m.Get(stun.AttrRequestedAddressFamily)
		if ok != (err == nil) || ok && len(v) == 4 && family != v[0] {
			t.Fatalf("family %d %v, pion reads %x %v", family, ok, v, err)
		}
	})
}
