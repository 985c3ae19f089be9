// Package tunnel opens TCP connections, through the proxy that the environment names where it names one.
package tunnel

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
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// maxAnswer bounds what a proxy may say before the tunnel begins, in bytes.
const maxAnswer = 16 << 10

// Reasons that callers branch on.
var (
	ErrPassword = errors.New("the proxy wants a name and a password, or others") // HTTP 407
	ErrRefused  = errors.New("the proxy does not let this through")              // what it says instead is the error's text
	ErrProxy    = errors.New("what answers is no proxy that can be used")
)

// refused is a proxy's answer that is no yes: its status.
type refused int

func (r refused) Error() string {
	return strings.TrimSpace(fmt.Sprintf("it says %d %s", int(r), http.StatusText(int(r))))
}

// Is says that it is an ErrRefused.
func (refused) Is(target error) bool { return target == ErrRefused }

// Proxy is the proxy for a connection to address, host and port; nil is none.
// HTTPS_PROXY and NO_PROXY say so, also in small letters, as for net/http.
func Proxy(address string) *url.URL {
	proxy, err := httpproxy.FromEnvironment().ProxyFunc()(&url.URL{Scheme: "https", Host: address})
	if err != nil { // only for HTTP_PROXY, in a CGI program
		return nil
	}
	return proxy
}

// Dial connects to address, host and port, until ctx ends. roots vouch for a
// proxy that is spoken to over TLS; nil is the system's.
func Dial(ctx context.Context, address string, proxy *url.URL, roots *tls.Config) (net.Conn, error) {
	var dialer net.Dialer
	if proxy == nil {
		return dialer.DialContext(ctx, "tcp", address)
	}
	conn, err := reach(ctx, proxy, roots)
	if err != nil {
		return nil, fmt.Errorf("reach the proxy %q: %w", proxy.Host, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // ends the waiting
	through, err := ask(conn, address, proxy.User)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		_ = conn.Close() // it has served no purpose
		return nil, fmt.Errorf("ask the proxy %q for %q: %w", proxy.Host, address, err)
	}
	return through, nil
}

func reach(ctx context.Context, proxy *url.URL, config *tls.Config) (net.Conn, error) {
	var dialer net.Dialer
	port := proxy.Port()
	switch {
	case proxy.Scheme == "http":
		if port == "" {
			port = "80"
		}
		return dialer.DialContext(ctx, "tcp", net.JoinHostPort(proxy.Hostname(), port))
	case proxy.Scheme == "https":
		if port == "" {
			port = "443"
		}
		own := &tls.Config{MinVersion: tls.VersionTLS12}
		if config != nil {
			own = config.Clone()
		}
		own.ServerName = proxy.Hostname()
		secure := tls.Dialer{Config: own}
		return secure.DialContext(ctx, "tcp", net.JoinHostPort(proxy.Hostname(), port))
	}
	return nil, fmt.Errorf("%w: proxies of the kind %q are not spoken to", ErrProxy, proxy.Scheme)
}

// ask asks for a tunnel (RFC 9110, section 9.3.6), with Basic authentication
// (RFC 7617) when the proxy's address names somebody.
func ask(conn net.Conn, address string, user *url.Userinfo) (net.Conn, error) {
	question := "CONNECT " + address + " HTTP/1.1\r\nHost: " + address + "\r\n"
	if user != nil {
		password, _ := user.Password()
		question += "Proxy-Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)) + "\r\n"
	}
	if _, err := io.WriteString(conn, question+"\r\n"); err != nil {
		return nil, err
	}
	early, err := answer(conn)
	if err != nil {
		return nil, err
	}
	return &begun{conn, early}, nil
}

// answer reads the proxy's answer, and gives what came behind it.
func answer(from io.Reader) (early []byte, err error) {
	bounded := &io.LimitedReader{R: from, N: maxAnswer}
	r := bufio.NewReader(bounded)
	resp, err := http.ReadResponse(r, &http.Request{Method: http.MethodConnect})
	if err != nil {
		if bounded.N == 0 {
			return nil, fmt.Errorf("%w: its answer is too long", ErrProxy)
		}
		return nil, fmt.Errorf("%w: %w", ErrProxy, err)
	}
	switch {
	case resp.StatusCode == http.StatusProxyAuthRequired:
		return nil, ErrPassword
	case resp.StatusCode/100 != 2:
		return nil, refused(resp.StatusCode)
	}
	early, err = r.Peek(r.Buffered())
	return append([]byte(nil), early...), err
}

// begun is a tunnel whose first bytes came with the proxy's answer.
type begun struct {
	net.Conn
	early []byte
}

// NetConn is the connection beneath, as tls.Conn has it.
func (b *begun) NetConn() net.Conn { return b.Conn }

func (b *begun) Read(p []byte) (int, error) {
	if len(b.early) > 0 {
		n := copy(p, b.early)
		b.early = b.early[n:]
		return n, nil
	}
	return b.Conn.Read(p)
}
