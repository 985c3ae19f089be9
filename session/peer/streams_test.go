package peer

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func newTestStreams(t *testing.T) *streams {
	t.Helper()
	s := newSockets()
	if err := s.listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.cut)
	return s.streams
}

func line(t *testing.T, s *streams, ufrag string) net.PacketConn {
	t.Helper()
	l, err := s.GetConnByUfrag(ufrag, false, net.IPv4(127, 0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// check is a binding request for ufrag.
func check(ufrag string) []byte { return stunMessage(1, 0x0006, []byte(ufrag+":other")) }

func frame(packet []byte) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(packet))), packet...)
}

// Both sides only listen, as pion sees it; the one that writes first connects.
func TestStreamsMeet(t *testing.T) {
	a, b := newTestStreams(t), newTestStreams(t)
	la, lb := line(t, a, "aaaa"), line(t, b, "bbbb")
	to := lb.LocalAddr()
	if _, err := la.WriteTo(check("bbbb"), to); err == nil {
		t.Fatal("an address was connected to that nobody has named")
	}
	a.know(unmapped(to.(*net.TCPAddr)))
	for _, packet := range []string{string(check("bbbb")), "\x17second"} {
		if _, err := la.WriteTo([]byte(packet), to); err != nil {
			t.Fatal(err)
		}
	}
	buffer := make([]byte, 1500)
	var from net.Addr
	for _, want := range []string{string(check("bbbb")), "\x17second"} {
		n, at, err := lb.ReadFrom(buffer)
		if err != nil || string(buffer[:n]) != want {
			t.Fatalf("got %q, %v", buffer[:n], err)
		}
		from = at
	}
	if _, err := lb.WriteTo([]byte("\x17back"), from); err != nil {
		t.Fatal(err)
	}
	if n, at, err := la.ReadFrom(buffer); err != nil || string(buffer[:n]) != "\x17back" || at.String() != to.String() {
		t.Errorf("got %q from %v, %v", buffer[:n], at, err)
	}
	a.RemoveConnByUfrag("aaaa")
	if _, _, err := la.ReadFrom(buffer); err == nil {
		t.Error("a removed line was read from")
	}
}

// What is no check for somebody here ends the stream, and so does whatever
// pion's parsers stumble over.
func TestStreamsRefuse(t *testing.T) {
	s := newTestStreams(t)
	l := line(t, s, "mine")
	for name, packets := range map[string][]byte{
		"for somebody else":   frame(check("theirs")),
		"no check":            frame([]byte("GET / HTTP/1.1")),
		"no username":         frame(stunMessage(1)),
		"an answer":           frame(stunMessage(0x0101, 0x0006, []byte("mine:other"))),
		"malformed":           frame(malformed(attrXORPeer)),
		"malformed later":     append(frame(check("mine")), frame(malformed(attrXORPeer))...),
		"larger than a jumbo": {0xff, 0xff, 1},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", l.LocalAddr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := conn.Write(packets); err != nil {
				t.Fatal(err)
			}
			if name == "malformed later" {
				if n, _, err := l.ReadFrom(make([]byte, 1500)); err != nil || n != len(check("mine")) {
					t.Fatalf("the first packet: %d, %v", n, err)
				}
			}
			if err := conn.SetReadDeadline(time.Now().Add(firstTime / 2)); err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Read(make([]byte, 1)); err == nil || strings.Contains(err.Error(), "timeout") {
				t.Errorf("it goes on: %v", err)
			}
		})
	}
}

func TestStreamsAreBounded(t *testing.T) {
	s := newTestStreams(t)
	l := line(t, s, "mine")
	var last net.Conn
	for range maxStreams + 1 {
		conn, err := net.Dial("tcp", l.LocalAddr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		last = conn
	}
	if err := last.SetReadDeadline(time.Now().Add(firstTime / 2)); err != nil {
		t.Fatal(err)
	}
	if _, err := last.Read(make([]byte, 1)); err == nil || strings.Contains(err.Error(), "timeout") {
		t.Errorf("one more is served: %v", err)
	}
}

func FuzzStream(f *testing.F) {
	f.Add(frame(check("mine")))
	f.Add(append(frame(check("mine")), frame(malformed(attrXORPeer))...))
	f.Add(frame(dtlsRecord(0, keyExchange(0))))
	f.Add([]byte{0xff, 0xff})
	f.Add([]byte{0, 0, 0, 1, 9})
	f.Fuzz(func(t *testing.T, stream []byte) {
		for r := strings.NewReader(string(stream)); ; {
			packet, err := readFrame(r, nil)
			if err != nil {
				break
			}
			parseAsPion(packet)
			_, _ = addressee(packet) // must not panic
		}
		r := &filteredStream{Conn: &replay{strings.NewReader(string(stream))}, sockets: newSockets()}
		for {
			packet, err := r.next()
			if err != nil {
				return
			}
			parseAsPion(packet)
		}
	})
}

// replay is a connection that says what it was made with.
type replay struct{ *strings.Reader }

func (replay) Close() error                     { return nil }
func (replay) Write(b []byte) (int, error)      { return len(b), nil }
func (replay) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (replay) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (replay) SetDeadline(time.Time) error      { return nil }
func (replay) SetReadDeadline(time.Time) error  { return nil }
func (replay) SetWriteDeadline(time.Time) error { return nil }

func TestReceived(t *testing.T) {
	const uuid = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
	for line, want := range map[string]struct {
		hidden  string
		passive string
	}{
		"candidate:1 1 udp 2113937151 192.0.2.7 5000 typ host":                           {},
		"candidate:1 1 udp 2113937151 " + uuid + ".local 5000 typ host generation 0":     {hidden: uuid + ".local"},
		"candidate:1 1 udp 2113937151 " + strings.ToUpper(uuid) + ".LOCAL 5000 typ host": {hidden: uuid + ".local"},
		"candidate:1 1 udp 2113937151 printer.local 5000 typ host":                       {},
		"candidate:1 1 udp 2113937151 " + uuid[1:] + "-.local 5000 typ host":             {},
		"candidate:1 1 udp 2113937151 " + uuid + ".local.example.com 5000 typ host":      {},
		"candidate:1 1 udp 1677729535 " + uuid + ".local 5000 typ srflx raddr 0.0.0.0":   {},
		"candidate:1 1 tcp 1671430143 192.0.2.7 5000 typ host tcptype passive":           {passive: "192.0.2.7:5000"},
		"candidate:1 1 TCP 1671430143 2001:db8::1 5000 typ host tcptype passive":         {passive: "[2001:db8::1]:5000"},
		"candidate:1 1 tcp 1671430143 192.0.2.7 9 typ host tcptype active":               {},
		"candidate:1 1 tcp 1671430143 192.0.2.7 0 typ host tcptype passive":              {},
		"candidate:1 1 udp 1671430143 192.0.2.7 5000 typ host tcptype passive":           {},
	} {
		r, err := parseCandidate(line)
		if err != nil {
			t.Fatal(err)
		}
		if name, ok := r.hidden(); ok != (want.hidden != "") || ok && name != want.hidden {
			t.Errorf("%s: hidden %q, %v", line, name, ok)
		}
		at, usable, ok := r.passive()
		if ok != (want.passive != "") || ok && at.String() != want.passive {
			t.Errorf("%s: passive %v, %v", line, at, ok)
		}
		if ok && usable.String() != strings.Replace(line, "passive", "so", 1) {
			t.Errorf("%s becomes %s", line, usable)
		}
	}
	for _, line := range []string{"", "candidate:", "candidate:1 1 udp 1 192.0.2.7 5000 host", "a b c d e f g h"} {
		if _, err := parseCandidate(line); err == nil {
			t.Errorf("%q is taken", line)
		}
	}
}

func FuzzCandidate(f *testing.F) {
	f.Add("candidate:1 1 udp 2113937151 192.0.2.7 5000 typ host")
	f.Add("candidate:1 1 tcp 1671430143 192.0.2.7 5000 typ host tcptype passive")
	f.Add("candidate:1 1 udp 1 0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d.local 5000 typ host")
	f.Add("candidate:1 1 tcp 1 fe80::1%eth0 5000 typ host tcptype passive ufrag x")
	f.Fuzz(func(t *testing.T, line string) {
		r, err := parseCandidate(line)
		if err != nil {
			return
		}
		if name, ok := r.hidden(); ok {
			if _, err := mdnsQuestion(name); err != nil || len(name) != 36+len(".local") {
				t.Errorf("%q would be looked up: %v", name, err)
			}
			if _, _, both := r.named(netip.MustParseAddr("192.0.2.1")).passive(); both && !strings.EqualFold(r[fieldTransport], "tcp") {
				t.Error("a UDP candidate is taken for a passive one")
			}
		}
		if at, usable, ok := r.passive(); ok {
			if again, err := parseCandidate(usable.String()); err != nil || !at.IsValid() || at.Port() == 0 || fmt.Sprint(again) != fmt.Sprint(usable) {
				t.Errorf("%v becomes %v, %v", r, usable, err)
			}
		}
	})
}
