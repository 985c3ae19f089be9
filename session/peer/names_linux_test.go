package peer

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/beistand/beistand/app/lab"
)

const uuid = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"

// mdnsReply answers for a name, behind as many records of others.
func mdnsReply(t testing.TB, name string, at netip.Addr, others int) []byte {
	t.Helper()
	m := dnsmessage.Message{Header: dnsmessage.Header{Response: true, Authoritative: true}}
	record := func(name string, body dnsmessage.ResourceBody, kind dnsmessage.Type) {
		full, err := dnsmessage.NewName(name + ".")
		if err != nil {
			t.Fatal(err)
		}
		const flush = 0x8001 // RFC 6762, section 10.2
		m.Answers = append(m.Answers, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: full, Type: kind, Class: flush, TTL: 120}, Body: body})
	}
	for range others {
		record("printer.local", &dnsmessage.TXTResource{TXT: []string{"paper=none"}}, dnsmessage.TypeTXT)
	}
	record(name, &dnsmessage.AResource{A: at.As4()}, dnsmessage.TypeA)
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A browser in the same network hides its address behind a name, and answers for it.
func TestHiddenNameInANetwork(t *testing.T) {
	l := lab.New(t)
	ours, browser := l.Server("ours"), l.Server("browser")
	var answering *net.UDPConn
	err := browser.Inside(func() (err error) {
		wan, err := net.InterfaceByName("wan")
		if err == nil {
			answering, err = net.ListenMulticastUDP("udp4", wan, mdnsPort)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	defer answering.Close()
	reply := mdnsReply(t, uuid+".local", browser.IPv4, 3)
	go func() { // until the socket is closed
		b := make([]byte, maxMDNS)
		for {
			n, _, err := answering.ReadFrom(b)
			if err != nil {
				return
			}
			if strings.Contains(string(b[:n]), uuid) && b[2]&0x80 == 0 {
				answering.WriteTo(reply, mdnsPort)
			}
		}
	}()
	var found netip.Addr
	if err := ours.Inside(func() (err error) { found, err = lookUpLocal(t.Context(), uuid+".local"); return err }); err != nil || found != browser.IPv4 {
		t.Errorf("found %v, %v, want %v", found, err, browser.IPv4)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	begin := time.Now()
	err = ours.Inside(func() error { _, err := lookUpLocal(ctx, strings.Replace(uuid, "0", "f", 1)+".local"); return err })
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) > nameTime {
		t.Errorf("a name of nobody: %v after %v", err, time.Since(begin))
	}
}

func TestMDNSAnswer(t *testing.T) {
	name, at := uuid+".local", netip.MustParseAddr("192.168.1.7")
	question, err := mdnsQuestion(name)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		packet []byte
		want   bool
	}{
		"alone":            {mdnsReply(t, name, at, 0), true},
		"in capitals":      {mdnsReply(t, strings.ToUpper(name), at, 0), true},
		"behind others":    {mdnsReply(t, name, at, 5), true},
		"behind too many":  {mdnsReply(t, name, at, maxAnswers), false},
		"of another":       {mdnsReply(t, "f"+name[1:], at, 0), false},
		"to everybody":     {mdnsReply(t, name, netip.MustParseAddr("224.0.0.1"), 0), false},
		"to nobody":        {mdnsReply(t, name, netip.IPv4Unspecified(), 0), false},
		"to this machine":  {mdnsReply(t, name, netip.MustParseAddr("127.0.0.1"), 0), false},
		"the own question": {question, false},
		"cut":              {mdnsReply(t, name, at, 0)[:40], false},
	} {
		if got, ok := mdnsAnswer(c.packet, name); ok != c.want || ok && got != at {
			t.Errorf("%s: %v, %v", what, got, ok)
		}
	}
}

// What the other side can make this machine ask is bounded, and ends with it.
func TestNamesAreBounded(t *testing.T) {
	s := newSockets()
	for i := range maxNames + 1 {
		if err := s.names.find(uuid+".local", func(netip.Addr) { t.Error("found") }); (err != nil) != (i == maxNames) {
			t.Errorf("name %d: %v", i+1, err)
		}
	}
	begin := time.Now()
	s.cut()
	if took := time.Since(begin); took > nameTime/2 {
		t.Errorf("it ended after %v", took)
	}
	if err := newEnded().names.find(uuid+".local", nil); err == nil {
		t.Error("a name was asked for after the end")
	}
}

func newEnded() *sockets {
	s := newSockets()
	s.cut()
	return s
}

func FuzzMDNSAnswer(f *testing.F) {
	f.Add(mdnsReply(f, uuid+".local", netip.MustParseAddr("192.168.1.7"), 1))
	f.Add([]byte{0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4})
	f.Fuzz(func(t *testing.T, packet []byte) {
		if at, ok := mdnsAnswer(packet, uuid+".local"); ok && (!at.Is4() || at.IsMulticast() || at.IsUnspecified() || at.IsLoopback()) {
			t.Errorf("%v is taken", at)
		}
	})
}
