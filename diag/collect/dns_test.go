package collect

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/dns/dnsmessage"
)

// dnsServer answers on loopback: names that begin with "there" have an
// address, "broken" ones are a server's failure, of "silent" ones nothing is
// heard, "refused" ones are refused, the others do not exist.
func dnsServer(t *testing.T) (port string) {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 4096)
		for {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) == 0 {
				continue
			}
			name := m.Questions[0].Name.String()
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			switch {
			case strings.HasPrefix(name, "silent"):
				continue
			case strings.HasPrefix(name, "broken"):
				m.RCode = dnsmessage.RCodeServerFailure
			case strings.HasPrefix(name, "refused"):
				m.RCode = dnsmessage.RCodeRefused
			case strings.HasPrefix(name, "there") && m.Questions[0].Type == dnsmessage.TypeA:
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET, TTL: 60},
					Body:   &dnsmessage.AResource{A: [4]byte{192, 0, 2, 7}},
				}}
			case strings.HasPrefix(name, "there"), name == ".":
			default:
				m.RCode = dnsmessage.RCodeNameError
			}
			packet, err := m.Pack()
			if err == nil {
				c.WriteTo([]byte("no answer at all"), from) // passed over
				c.WriteTo(packet, from)
			}
		}
	}()
	t.Cleanup(func() { c.Close(); <-done })
	_, port, _ = net.SplitHostPort(c.LocalAddr().String())
	return port
}

// dnsResolver asks that server and no other.
func dnsResolver(port string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", "127.0.0.1:"+port)
	}}
}

func factsOf[T any](t *testing.T, c Collector) T {
	t.Helper()
	s := &memSink{}
	if err := c.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	var f T
	if err := json.Unmarshal(s.only(t).Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDNS(t *testing.T) {
	port := dnsServer(t)
	hosts := filepath.Join(t.TempDir(), "hosts")
	os.WriteFile(hosts, []byte("127.0.0.1 localhost\n# 192.0.2.1 there.example\n192.0.2.8\tother THERE.example # by hand\n"), 0o600)
	d := newDNS(Options{
		Hosts:     []string{"there.example", "missing.example", "broken.example"},
		Endpoints: []Endpoint{{URL: "https://there2.example/x"}, {URL: "tcp://192.0.2.9:1"}, {URL: "https://there.example"}},
	})
	d.hostsFile, d.port, d.resolver = hosts, port, dnsResolver(port)
	d.config = func(context.Context) DNSFacts {
		return DNSFacts{Source: "test", Servers: []ServerFacts{{Address: "127.0.0.1"}, {Address: "127.0.0.2"}}}
	}
	f := factsOf[DNSFacts](t, d)
	if s := f.Servers[0]; s.Kind != "" || s.Asked != "there.example" || s.Milliseconds <= 0 {
		t.Errorf("%+v", s)
	}
	if s := f.Servers[1]; s.Kind != ProblemRefused || s.Error == "" {
		t.Errorf("a server that is not there: %+v", s)
	}
	want := []struct{ host, kind, address string }{
		{"there.example", "", "192.0.2.7"}, {"missing.example", ProblemNotFound, ""}, {"broken.example", ProblemServer, ""}, {"there2.example", "", "192.0.2.7"},
	}
	if len(f.Lookups) != len(want) {
		t.Fatalf("%+v", f.Lookups)
	}
	for i, w := range want {
		if l := f.Lookups[i]; l.Host != w.host || l.Kind != w.kind || strings.Join(l.Addresses, " ") != w.address || l.Milliseconds <= 0 || (l.Error == "") != (w.kind == "") {
			t.Errorf("%+v, want %+v", l, w)
		}
	}
	if d := cmp.Diff([]HostsFacts{{Host: "there.example", Address: "192.0.2.8", Line: 3}}, f.Hosts); d != "" {
		t.Error(d)
	}
}

// TestServerAnswers tells a server that is dead from one that refuses or fails.
func TestServerAnswers(t *testing.T) {
	port := dnsServer(t)
	for name, want := range map[string]string{
		"there.example.": "", "missing.example.": "", ".": "", "broken.example.": ProblemServer, "refused.example.": ProblemRefused,
		"silent.example.": ProblemTimeout, strings.Repeat("x", 300): ProblemAddress,
	} {
		start := time.Now()
		if s := ask(t.Context(), ServerFacts{Address: "127.0.0.1"}, port, name); s.Kind != want {
			t.Errorf("%.20s: %+v", name, s)
		}
		if took := time.Since(start); took > questionTime+2*time.Second {
			t.Errorf("%.20s took %v", name, took)
		}
	}
}

func TestResolverConfiguration(t *testing.T) {
	f := resolvConf("# made by hand\nnameserver 127.0.0.53\nnameserver fe80::1%eth0 ; second\ndomain old.example\nsearch a.example b.example\noptions edns0 ndots:2\nnameserver\n")
	f.behind(resolvConf("nameserver 192.0.2.53\nnameserver 127.0.0.53\n"))
	want := DNSFacts{
		Servers: []ServerFacts{{Address: "127.0.0.53"}, {Address: "fe80::1%eth0"}, {Address: "192.0.2.53", Behind: "127.0.0.53"}},
		Search:  []string{"a.example", "b.example"}, Options: []string{"edns0", "ndots:2"},
	}
	if d := cmp.Diff(want, f); d != "" {
		t.Error(d)
	}
	const scutil = `DNS configuration

resolver #1
  search domain[0] : fritz.box
  nameserver[0] : 192.168.178.1
  nameserver[1] : fd00::3ea6:2fff:fe5c:1
  if_index : 14 (en0)
  flags    : Request A records, Request AAAA records
  reach    : 0x00020002 (Reachable,Directly Reachable Address)

resolver #2
  domain   : local
  options  : mdns
  timeout  : 5
  flags    : Request A records

DNS configuration (for scoped queries)

resolver #1
  search domain[0] : fritz.box
  nameserver[0] : 192.168.178.99
`
	want = DNSFacts{
		Source: "scutil --dns", Servers: []ServerFacts{{Address: "192.168.178.1"}, {Address: "fd00::3ea6:2fff:fe5c:1"}}, Search: []string{"fritz.box"},
	}
	if d := cmp.Diff(want, scutilDNS(scutil)); d != "" {
		t.Error(d)
	}
}
