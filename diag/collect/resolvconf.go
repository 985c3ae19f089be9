package collect

import (
	"net/netip"
	"slices"
	"strings"
)

// resolvConf reads resolv.conf(5).
func resolvConf(text string) DNSFacts {
	var f DNSFacts
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		line, _, _ = strings.Cut(line, ";")
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		switch fields[0] {
		case "nameserver":
			f.Servers = append(f.Servers, ServerFacts{Address: fields[1]})
		case "search", "domain": // the last one holds
			f.Search = fields[1:]
		case "options":
			f.Options = append(f.Options, fields[1:]...)
		}
	}
	return f
}

// behind adds the servers that a resolver on this machine asks in turn.
func (f *DNSFacts) behind(upstream DNSFacts) {
	local := slices.IndexFunc(f.Servers, func(s ServerFacts) bool {
		a, err := netip.ParseAddr(s.Address)
		return err == nil && a.IsLoopback()
	})
	if local < 0 {
		return
	}
	stub := f.Servers[local].Address
	for _, s := range upstream.Servers {
		if !slices.ContainsFunc(f.Servers, func(o ServerFacts) bool { return o.Address == s.Address }) {
			f.Servers = append(f.Servers, ServerFacts{Address: s.Address, Behind: stub})
		}
	}
}

// scutilDNS reads what macOS's scutil --dns prints: resolvers with lines such
// as "nameserver[0] : 192.0.2.1". Those for multicast have none.
func scutilDNS(text string) DNSFacts {
	f := DNSFacts{Source: "scutil --dns"}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "DNS configuration (for scoped queries)") {
			break // the same servers once more, an interface each
		}
		key, value, ok := strings.Cut(strings.TrimSpace(line), " : ")
		value = strings.TrimSpace(value)
		switch {
		case !ok:
		case strings.HasPrefix(key, "nameserver["):
			if !slices.ContainsFunc(f.Servers, func(s ServerFacts) bool { return s.Address == value }) {
				f.Servers = append(f.Servers, ServerFacts{Address: value})
			}
		case strings.HasPrefix(key, "search domain["):
			if !slices.Contains(f.Search, value) {
				f.Search = append(f.Search, value)
			}
		}
	}
	return f
}
