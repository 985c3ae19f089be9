package collect

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/net/proxy"
)

// errProxy is wrapped by what goes wrong between here and a proxy.
var errProxy = errors.New("proxy")

// maxHead is how much of an answer's head is read.
const maxHead = 64 << 10

// through has the proxy connect on: CONNECT (RFC 9110, section 9.3.6) or SOCKS 5.
// A request in the clear needs no tunnel.
func (v *visit) through(p *url.URL) error {
	if p.Scheme == "https" {
		c := tls.Client(v.conn, &tls.Config{ServerName: p.Hostname(), RootCAs: v.roots})
		if err := c.Handshake(); err != nil {
			return fmt.Errorf("%w %s: %w", errProxy, v.f.Proxy, err)
		}
		v.conn = c
	}
	if p.Scheme == "socks5" || p.Scheme == "socks5h" {
		var auth *proxy.Auth
		if p.User != nil {
			auth = &proxy.Auth{User: p.User.Username()}
			auth.Password, _ = p.User.Password()
		}
		d, err := proxy.SOCKS5("tcp", v.f.Proxy, auth, given{v.conn})
		if err == nil {
			_, err = d.Dial("tcp", addressOf(v.u))
		}
		if err != nil {
			return fmt.Errorf("%w %s: %w", errProxy, v.f.Proxy, err)
		}
		return nil
	}
	if v.u.Scheme == "http" {
		return nil
	}
	r := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addressOf(v.u)}, Host: addressOf(v.u), Header: http.Header{"User-Agent": {"beistand"}}}
	authorize(r, p)
	if err := r.Write(v.conn); err != nil {
		return fmt.Errorf("%w %s: %w", errProxy, v.f.Proxy, err)
	}
	answer, err := readHead(v.conn, r)
	if err != nil {
		return fmt.Errorf("%w %s: %w", errProxy, v.f.Proxy, err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%w %s answered %s", errProxy, v.f.Proxy, short(answer.Status))
	}
	return nil
}

// given dials nothing: the connection is there already.
type given struct{ net.Conn }

func (g given) Dial(string, string) (net.Conn, error)                         { return g.Conn, nil }
func (g given) DialContext(context.Context, string, string) (net.Conn, error) { return g.Conn, nil }

func authorize(r *http.Request, p *url.URL) {
	if p.User != nil {
		password, _ := p.User.Password()
		r.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(p.User.Username()+":"+password)))
	}
}

// talk goes on from the connection: TLS, then one request.
func (v *visit) talk() error {
	if v.u.Scheme == "tcp" {
		return nil
	}
	if v.u.Scheme == "https" {
		start := time.Now()
		c := tls.Client(v.conn, &tls.Config{
			ServerName: v.u.Hostname(), NextProtos: []string{"http/1.1"},
			// Nothing of worth is said here, and what is wrong with the
			// certificate or too old about the server is what is asked for.
			InsecureSkipVerify: true, MinVersion: tls.VersionTLS10,
		})
		if err := c.Handshake(); err != nil {
			return fmt.Errorf("TLS with %s: %w", v.u.Host, err)
		}
		v.f.Handshake = milliseconds(time.Since(start))
		state := c.ConnectionState()
		v.f.TLS = tlsFacts(state, v.u.Hostname(), v.roots, time.Now())
		v.conn = c
	}
	v.f.Reached = true
	return v.request()
}

// request asks for the address once and reads the head of the answer.
// Redirections are answers, and not followed.
func (v *visit) request() error {
	r, err := http.NewRequest(http.MethodGet, v.u.String(), nil)
	if err != nil {
		return err
	}
	r.Header.Set("User-Agent", "beistand")
	r.Close = true
	write := r.Write
	if v.f.Proxy != "" && v.u.Scheme == "http" {
		if p, err := v.proxy(v.u); err == nil && p != nil && (p.Scheme == "http" || p.Scheme == "https") {
			authorize(r, p)
			write = r.WriteProxy
		}
	}
	start := time.Now()
	if err := write(v.conn); err != nil {
		return fmt.Errorf("ask %s: %w", v.u.Host, err)
	}
	answer, err := readHead(v.conn, r)
	if err != nil {
		v.f.Reached = v.f.TLS != nil
		return fmt.Errorf("ask %s: %w", v.u.Host, err)
	}
	v.f.Answer, v.f.Status = milliseconds(time.Since(start)), answer.StatusCode
	if at, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		ahead := round(time.Since(at).Seconds())
		v.f.Server, v.f.Skew = &at, &ahead
	}
	return nil
}

// readHead reads an answer's head byte by byte, as what follows that of a
// proxy belongs to the service behind it. The rest is left unread.
func readHead(c io.Reader, r *http.Request) (*http.Response, error) {
	answer, err := http.ReadResponse(bufio.NewReaderSize(io.LimitReader(single{c}, maxHead), 1), r)
	if err != nil {
		return nil, err
	}
	answer.Body.Close()
	return answer, nil
}

// single gives one byte a read, so that nothing is read ahead.
type single struct{ r io.Reader }

func (s single) Read(p []byte) (int, error) { return s.r.Read(p[:min(1, len(p))]) }
