package analyze

import (
	"fmt"

	"github.com/beistand/beistand/diag/collect"
)

// eachEndpoint makes a hit of every service of the profile that wants one.
func eachEndpoint(look func(e *evidence, p collect.EndpointFacts) (hit, bool)) func(*evidence) []hit {
	return func(e *evidence) []hit {
		all, _ := read[collect.EndpointsFacts](e, "endpoints")
		var hits []hit
		for i, p := range all.v.Endpoints {
			if h, ok := look(e, p); ok {
				if h.data == nil {
					h.data = map[string]string{}
				}
				h.data["Name"] = p.Name
				if p.Name == "" {
					h.data["Name"] = p.URL
				}
				h.detail = phrase(p.URL, h.detail)
				h.refs = []Ref{all.at("endpoints", i)}
				hits = append(hits, h)
			}
		}
		return hits
	}
}

func endpointRules() []Rule {
	return []Rule{
		{
			ID: "endpoint-unreachable", Severity: Critical,
			Say:  "The service {{.Name}} cannot be reached: {{.Why}}.",
			Do:   "Check the network and a firewall between; ask whether the service runs.",
			When: "No connection to one of the profile's services came about.",
			find: eachEndpoint(func(_ *evidence, p collect.EndpointFacts) (hit, bool) {
				if p.Reached || p.Kind == "" || p.Kind == collect.ProblemCertificate || p.Kind == collect.ProblemAddress {
					return hit{}, false
				}
				why := p.Kind
				if why == collect.ProblemOther {
					why = p.Error
				}
				return hit{data: data("Why", why), detail: p.Error}, true
			}),
		},
		{
			ID: "endpoint-fault", Severity: Warning,
			Say:  "The service {{.Name}} answers with a fault of its own ({{.Status}}).",
			Do:   "Ask those who run it; nothing is wrong with the connection.",
			When: "A service of the profile answered with an HTTP status of 500 or more.",
			find: eachEndpoint(func(_ *evidence, p collect.EndpointFacts) (hit, bool) {
				return hit{data: data("Status", number(p.Status))}, p.Status >= 500
			}),
		},
		{
			ID: "endpoint-slow", Severity: Warning,
			Say:  "The service {{.Name}} answers slowly: after {{.Time}}.",
			Do:   "Compare with another machine: if it is quick there, the fault is in this network.",
			When: "Connecting took more than half a second, or lookup, connecting, handshake and answer together more than 3 seconds.",
			find: eachEndpoint(func(_ *evidence, p collect.EndpointFacts) (hit, bool) {
				all := p.Lookup + p.Connect + p.Handshake + p.Answer
				if !p.Reached || p.Connect <= 500 && all <= 3000 {
					return hit{}, false
				}
				return hit{
					data:   data("Time", duration(all/1000)),
					detail: fmt.Sprintf("lookup %.0f ms, connect %.0f ms, handshake %.0f ms, answer %.0f ms", p.Lookup, p.Connect, p.Handshake, p.Answer),
				}, true
			}),
		},
		{
			ID: "endpoint-address-dead", Severity: Info,
			Say:  "One of the addresses of the service {{.Name}} does not answer: {{.Address}}.",
			Do:   "If it is an IPv6 address, IPv6 is broken here; programs lose time with it.",
			When: "A service was reached, but not at all of its addresses.",
			find: eachEndpoint(func(_ *evidence, p collect.EndpointFacts) (hit, bool) {
				for _, a := range p.Addresses {
					if p.Reached && a.Kind != "" {
						return hit{data: data("Address", a.Address), detail: phrase(a.Kind, a.Error)}, true
					}
				}
				return hit{}, false
			}),
		},
	}
}
