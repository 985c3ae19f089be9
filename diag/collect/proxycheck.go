package collect

import (
	"context"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// proxies is through which proxies programs here go.
type proxies struct {
	list     []Endpoint
	settings func(context.Context) []ProxySettingFacts // beside the environment's
}

const maxProxies = 8

func (proxies) Name() string  { return "proxy" }
func (proxies) Title() string { return titleProxy }
func (proxies) Limit() Limit  { return Limit{20 * time.Second, 1 << 20} }

func (c proxies) Collect(ctx context.Context, s Sink) error {
	f := ProxyFacts{Settings: append(environmentProxies(os.LookupEnv), c.settings(ctx)...)}
	if f.Settings == nil {
		f.Settings = []ProxySettingFacts{}
	}
	var servers []string
	for _, one := range f.Settings {
		for _, address := range proxyAddresses(one) {
			if !slices.Contains(servers, address) && len(servers) < maxProxies {
				servers = append(servers, address)
			}
		}
	}
	f.Servers = make([]ProxyServerFacts, len(servers))
	each(len(servers), askedAtOnce, func(i int) { f.Servers[i] = reachProxy(ctx, servers[i]) })
	choose := httpproxy.FromEnvironment().ProxyFunc()
	for _, e := range c.list[:min(len(c.list), maxEndpoints)] {
		u, err := parseEndpoint(e)
		if err != nil || u.Scheme == "tcp" {
			continue
		}
		one := ProxyChoiceFacts{Endpoint: e.URL, Proxy: "direct"}
		if p, err := choose(u); err != nil {
			one.Error = "the setting is not well formed"
		} else if p != nil {
			one.Proxy = withoutCredentials(p.String())
		}
		f.Endpoint = append(f.Endpoint, one)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return writeFacts(s, "system/proxy.json", titleProxy, f)
}

func reachProxy(ctx context.Context, address string) ProxyServerFacts {
	f := ProxyServerFacts{Address: address}
	d := net.Dialer{Timeout: connectTime}
	start := time.Now()
	c, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		f.Kind, f.Error = problemOf(err), err.Error()
		return f
	}
	c.Close()
	f.Milliseconds = milliseconds(time.Since(start))
	return f
}

// environmentProxies are the variables that programs look at.
func environmentProxies(lookup func(string) (string, bool)) []ProxySettingFacts {
	var all []ProxySettingFacts
	for _, name := range []string{"http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy"} {
		for _, n := range []string{name, strings.ToUpper(name)} {
			value, ok := lookup(n)
			if !ok || len(all) > 0 && all[len(all)-1].Value == withoutCredentials(value) && strings.EqualFold(all[len(all)-1].Name, n) {
				continue // Windows has one name for both
			}
			all = append(all, ProxySettingFacts{Name: n, From: "environment", Value: withoutCredentials(value)})
		}
	}
	return all
}

// withoutCredentials replaces what stands before an @ in an address, also in
// one that is not well formed, and in each of several.
func withoutCredentials(value string) string {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == ' ' || r == '\n' })
	for _, part := range parts {
		i := strings.LastIndexByte(part, '@')
		if i < 0 {
			continue
		}
		start := 0
		if j := strings.LastIndex(part[:i], "://"); j >= 0 {
			start = j + 3
		} else if j := strings.IndexByte(part[:i], '='); j >= 0 {
			start = j + 1
		}
		value = strings.Replace(value, part, part[:start]+"***"+part[i:], 1)
	}
	return short(value)
}

// proxyAddresses are the host:port in a setting: a URL, or Windows' form
// "http=host:port;https=host:port". Of other settings there are none.
func proxyAddresses(s ProxySettingFacts) []string {
	name := strings.ToLower(s.Name)
	if strings.Contains(name, "no_proxy") || !strings.Contains(name, "proxy") {
		return nil
	}
	var all []string
	for part := range strings.FieldsFuncSeq(s.Value, func(r rune) bool { return r == ';' || r == ' ' }) {
		if _, after, ok := strings.Cut(part, "="); ok {
			part = after
		}
		if !strings.Contains(part, "://") {
			part = "http://" + part
		}
		u, err := url.Parse(part)
		if err != nil || u.Hostname() == "" || u.Port() == "" && u.Scheme == "http" && !strings.Contains(s.Value, "://") {
			continue
		}
		all = append(all, addressOf(u))
	}
	return all
}
