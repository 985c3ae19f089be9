// Package client calls the desk's HTTP interface for the windows and the commands.
package client

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/app/api"
)

// Options are a client's settings; the zero value is a client without a token.
type Options struct {
	Token     string       // a ticket's or a member of staff's; "" is anonymous
	UserAgent string       // "" is "beistand"
	HTTP      *http.Client // its transport is used; nil is a transport of its own. A Timeout on it would cut long uploads short
}

// Client speaks with one desk. It is safe for use by several goroutines.
type Client struct {
	base      *url.URL // scheme and host, and a path when the desk is below one
	http      *http.Client
	userAgent string
	token     atomic.Pointer[string]
	sleep     func(context.Context, time.Duration) error // the real one, except in tests
}

// InsecureError refuses a desk that would be spoken to in the clear.
type InsecureError struct{ Desk string }

func (e *InsecureError) Error() string {
	return fmt.Sprintf("desk %q: plain http is allowed to this machine only, use https", e.Desk)
}

// New makes a client for the desk at base, such as "https://desk.example.com".
// Plain http to anything but this machine (localhost, 127.0.0.0/8, ::1) is an *InsecureError.
func New(base string, o Options) (*Client, error) {
	u, err := url.Parse(strings.TrimSuffix(strings.TrimSpace(base), "/"))
	if err != nil {
		return nil, fmt.Errorf("desk address %q: %w", base, err)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return nil, fmt.Errorf("desk address %q: need https:// and a host", base)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("desk address %q: need only scheme, host and path", u.Redacted())
	}
	if u.Scheme == "http" && !loopbackHost(u.Hostname()) {
		return nil, &InsecureError{Desk: u.String()}
	}
	c := &Client{base: u, userAgent: o.UserAgent, http: newHTTP(o.HTTP), sleep: sleep}
	if c.userAgent == "" {
		c.userAgent = "beistand"
	}
	c.token.Store(&o.Token)
	return c, nil
}

// WithToken gives a client of the same desk that speaks with another token.
func (c *Client) WithToken(token string) *Client {
	n := &Client{base: c.base, http: c.http, userAgent: c.userAgent, sleep: c.sleep}
	n.token.Store(&token)
	return n
}

// Desk is the address the client was made for.
func (c *Client) Desk() string { return c.base.String() }

// Token is the secret the client speaks with now; "" when it has none.
func (c *Client) Token() string { return *c.token.Load() }

// NewTicketID draws an ID for api.NewTicket (UUID version 4, RFC 9562). Whoever
// files again after a lost answer must use the same one. It is a secret like the token.
func NewTicketID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// Health asks whether a desk answers and which.
func (c *Client) Health(ctx context.Context) (api.Health, error) {
	return get[api.Health](ctx, c, api.PathHealth)
}

// loopbackHost says whether host is this machine by its name alone; nothing is looked up.
func loopbackHost(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// newHTTP gives a client that follows no redirect: a token must not travel to where the desk points.
func newHTTP(given *http.Client) *http.Client {
	var h http.Client
	if given != nil {
		h = *given
	}
	if h.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.DialContext = (&net.Dialer{Timeout: dialTimeout}).DialContext
		t.MaxIdleConnsPerHost = 4
		h.Transport = t
	}
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	h.Jar = nil
	return &h
}

// CloseIdle closes connections that are kept for later calls.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }
