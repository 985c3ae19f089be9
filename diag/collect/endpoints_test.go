package collect

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestEndpoints(t *testing.T) {
	a, other := newAuthority(t), newAuthority(t)
	ok := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	behind := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(-90*time.Minute).UTC().Format(http.TimeFormat))
	}
	stop := make(chan struct{})
	defer close(stop)
	silent := rawServer(t, func(net.Conn) { <-stop })
	cases := map[string]struct {
		url, kind, says string
		reached         bool
		status          int
	}{
		"well":           {serve(t, a.issue(t, "127.0.0.1", -time.Hour, 48*time.Hour), ok), "", "", true, 418},
		"expired":        {serve(t, a.issue(t, "127.0.0.1", -48*time.Hour, -time.Hour), ok), ProblemCertificate, "expired", true, 418},
		"not yet valid":  {serve(t, a.issue(t, "127.0.0.1", time.Hour, 48*time.Hour), ok), ProblemCertificate, "not yet valid", true, 418},
		"other name":     {serve(t, a.issue(t, "other.example", -time.Hour, time.Hour), ok), ProblemCertificate, "127.0.0.1", true, 418},
		"unknown issuer": {serve(t, other.issue(t, "127.0.0.1", -time.Hour, time.Hour), ok), ProblemCertificate, "unknown authority", true, 418},
		"clock":          {serve(t, a.issue(t, "127.0.0.1", -time.Hour, time.Hour), behind), "", "", true, 200},
		"no TLS":         {"https://" + rawServer(t, func(c net.Conn) { io.WriteString(c, "220 mail.example ESMTP\r\n"); io.Copy(io.Discard, c) }), ProblemTLS, "TLS", false, 0},
		"cut off":        {"https://" + rawServer(t, func(c net.Conn) { c.Read(make([]byte, 1)) }), ProblemReset, "TLS", false, 0},
		"refused":        {"https://" + closed.Addr().String(), ProblemRefused, "refused", false, 0},
		"silent":         {"https://" + silent, ProblemTimeout, "", false, 0},
		"tcp":            {"tcp://" + silent, "", "", true, 0},
		"tcp refused":    {"tcp://" + closed.Addr().String(), ProblemRefused, "refused", false, 0},
		"no HTTP":        {"http://" + rawServer(t, func(c net.Conn) { io.WriteString(c, "SSH-2.0-x\r\n\r\n"); io.Copy(io.Discard, c) }), ProblemOther, "malformed", false, 0},
		"no address":     {"ftp://example.com", ProblemAddress, "", false, 0},
		"with password":  {"https://user:secret@example.com", ProblemAddress, "", false, 0},
		"no name":        {"https://missing.example", ProblemNotFound, "", false, 0},
	}
	var list []Endpoint
	var names []string
	for name, c := range cases {
		names, list = append(names, name), append(list, Endpoint{Name: name, URL: c.url})
	}
	collector := endpoints{list: list, roots: a.pool, resolver: dnsResolver(dnsServer(t)), proxy: direct, patience: 3 * time.Second}
	f := factsOf[EndpointsFacts](t, collector)
	for i, name := range names {
		c, got := cases[name], f.Endpoints[i]
		if got.Name != name || got.Kind != c.kind || got.Reached != c.reached || got.Status != c.status || !strings.Contains(got.Error, c.says) || (got.Error == "") != (c.kind == "") {
			t.Errorf("%s: %+v", name, got)
		}
		if c.status > 0 && (got.Connect <= 0 || got.Handshake <= 0 || got.Answer <= 0 || got.TLS == nil || got.Skew == nil) {
			t.Errorf("%s: a figure is missing: %+v", name, got)
		}
		if got.TLS == nil {
			continue
		}
		if n := len(got.TLS.Chain); n != 2 || got.TLS.Trusted != (c.kind == "") || got.TLS.Chain[0].Issuer != "CN=Example Authority" || !got.TLS.Chain[1].SelfSigned || !got.TLS.Chain[1].Authority {
			t.Errorf("%s: %+v", name, got.TLS)
		}
		if leaf := got.TLS.Chain[0]; !got.TLS.Expires.Equal(leaf.Expires) || leaf.Key != "ECDSA P-256" || len(leaf.SHA256) != 64 || len(leaf.Names) != 1 {
			t.Errorf("%s: %+v", name, leaf)
		}
		if name == "clock" && (*got.Skew < 5300 || *got.Skew > 5500) {
			t.Errorf("the clock is %v s ahead", *got.Skew)
		}
	}
}

// TestProxies leads through a proxy that asks for a password, and past one that refuses.
func TestProxies(t *testing.T) {
	a := newAuthority(t)
	target := serve(t, a.issue(t, "127.0.0.1", -time.Hour, time.Hour), func(w http.ResponseWriter, _ *http.Request) {})
	proxy := rawServer(t, func(c net.Conn) {
		r, err := http.ReadRequest(bufio.NewReader(c))
		if err != nil {
			return
		}
		if user, password, ok := parseProxyAuthorization(r); !ok || user != "anna" || password != "secret" {
			io.WriteString(c, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
			return
		}
		if r.Method != http.MethodConnect {
			io.WriteString(c, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
			return
		}
		up, err := net.Dial("tcp", r.Host)
		if err != nil {
			return
		}
		defer up.Close()
		io.WriteString(c, "HTTP/1.1 200 Connection established\r\n\r\n")
		go io.Copy(up, c)
		io.Copy(c, up)
	})
	via := func(address string) func(*url.URL) (*url.URL, error) {
		return func(*url.URL) (*url.URL, error) { return url.Parse(address) }
	}
	for name, c := range map[string]struct {
		proxy, url, kind string
		status           int
	}{
		"through":   {"http://anna:secret@" + proxy, target, "", 200},
		"clear":     {"http://anna:secret@" + proxy, "http://there.example/x", "", 202},
		"refused":   {"http://anna:wrong@" + proxy, target, ProblemProxy, 0},
		"not there": {"http://127.0.0.1:1", target, ProblemProxy, 0},
		"bad":       {"http://[", target, ProblemProxy, 0},
		"no SOCKS":  {"socks5://" + proxy, target, ProblemProxy, 0},
	} {
		e := endpoints{list: []Endpoint{{URL: c.url}}, roots: a.pool, resolver: net.DefaultResolver, proxy: via(c.proxy), patience: 3 * time.Second}
		got := factsOf[EndpointsFacts](t, e).Endpoints[0]
		if got.Kind != c.kind || got.Status != c.status || strings.Contains(got.Error+got.Proxy, "secret") || c.kind == "" && got.Proxy != proxy {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func parseProxyAuthorization(r *http.Request) (user, password string, ok bool) {
	r.Header.Set("Authorization", r.Header.Get("Proxy-Authorization"))
	return r.BasicAuth()
}
