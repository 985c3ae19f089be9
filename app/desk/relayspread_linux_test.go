package desk

import (
	"net"
	"sync"
	"testing"
	"time"
)

// TestSpread: packets to one port come to several sockets, and those of one
// client to the same.
func TestSpread(t *testing.T) {
	const clients, each = 64, 3
	conns, err := listenUDP(freePort(t), 4)
	if err != nil {
		t.Fatal(err)
	}
	type packet struct {
		socket int
		from   string
	}
	came := make(chan packet)
	var reading sync.WaitGroup
	for i, conn := range conns {
		reading.Go(func() {
			for b := make([]byte, 8); ; {
				_, from, err := conn.ReadFrom(b)
				if err != nil {
					return
				}
				came <- packet{i, from.String()}
			}
		})
	}
	for range clients {
		c, err := net.Dial("udp4", conns[0].LocalAddr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		for range each {
			if _, err := c.Write([]byte("x")); err != nil {
				t.Fatal(err)
			}
		}
	}
	at, sockets := map[string]int{}, map[int]bool{}
	late := time.After(10 * time.Second)
	for n := range clients * each {
		select {
		case p := <-came:
			if before, known := at[p.from]; known && before != p.socket {
				t.Errorf("%s comes to socket %d and to %d", p.from, before, p.socket)
			}
			at[p.from], sockets[p.socket] = p.socket, true
		case <-late:
			t.Fatalf("%d of %d packets came", n, clients*each)
		}
	}
	if len(at) != clients || len(sockets) < 2 {
		t.Errorf("%d clients came to %d sockets", len(at), len(sockets))
	}
	if err := closeAll(conns); err != nil {
		t.Error(err)
	}
	reading.Wait()
}

// freePort is an address on loopback that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.LocalAddr().String()
}

// TestRelayReaders: a session's allocations reach each other whichever sockets
// of the relay their clients have come to.
func TestRelayReaders(t *testing.T) {
	h := open(t)
	_, ice, _ := h.iceOfNew()
	var all []net.PacketConn
	for range relayPerSession {
		a, err := allocate(t, h, ice, "udp")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	for i, to := range all {
		from := all[(i+1)%len(all)]
		// Each has to permit the other: this is that, and heard by who has already.
		if _, err := to.WriteTo([]byte("permission"), from.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		if _, err := from.WriteTo([]byte("hello"), to.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		if err := to.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		for b, heard := make([]byte, 100), ""; heard != "hello"; {
			n, _, err := to.ReadFrom(b)
			if err != nil {
				t.Fatalf("allocation %d: %v", i, err)
			}
			heard = string(b[:n])
		}
	}
}

// TestEnds: an address is made once, stays what it was, and strangers cannot
// make a reader remember without end.
func TestEnds(t *testing.T) {
	e := ends{}
	for i := range 2*maxEnds + 1 {
		at := net.UDPAddr{IP: net.IPv4(192, 0, byte(i>>8), byte(i)), Port: i%65535 + 1}
		got := e.of(at.AddrPort())
		if got.String() != at.String() || e.of(at.AddrPort()) != got {
			t.Fatalf("%v became %v", &at, got)
		}
	}
	if len(e) > maxEnds {
		t.Errorf("%d are remembered", len(e))
	}
	zone := net.UDPAddr{IP: net.ParseIP("fe80::1"), Port: 5, Zone: "eth0"}
	if got := e.of(zone.AddrPort()); got.String() != zone.String() {
		t.Errorf("%v became %v", &zone, got)
	}
}
