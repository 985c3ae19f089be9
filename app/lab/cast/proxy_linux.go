package cast

import (
	"context"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// Proxy is the configuration of RoleProxy: one that knows CONNECT (RFC 9110,
// section 9.3.6) and nothing else.
type Proxy struct {
	Listen     string
	Chain, Key string // PEM files: the proxy itself is spoken to over TLS; "" is in the clear
	User       string // Basic authentication (RFC 7617); "" lets everybody through
	Password   string
}

const proxyDialTime = 5 * time.Second

func proxy(ctx context.Context, c Proxy, _ <-chan string) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: http.HandlerFunc(c.serve), ReadHeaderTimeout: proxyDialTime}
	server.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){} // as most proxies: no HTTP/2
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	word(SaidListening, "")
	if c.Chain != "" {
		err = server.ServeTLS(listener, c.Chain, c.Key)
	} else {
		err = server.Serve(listener)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (c Proxy) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		http.Error(w, "only CONNECT", http.StatusMethodNotAllowed)
		return
	}
	if !c.admits(r) {
		word(SaidRefused, "no password")
		w.Header().Set("Proxy-Authenticate", `Basic realm="lab"`)
		http.Error(w, "who are you?", http.StatusProxyAuthRequired)
		return
	}
	out, err := net.DialTimeout("tcp", r.Host, proxyDialTime)
	if err != nil {
		word(SaidRefused, err.Error())
		http.Error(w, "no way there", http.StatusBadGateway)
		return
	}
	defer out.Close()
	in, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer in.Close()
	word(SaidTunnel, r.Host)
	if _, err := io.WriteString(in, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		return
	}
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(out, buffered); _ = out.Close() })
	both.Go(func() { _, _ = io.Copy(in, out); _ = in.Close() })
	both.Wait()
}

func (c Proxy) admits(r *http.Request) bool {
	if c.User == "" {
		return true
	}
	asked := http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}
	user, password, ok := asked.BasicAuth()
	return ok && user == c.User && subtle.ConstantTimeCompare([]byte(password), []byte(c.Password)) == 1
}
