package doctor

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/url"
	"time"

	"github.com/beistand/beistand/session/tunnel"
)

const proxyTime = 5 * time.Second

const (
	proxyNone   = "No proxy is set for the way to the desk."
	proxyGoes   = "The proxy {{.Proxy}} lets connections through to the desk; screens are shown through its relay."
	proxyStops  = "The proxy {{.Proxy}} does not let connections through to the desk: {{.Why}}."
	proxyWants  = "The proxy {{.Proxy}} wants a name and a password, or others."
	proxyDo     = "Ask whoever looks after your network for the proxy's address, name and password, and put them into HTTPS_PROXY; if the desk can be reached without it, name the desk in NO_PROXY."
	proxyUntold = "Without a desk, no proxy is looked for."
)

// checkProxy asks the proxy that the environment names for a way to the desk.
func checkProxy(ctx context.Context, desk *url.URL) Check {
	c := Check{Name: "proxy", State: OK, Says: proxyNone, Data: map[string]any{}}
	address := addressOf(desk)
	proxy := tunnel.Proxy(address)
	if proxy == nil || desk.Scheme != "https" { // without TLS the desk is on this computer
		return c
	}
	c.Data["Proxy"] = proxy.Host
	ctx, cancel := context.WithTimeout(ctx, proxyTime)
	defer cancel()
	conn, err := tunnel.Dial(ctx, address, proxy, nil)
	if err != nil {
		c.State, c.Says, c.Do, c.Data["Why"] = Failed, proxyStops, proxyDo, cause(err)
		if errors.Is(err, tunnel.ErrPassword) {
			c.Says = proxyWants
		}
		return c
	}
	_ = conn.Close() // nothing was said on it
	c.Says = proxyGoes
	return c
}

// addressOf is where a desk with TLS is, host and port.
func addressOf(desk *url.URL) string {
	return net.JoinHostPort(desk.Hostname(), cmp.Or(desk.Port(), "443"))
}
