package tunnel

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// proxy answers every CONNECT with what it is told to, and goes on with an echo.
func proxy(t *testing.T, secure bool, answer func(r *http.Request) string) (*url.URL, *tls.Config) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, answer(r)); err == nil {
			_, _ = io.Copy(conn, conn) // until the other side has enough
		}
	}))
	config := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
	if secure {
		server.StartTLS()
		config.RootCAs.AddCert(server.Certificate())
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u, config
}

func TestDial(t *testing.T) {
	const yes = "HTTP/1.1 200 Connection established\r\nVia: lab\r\n\r\n"
	for name, c := range map[string]struct {
		secure bool
		user   *url.Userinfo
		answer func(r *http.Request) string
		want   error
		early  string
	}{
		"goes through": {answer: func(r *http.Request) string {
			if r.Method != http.MethodConnect || r.Host != "desk.example.com:443" || r.Header.Get("Proxy-Authorization") != "" {
				return "HTTP/1.1 400 Bad Request\r\n\r\n"
			}
			return yes
		}},
		"over TLS":     {secure: true, answer: func(*http.Request) string { return yes }},
		"speaks early": {answer: func(*http.Request) string { return yes + "hello" }, early: "hello"},
		"with a password": {user: url.UserPassword("kim", "s:cret"), answer: func(r *http.Request) string {
			if r.Header.Get("Proxy-Authorization") != "Basic a2ltOnM6Y3JldA==" { // kim:s:cret
				return "HTTP/1.1 407 Who\r\n\r\n"
			}
			return yes
		}},
		"wants a password": {answer: func(*http.Request) string { return "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\n\r\n" }, want: ErrPassword},
		"refuses":          {answer: func(*http.Request) string { return "HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nno." }, want: ErrRefused},
		"talks and talks":  {answer: func(*http.Request) string { return "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", maxAnswer) }, want: ErrProxy},
		"is something else": {
			answer: func(*http.Request) string { return "220 mail.example.com ESMTP\r\n" }, want: ErrProxy,
		},
	} {
		t.Run(name, func(t *testing.T) {
			u, config := proxy(t, c.secure, c.answer)
			u.User = c.user
			conn, err := Dial(t.Context(), "desk.example.com:443", u, config)
			if !errors.Is(err, c.want) || err != nil && strings.Contains(err.Error(), "s:cret") {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err != nil {
				return
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, "ping"); err != nil {
				t.Fatal(err)
			}
			got := make([]byte, len(c.early)+4)
			if _, err := io.ReadFull(conn, got); err != nil || string(got) != c.early+"ping" {
				t.Errorf("got %q, %v", got, err)
			}
			if _, ok := conn.LocalAddr().(*net.TCPAddr); !ok {
				t.Errorf("the local address is %T", conn.LocalAddr())
			}
		})
	}
}

// A proxy that says nothing is waited for no longer than ctx.
func TestSilentProxy(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Dial(ctx, "desk.example.com:443", &url.URL{Scheme: "http", Host: listener.Addr().String()}, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if _, err := Dial(t.Context(), "desk.example.com:443", &url.URL{Scheme: "socks5", Host: listener.Addr().String()}, nil); !errors.Is(err, ErrProxy) {
		t.Errorf("got %v", err)
	}
}

func TestProxy(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://kim:secret@proxy.example.com:3128")
	t.Setenv("NO_PROXY", "inside.example.com,10.0.0.0/8")
	for address, want := range map[string]string{
		"desk.example.com:443": "proxy.example.com:3128", "[2001:db8::1]:443": "proxy.example.com:3128",
		"inside.example.com:443": "", "10.1.2.3:3478": "", "127.0.0.1:443": "", "localhost:443": "",
	} {
		host := ""
		got := Proxy(address)
		if got != nil {
			host = got.Host
		}
		if host != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\n\r\nhello"))
	f.Add([]byte("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))
	f.Add([]byte("HTTP/1.0 200\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello"))
	f.Add([]byte("\x16\x03\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := bytes.NewReader(b)
		early, err := answer(r)
		if read := len(b) - r.Len(); read > maxAnswer {
			t.Fatalf("%d bytes were read", read)
		}
		if err == nil && !bytes.HasSuffix(b[:len(b)-r.Len()], early) {
			t.Fatalf("%q did not come behind the answer", early)
		}
	})
}
