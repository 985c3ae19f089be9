package doctor

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk"
)

// serve runs a real desk with its relay on loopback.
func serve(t *testing.T, relay string) *desk.Server { return serveOn(t, "127.0.0.1:0", relay) }

func serveOn(t *testing.T, at, relay string) *desk.Server {
	t.Helper()
	s, err := desk.New(desk.Config{Dir: filepath.Join(t.TempDir(), "desk"), Listen: at, RelayListen: relay, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

// find gives a check, with everything that it says filled in.
func find(t *testing.T, all []Check, name string) Check {
	t.Helper()
	for _, c := range all {
		if c.Name != name {
			continue
		}
		for _, text := range []string{c.Sentence(nil), c.Advice(nil)} {
			if strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
				t.Errorf("%s: a hole is left in %q", name, text)
			}
		}
		if (c.State == Warning || c.State == Failed) && c.Do == "" {
			t.Errorf("%s: %q says nothing to do", name, c.Sentence(nil))
		}
		return c
	}
	t.Fatalf("%s was not checked", name)
	return Check{}
}

func expect(t *testing.T, all []Check, name string, state State, says string) {
	t.Helper()
	if c := find(t, all, name); c.State != state || c.Says != says {
		t.Errorf("%s: %s, %q, want %s, %q", name, c.State, c.Sentence(nil), state, says)
	}
}

func TestAllIsWell(t *testing.T) {
	t.Setenv("DISPLAY", "")
	s := serve(t, "127.0.0.1:0")
	r := Run(t.Context(), Options{Desk: s.URL(), Version: "test"})
	var names []string
	for _, c := range r.Checks {
		names = append(names, c.Name)
	}
	if got := strings.Join(names, " "); got != "dns proxy desk tls clock stun udp relay ipv6 screen input lock" {
		t.Errorf("checked were %s", got)
	}
	expect(t, r.Checks, "dns", OK, nameNumber)
	expect(t, r.Checks, "proxy", OK, proxyNone)
	expect(t, r.Checks, "desk", OK, deskAnswers)
	expect(t, r.Checks, "tls", Skipped, tlsNone)
	expect(t, r.Checks, "clock", OK, clockGood)
	expect(t, r.Checks, "stun", OK, stunDirect)
	expect(t, r.Checks, "udp", OK, udpThrough)
	expect(t, r.Checks, "relay", OK, relayReady)
	if c := find(t, r.Checks, "relay"); c.Data["Ways"] != "UDP, TCP" || c.Data["Server"] != s.RelayAddr() {
		t.Errorf("the relay: %v", c.Data)
	}
	expect(t, r.Checks, "screen", Failed, screenHidden)
	if r.Worst() != Failed || r.Worst("dns", "desk", "tls", "clock") != OK || r.Worst("tls") != Skipped {
		t.Errorf("the worst: %s", r.Worst())
	}
}

func TestDesks(t *testing.T) {
	strange := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<html>Please accept our terms"))
	}))
	defer strange.Close()
	untrusted := httptest.NewTLSServer(http.NotFoundHandler())
	defer untrusted.Close()
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer silent.Close()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for name, c := range map[string]struct {
		url       string
		dns, desk State
		says      string
		tls       State
	}{
		"none":      {"", Skipped, Skipped, deskNone, Skipped},
		"closed":    {closed.URL, OK, Failed, deskAway, Skipped},
		"silent":    {silent.URL, OK, Failed, deskAway, Skipped},
		"strange":   {strange.URL, OK, Failed, deskStrange, Skipped},
		"untrusted": {untrusted.URL, OK, Skipped, deskUntold, Failed},
		"no name":   {"https://desk..example", Failed, Failed, deskAway, Skipped},
		"no relay":  {serve(t, "").URL(), OK, OK, deskAnswers, Skipped},
	} {
		t.Run(name, func(t *testing.T) {
			patience := time.Minute
			if name == "silent" { // how long it is waited for here
				patience = time.Second
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			all := checkDesk(ctx, Options{Desk: c.url, Now: time.Now})
			if d := find(t, all, "dns"); d.State != c.dns {
				t.Errorf("dns: %s, %q", d.State, d.Sentence(nil))
			}
			expect(t, all, "desk", c.desk, c.says)
			if d := find(t, all, "tls"); d.State != c.tls {
				t.Errorf("tls: %s, %q", d.State, d.Sentence(nil))
			}
			relay, state := relayUntold, Skipped
			if name == "no relay" {
				relay, state = relayNone, Warning
			}
			expect(t, all, "relay", state, relay)
			expect(t, all, "udp", Skipped, udpUntold)
		})
	}
}

// A desk that names servers which are not there, or cannot be.
func TestServersAway(t *testing.T) {
	free, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := free.LocalAddr().String() // nothing answers there
	defer free.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	all := checkWays(ctx, []string{"stun:" + at, "turn:" + at + "?transport=udp", "turn:" + at + "?transport=tcp", "turns:" + at, "http://x", "turn:"}, true)
	expect(t, all, "udp", Warning, udpBlocked)
	expect(t, all, "stun", Skipped, stunUntold)
	expect(t, all, "relay", Failed, relayAway)
}

// What the program's other parts would not speak with is not asked anything
// secret: the one request has no token and follows nobody elsewhere.
func TestAsksOnce(t *testing.T) {
	asked := make(chan *http.Request, 10)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	defer s.Close()
	all := checkDesk(t.Context(), Options{Desk: s.URL, Version: "7", Now: time.Now})
	expect(t, all, "desk", Failed, deskStrange)
	r := <-asked
	if r.URL.Path != api.PathHealth || r.Header.Get("Authorization") != "" || r.Header.Get("User-Agent") != "beistand/7" || len(asked) != 0 {
		t.Errorf("asked %s with %v, and %d times more", r.URL, r.Header, len(asked))
	}
}

// A proxy that the environment names is asked for a way to the desk, as a session would.
func TestProxies(t *testing.T) {
	answer := ""
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if r.Method != http.MethodConnect || r.Host != "desk.example.com:443" {
			t.Errorf("asked for %s %s", r.Method, r.Host)
		}
		_, _ = conn.Write([]byte(answer)) // the test looks at what is made of it
	}))
	defer proxy.Close()
	t.Setenv("HTTPS_PROXY", strings.Replace(proxy.URL, "//", "//kim:secret@", 1))
	base := &url.URL{Scheme: "https", Host: "desk.example.com"}
	for name, c := range map[string]struct {
		answer, says string
		want         State
		why          string // with which the sentence ends
	}{
		"goes through":     {"HTTP/1.1 200 OK\r\n\r\n", proxyGoes, OK, "through its relay."},
		"wants a password": {"HTTP/1.1 407 Who\r\n\r\n", proxyWants, Failed, "or others."},
		"refuses":          {"HTTP/1.1 403 No\r\n\r\n", proxyStops, Failed, "it says 403 Forbidden."},
		"finds nobody":     {"HTTP/1.1 502 No\r\n\r\n", proxyStops, Failed, "it says 502 Bad Gateway."},
		"is none":          {"hello\r\n", proxyStops, Failed, `malformed HTTP response "hello".`},
	} {
		answer = c.answer
		got := []Check{checkProxy(t.Context(), base)}
		expect(t, got, "proxy", c.want, c.says)
		if text := got[0].Sentence(nil); strings.Contains(text, "secret") || !strings.HasSuffix(text, c.why) {
			t.Errorf("%s: %q", name, text)
		}
	}
	t.Setenv("NO_PROXY", "desk.example.com")
	expect(t, []Check{checkProxy(t.Context(), base)}, "proxy", OK, proxyNone)
}
