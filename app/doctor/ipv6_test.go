package doctor

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

// onSix is a server's address on IPv6's loopback.
func onSix(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skipf("this machine has no IPv6: %v", err)
	}
	s := httptest.NewUnstartedServer(h)
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func TestIPv6(t *testing.T) {
	healthy := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"name":"beistand"}`)) }
	good, strange := onSix(t, http.HandlerFunc(healthy)), onSix(t, http.NotFoundHandler())
	closed := onSix(t, http.NotFoundHandler())
	closed.Close()
	four := httptest.NewServer(http.HandlerFunc(healthy))
	defer four.Close()
	says := net.UDPAddr{IP: net.ParseIP("2001:db8::7"), Port: 7}
	answers, quiet := mirrorOn(t, "udp6", "[::1]:0", says), "stun:"+silent(t)
	own := []netip.Addr{netip.MustParseAddr("2001:db8::7")}
	for name, c := range map[string]struct {
		desk  string
		urls  []string
		own   []netip.Addr
		state State
		says  string
	}{
		"no address":           {good.URL, nil, nil, OK, sixNone},
		"no desk":              {"", nil, own, Skipped, sixUntold},
		"a desk on IPv4":       {four.URL, nil, own, OK, sixFour},
		"it answers":           {good.URL, nil, own, OK, sixDesk},
		"servers on IPv4":      {good.URL, []string{mirror(t, says)}, own, OK, sixDesk},
		"all answer":           {good.URL, []string{answers}, own, OK, sixWorks},
		"the second answers":   {good.URL, []string{quiet, answers}, own, OK, sixWorks},
		"no UDP":               {good.URL, []string{quiet}, own, Warning, sixUDP},
		"nobody there":         {closed.URL, []string{answers}, own, Warning, sixAway},
		"somebody else there":  {strange.URL, []string{answers}, own, Warning, sixAway},
		"through another door": {good.URL, []string{"turn:" + answers[len("stun:"):] + "?transport=tcp"}, own, OK, sixDesk},
	} {
		t.Run(name, func(t *testing.T) {
			var base *url.URL
			if c.desk != "" {
				var err error
				if base, err = url.Parse(c.desk); err != nil {
					t.Fatal(err)
				}
			}
			expect(t, []Check{checkSix(t.Context(), Options{Now: time.Now}, base, answered(c.urls...), c.own)}, "ipv6", c.state, c.says)
		})
	}
	t.Run("no desk on any way", func(t *testing.T) { // which is not IPv6's fault
		base, err := url.Parse(closed.URL)
		if err != nil {
			t.Fatal(err)
		}
		away := asked{desk: Check{Name: "desk", State: Failed}}
		expect(t, []Check{checkSix(t.Context(), Options{Now: time.Now}, base, away, own)}, "ipv6", Skipped, sixUntold)
	})
	t.Run("a proxy", func(t *testing.T) {
		t.Setenv("HTTPS_PROXY", "http://proxy.example.com:3128")
		base := &url.URL{Scheme: "https", Host: "desk.example.com"}
		expect(t, []Check{checkSix(t.Context(), Options{Now: time.Now}, base, answered(), own)}, "ipv6", Skipped, sixUntold)
	})
}

// answered is what a desk that names these servers has told.
func answered(urls ...string) asked {
	return asked{desk: Check{Name: "desk", State: OK}, health: api.Health{ICE: urls}}
}

// silent is a socket on IPv6 that answers nothing.
func silent(t *testing.T) string {
	t.Helper()
	conn, err := net.ListenPacket("udp6", "[::1]:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn.LocalAddr().String()
}

// A real desk that listens on IPv6 answers there, its relay too.
func TestDeskOnIPv6(t *testing.T) {
	onSix(t, http.NotFoundHandler()) // skips where there is none
	s := serveOn(t, "[::1]:0", "[::1]:0")
	base, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	own := []netip.Addr{netip.MustParseAddr("2001:db8::7")}
	c := checkSix(t.Context(), Options{Now: time.Now}, base, answered("turn:"+s.RelayAddr()+"?transport=udp"), own)
	expect(t, []Check{c}, "ipv6", OK, sixWorks)
	if c.Data["Server"] != s.RelayAddr() {
		t.Errorf("asked %v, not %s", c.Data["Server"], s.RelayAddr())
	}
}

// What the internet cannot reach is no IPv6 of the internet.
func TestGlobalSix(t *testing.T) {
	for _, a := range globalSix() {
		if !a.Is6() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
			t.Errorf("%v is taken for a global address", a)
		}
	}
}
