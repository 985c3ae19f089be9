package analyze

import (
	"fmt"
	"net/netip"

	"github.com/beistand/beistand/diag/collect"
)

func nameRules() []Rule {
	withDNS := func(look func(d fact[collect.DNSFacts]) []hit) func(*evidence) []hit {
		return func(e *evidence) []hit {
			d, ok := read[collect.DNSFacts](e, "dns")
			if !ok {
				return nil
			}
			return look(d)
		}
	}
	return []Rule{
		{
			ID: "dns-fault", Severity: Warning,
			Say:  "Names of servers cannot be found: {{.Hosts}}.",
			Do:   "Check the network connection and the DNS servers ({{.Servers}}); try another network.",
			When: "A lookup of one of the profile's hosts failed; critical if all did.",
			find: withDNS(func(d fact[collect.DNSFacts]) []hit {
				var hosts []string
				var h hit
				for i, l := range d.v.Lookups {
					if l.Kind != "" {
						hosts = append(hosts, l.Host)
						h.refs = append(h.refs, d.at("lookups", i))
						h.detail = phrase(l.Host, l.Kind, l.Error)
					}
				}
				if len(hosts) == 0 {
					return nil
				}
				if len(hosts) == len(d.v.Lookups) {
					h.severity = Critical
				}
				h.data = data("Hosts", inList(hosts, 3), "Servers", serverNames(d.v))
				return one(h)
			}),
		},
		{
			ID: "dns-server-fault", Severity: Warning,
			Say:  "A DNS server does not answer as it should: {{.Server}}.",
			Do:   "Remove it from the settings, or ask those who run it.",
			When: "A configured DNS server did not answer, or answered with a fault of its own.",
			find: withDNS(func(d fact[collect.DNSFacts]) []hit {
				var hits []hit
				for i, s := range d.v.Servers {
					if s.Kind != "" && s.Kind != collect.ProblemNotFound {
						hits = append(hits, hit{data: data("Server", s.Address), detail: phrase(s.Kind, s.Error), refs: []Ref{d.at("servers", i)}})
					}
				}
				return hits
			}),
		},
		{
			ID: "dns-slow", Severity: Warning,
			Say:  "Finding servers by name takes long: {{.Time}} for {{.Host}}.",
			Do:   "Check the first DNS server in the list; a dead one there slows every connection.",
			When: "A lookup took longer than a second.",
			find: withDNS(func(d fact[collect.DNSFacts]) []hit {
				var hits []hit
				for i, l := range d.v.Lookups {
					if l.Kind == "" && l.Milliseconds > 1000 {
						hits = append(hits, hit{data: data("Time", duration(l.Milliseconds/1000), "Host", l.Host), refs: []Ref{d.at("lookups", i, "lookup_milliseconds")}})
					}
				}
				return hits
			}),
		},
		{
			ID: "hosts-file", Severity: Info,
			Say:  "This machine has an address of its own for {{.Host}} and asks no server for it.",
			Do:   "Remove the line from the hosts file if nobody knows why it is there.",
			When: "The hosts file answers for one of the profile's hosts.",
			find: withDNS(func(d fact[collect.DNSFacts]) []hit {
				var hits []hit
				for i, l := range d.v.Hosts {
					hits = append(hits, hit{data: data("Host", l.Host), detail: fmt.Sprintf("%s in line %d of the hosts file", l.Address, l.Line), refs: []Ref{d.at("hosts_file", i)}})
				}
				return hits
			}),
		},
		{
			ID: "dns-none", Severity: Critical,
			Say:  "No DNS server is set, so that no server can be found by name.",
			Do:   "Let the network set it (DHCP), or enter one.",
			When: "The configuration of name resolution has no servers.",
			find: withDNS(func(d fact[collect.DNSFacts]) []hit {
				if len(d.v.Servers) > 0 || d.v.Problem != "" {
					return nil
				}
				for _, l := range d.v.Lookups {
					if _, err := netip.ParseAddr(l.Host); err != nil && l.Kind == "" {
						return nil // it works all the same
					}
				}
				return one(hit{refs: []Ref{d.at("servers")}})
			}),
		},
		{
			ID: "proxy-fault", Severity: Critical,
			Say:  "The proxy {{.Proxy}} cannot be reached, so that programs cannot reach the internet.",
			Do:   "Check the proxy's address in the settings, or turn it off if this network has none.",
			When: "A proxy that is set does not accept connections.",
			find: func(e *evidence) []hit {
				p, _ := read[collect.ProxyFacts](e, "proxy")
				var hits []hit
				for i, s := range p.v.Servers {
					if s.Kind != "" {
						hits = append(hits, hit{data: data("Proxy", s.Address), detail: phrase(s.Kind, s.Error), refs: []Ref{p.at("servers", i)}})
					}
				}
				return hits
			},
		},
	}
}

func serverNames(d collect.DNSFacts) string {
	var names []string
	for _, s := range d.Servers {
		names = appendNew(names, s.Address)
	}
	return inList(names, 3)
}
