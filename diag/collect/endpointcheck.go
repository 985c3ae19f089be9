package collect

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// endpoints is whether the profile's services can be reached.
type endpoints struct {
	list     []Endpoint
	roots    *x509.CertPool // nil: the system's
	resolver *net.Resolver
	proxy    func(*url.URL) (*url.URL, error)
	patience time.Duration // with one service, all in all
}

const (
	endpointTime = 12 * time.Second
	connectTime  = 4 * time.Second // one address
	maxEndpoints = 32
	maxAddresses = 8
)

func newEndpoints(opts Options) endpoints {
	return endpoints{
		list: opts.Endpoints[:min(len(opts.Endpoints), maxEndpoints)], resolver: net.DefaultResolver,
		proxy: httpproxy.FromEnvironment().ProxyFunc(), patience: endpointTime,
	}
}

func (endpoints) Name() string  { return "endpoints" }
func (endpoints) Title() string { return titleEndpoints }
func (endpoints) Limit() Limit  { return Limit{4*endpointTime + 5*time.Second, 2 << 20} }

func (c endpoints) Collect(ctx context.Context, s Sink) error {
	f := EndpointsFacts{Endpoints: make([]EndpointFacts, len(c.list))}
	each(len(c.list), askedAtOnce, func(i int) { f.Endpoints[i] = c.check(ctx, c.list[i]) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return writeFacts(s, "system/endpoints.json", titleEndpoints, f)
}

var errEndpoint = errors.New("a service's address is like https://host/path or tcp://host:port")

// parseEndpoint takes what a service's address may be.
func parseEndpoint(e Endpoint) (*url.URL, error) {
	u, err := url.Parse(e.URL)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return nil, errEndpoint
	}
	switch {
	case u.Scheme == "https", u.Scheme == "http", u.Scheme == "tcp" && u.Port() != "" && u.Path == "":
		return u, nil
	}
	return nil, errEndpoint
}

// addressOf is host:port.
func addressOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// check goes the whole way to a service, and tells how far it came.
func (c endpoints) check(ctx context.Context, e Endpoint) EndpointFacts {
	f := EndpointFacts{Name: e.Name, URL: e.URL}
	u, err := parseEndpoint(e)
	if err != nil {
		f.Kind, f.Error = ProblemAddress, err.Error()
		return f
	}
	if f.Name == "" {
		f.Name = u.Host
	}
	timed, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	v := &visit{endpoints: c, u: u, f: &f, stop: func() bool { return true }}
	err = v.connect(timed)
	defer func() { v.stop() }()
	if v.conn != nil {
		defer v.conn.Close()
	}
	if err == nil {
		f.Reached = u.Scheme == "tcp"
		err = v.talk()
	}
	if err != nil {
		f.Kind, f.Error = problemOf(err), err.Error()
		if errors.Is(err, errProxy) {
			f.Kind = ProblemProxy
		}
	} else if f.TLS != nil && !f.TLS.Trusted {
		f.Kind, f.Error = ProblemCertificate, f.TLS.Error
	}
	return f
}

// visit is one way to one service.
type visit struct {
	endpoints
	u    *url.URL
	f    *EndpointFacts
	conn net.Conn    // nil until connected
	stop func() bool // no longer ends conn's reads and writes with the context
}

// connect leads to the service, or to its proxy and through it.
func (v *visit) connect(ctx context.Context) error {
	via := v.u
	if v.u.Scheme != "tcp" {
		p, err := v.proxy(v.u)
		if err != nil {
			return fmt.Errorf("%w: the setting is not well formed", errProxy)
		}
		if p != nil {
			via, v.f.Proxy = p, addressOf(p)
		}
	}
	if err := v.dial(ctx, via); err != nil {
		if via != v.u {
			return fmt.Errorf("%w %s cannot be reached: %w", errProxy, v.f.Proxy, err)
		}
		return err
	}
	if via == v.u {
		return nil
	}
	return v.through(via)
}

// dial looks a host up and tries each of its addresses, as each can be the
// one that a program meets. The first that connects, in the resolver's order, is kept.
func (v *visit) dial(ctx context.Context, u *url.URL) error {
	start := time.Now()
	lookup, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	ips, err := v.resolver.LookupNetIP(lookup, "ip", u.Hostname())
	v.f.Lookup = milliseconds(time.Since(start))
	if err != nil {
		return err
	}
	ips = ips[:min(len(ips), maxAddresses)]
	_, port, _ := net.SplitHostPort(addressOf(u))
	conns := make([]net.Conn, len(ips))
	errs := make([]error, len(ips))
	v.f.Addresses = make([]EndpointAddressFacts, len(ips))
	each(len(ips), maxAddresses, func(i int) {
		a := &v.f.Addresses[i]
		a.Address = net.JoinHostPort(ips[i].Unmap().String(), port)
		d := net.Dialer{Timeout: connectTime}
		start := time.Now()
		if conns[i], errs[i] = d.DialContext(ctx, "tcp", a.Address); errs[i] != nil {
			a.Kind, a.Error = problemOf(errs[i]), errs[i].Error()
			return
		}
		a.Milliseconds = milliseconds(time.Since(start))
	})
	for i, c := range conns {
		switch {
		case c == nil:
			if err == nil {
				err = errs[i]
			}
		case v.conn == nil:
			v.conn, v.f.Connect = c, v.f.Addresses[i].Milliseconds
			v.stop = context.AfterFunc(ctx, func() { c.SetDeadline(time.Unix(1, 0)) })
		default:
			c.Close()
		}
	}
	if v.conn != nil {
		return nil
	}
	return err
}

// short keeps an error from outside to one line of a bearable length.
func short(text string) string {
	text, _, _ = strings.Cut(strings.ToValidUTF8(text, "\uFFFD"), "\n")
	if r := []rune(text); len(r) > 300 {
		text = string(r[:300]) + "…"
	}
	return strings.TrimSpace(text)
}
