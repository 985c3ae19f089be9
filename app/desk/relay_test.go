package desk

import (
	"io"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/pion/logging"
	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/app/api"
)

// allocate makes an allocation with a session's credentials, over UDP or TCP.
func allocate(t *testing.T, h *house, ice api.ICE, network string) (net.PacketConn, error) {
	t.Helper()
	var conn net.PacketConn
	var err error
	if network == "tcp" {
		var c net.Conn
		if c, err = net.Dial("tcp", h.RelayAddr()); err == nil {
			conn = turn.NewSTUNConn(c)
		}
	} else {
		conn, err = net.ListenPacket("udp", "127.0.0.1:0")
	}
	if err != nil {
		t.Fatal(err)
	}
	return allocateOn(t, conn, h.RelayAddr(), ice)
}

// allocateOn does it on a connection that is there.
func allocateOn(t *testing.T, conn net.PacketConn, at string, ice api.ICE) (net.PacketConn, error) {
	t.Helper()
	c, err := turn.NewClient(&turn.ClientConfig{
		STUNServerAddr: at, TURNServerAddr: at, Conn: conn,
		Username: ice.Servers[1].Username, Password: ice.Servers[1].Credential, Realm: relayRealm,
		LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); conn.Close() })
	if err := c.Listen(); err != nil {
		t.Fatal(err)
	}
	relayed, err := c.Allocate()
	if err == nil {
		t.Cleanup(func() { relayed.Close() })
	}
	return relayed, err
}

// iceOfNew asks for a session and gives what its customer is given.
func (h *house) iceOfNew() (api.Session, api.ICE, string) {
	h.t.Helper()
	made := h.ticket()
	n := h.session(made.Ticket.Number)
	ice, err := h.client(made.Token).ICE(h.t.Context(), n.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return n, ice, made.Token
}

// listen is a socket on loopback that a relay may be asked to reach.
func listen(t *testing.T) net.PacketConn {
	t.Helper()
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// hears says whether what from sends to to's address arrives. What must not
// arrive is followed by what must, so that nothing is waited for in vain.
func hears(t *testing.T, to net.PacketConn, want string) {
	t.Helper()
	if err := to.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 1500)
	n, _, err := to.ReadFrom(b)
	if err != nil || string(b[:n]) != want {
		t.Fatalf("heard %q %v, want %q", b[:n], err, want)
	}
}

// bothWays relays to a peer on loopback and back.
func bothWays(t *testing.T, relayed net.PacketConn) {
	t.Helper()
	peer := listen(t)
	if _, err := relayed.WriteTo([]byte("hello there"), peer.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	hears(t, peer, "hello there")
	// pion/turn v4.1.4 leaves channel data of 4 bytes or less in the stream until more comes; ICE and DTLS send none so short.
	if _, err := peer.WriteTo([]byte("and back"), relayed.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	hears(t, relayed, "and back")
}

// TestRelay relays over real sockets: to a peer that is allowed and back, and not to one that is not.
func TestRelay(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		t.Run(network+" allowed", func(t *testing.T) {
			h := open(t, func(c *Config) { c.RelayAllow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
			_, ice, _ := h.iceOfNew()
			relayed, err := allocate(t, h, ice, network)
			if err != nil {
				t.Fatal(err)
			}
			bothWays(t, relayed)
		})
	}
	t.Run("refused", func(t *testing.T) {
		h := open(t)
		_, ice, _ := h.iceOfNew()
		relayed, err := allocate(t, h, ice, "udp")
		if err != nil {
			t.Fatal(err)
		}
		for _, peer := range []string{"127.0.0.2:9", "10.0.0.1:9", "169.254.169.254:80", "192.168.1.1:53"} {
			to, err := net.ResolveUDPAddr("udp", peer)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := relayed.WriteTo([]byte("hello"), to); err == nil {
				t.Errorf("%s: a permission was given", peer)
			}
		}
	})
	t.Run("own address reaches allocations alone", func(t *testing.T) {
		h := open(t)
		_, ice, _ := h.iceOfNew()
		one, err := allocate(t, h, ice, "udp")
		if err != nil {
			t.Fatal(err)
		}
		two, err := allocate(t, h, ice, "tcp")
		if err != nil {
			t.Fatal(err)
		}
		service := listen(t)
		if _, err := two.WriteTo([]byte("permission"), one.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		if _, err := one.WriteTo([]byte("to the service"), service.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		if _, err := one.WriteTo([]byte("to the other side"), two.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		hears(t, two, "to the other side")
		// The relay handled both in order, so the first would be here by now.
		if _, err := two.WriteTo([]byte("and once more"), one.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		direct := listen(t)
		if _, err := direct.WriteTo([]byte("direct"), service.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		hears(t, service, "direct")
	})
}

// TestRelayPorts keeps relayed sockets within the range that a firewall was opened for.
func TestRelayPorts(t *testing.T) {
	h := open(t, func(c *Config) { c.RelayMinPort, c.RelayMaxPort = 50010, 50040 })
	p := relayPorts{h.relay}
	conn, addr, err := p.AllocatePacketConn("udp4", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if port := addr.(*net.UDPAddr).Port; port < 50010 || port > 50040 {
		t.Errorf("port %d", port)
	}
	if _, _, err := p.AllocatePacketConn("udp4", 22); err == nil {
		t.Error("a port outside the range was opened")
	}
	if _, _, err := p.AllocateConn("tcp4", 0); err == nil {
		t.Error("a TCP allocation was made")
	}
}
