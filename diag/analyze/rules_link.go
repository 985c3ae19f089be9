package analyze

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

// eachInterface makes a hit of every network interface that wants one.
func eachInterface(look func(i collect.InterfaceFacts) (hit, bool)) func(*evidence) []hit {
	return func(e *evidence) []hit {
		n, _ := read[collect.NetworkFacts](e, "network")
		var hits []hit
		for i, x := range n.v.Interfaces {
			if h, ok := look(x); ok && !slices.Contains(x.Flags, "loopback") {
				h.refs = []Ref{n.at("interfaces", i)}
				hits = append(hits, h)
			}
		}
		return hits
	}
}

func linkRules() []Rule {
	return []Rule{
		{
			ID: "network-none", Severity: Critical,
			Say:  "The machine is not connected to any network.",
			Do:   "Plug in the cable, or turn on the radio and choose a network.",
			When: "No interface but the loopback is up and has an address beyond the machine.",
			find: func(e *evidence) []hit {
				n, ok := read[collect.NetworkFacts](e, "network")
				if !ok || len(n.v.Interfaces) == 0 {
					return nil
				}
				for _, i := range n.v.Interfaces {
					if slices.Contains(i.Flags, "up") && !slices.Contains(i.Flags, "loopback") && slices.ContainsFunc(i.Addresses, routable) {
						return nil
					}
				}
				return one(hit{refs: []Ref{n.at("interfaces")}})
			},
		},
		{
			ID: "network-self-assigned", Severity: Warning,
			Say:  "The network gave {{.Interface}} no address, so the machine chose one itself: {{.Address}}.",
			Do:   "Check the cable and whether the router (DHCP) works.",
			When: "An interface has an IPv4 address of 169.254.0.0/16 and no other.",
			find: eachInterface(func(i collect.InterfaceFacts) (hit, bool) {
				self := slices.IndexFunc(i.Addresses, func(a string) bool { return strings.HasPrefix(a, "169.254.") })
				if self < 0 || slices.ContainsFunc(i.Addresses, func(a string) bool { return strings.Contains(a, ".") && routable(a) }) {
					return hit{}, false
				}
				return hit{data: data("Interface", i.Name, "Address", i.Addresses[self])}, true
			}),
		},
		{
			ID: "network-no-route", Severity: Critical,
			Say:  "The machine knows no way to the internet.",
			Do:   "Check the network settings: a gateway is missing.",
			When: "The routing table has no default route although there is a network.",
			find: func(e *evidence) []hit {
				r, ok := read[collect.RoutesFacts](e, "routes")
				if !ok || r.v.Cut != "" {
					return nil
				}
				for _, x := range r.v.Routes {
					if x.Destination == "default" || x.Destination == "0.0.0.0/0" || x.Destination == "::/0" {
						return nil
					}
				}
				return one(hit{refs: []Ref{r.at("routes")}})
			},
		},
		{
			ID: "gateway-silent", Severity: Warning,
			Say:  "The router {{.Gateway}} does not answer.",
			Do:   "Restart the router; check the cable or the radio connection to it.",
			When: "A gateway of a default route did not answer on its link.",
			find: func(e *evidence) []hit {
				r, _ := read[collect.RoutesFacts](e, "routes")
				var hits []hit
				for i, g := range r.v.Gateways {
					if g.Answers != nil && !*g.Answers {
						hits = append(hits, hit{data: data("Gateway", g.Address), detail: "on " + g.Interface, refs: []Ref{r.at("gateways", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "link-errors", Severity: Warning,
			Say:  "Much of what goes over {{.Interface}} is damaged or lost: {{.Share}}.",
			Do:   "Change the cable and the socket.",
			When: "At least 100 packets and 0.1 % of all had errors.",
			find: eachInterface(func(i collect.InterfaceFacts) (hit, bool) {
				t := i.Traffic
				if t == nil {
					return hit{}, false
				}
				bad, all := t.SendErrors+t.ReceiveErrors, t.SentPackets+t.ReceivedPackets
				if bad < 100 || float64(bad) < 0.001*float64(all) || all == 0 {
					return hit{}, false
				}
				return hit{data: data("Interface", i.Name, "Share", fmt.Sprintf("%.1f %%", float64(bad)/float64(all)*100)), detail: fmt.Sprintf("%d of %d packets", bad, all)}, true
			}),
		},
		{
			ID: "link-slow", Severity: Warning,
			Say:  "The cable at {{.Interface}} works at only {{.Speed}} Mbit/s {{.Duplex}}.",
			Do:   "Change the cable; one broken wire is enough for that.",
			When: "An Ethernet link has 10 Mbit/s, or half duplex.",
			find: eachInterface(func(i collect.InterfaceFacts) (hit, bool) {
				l := i.Link
				if l == nil || !l.Carrier || l.SignalDBM != nil || l.Duplex != "half" && (l.Speed <= 0 || l.Speed > 10) || strings.HasPrefix(i.Name, "tun") {
					return hit{}, false
				}
				duplex := l.Duplex
				if duplex != "" {
					duplex += " duplex"
				}
				return hit{data: data("Interface", i.Name, "Speed", number(l.Speed), "Duplex", duplex)}, true
			}),
		},
		{
			ID: "signal-weak", Severity: Warning,
			Say:  "The radio connection {{.Interface}} is weak ({{.Signal}} dBm).",
			Do:   "Come nearer to the access point, or use a cable.",
			When: "The signal is weaker than -75 dBm.",
			find: eachInterface(func(i collect.InterfaceFacts) (hit, bool) {
				if i.Link == nil || i.Link.SignalDBM == nil || *i.Link.SignalDBM >= -75 {
					return hit{}, false
				}
				return hit{data: data("Interface", i.Name, "Signal", fmt.Sprintf("%.0f", *i.Link.SignalDBM))}, true
			}),
		},
		{
			ID: "link-flapping", Severity: Warning,
			Say:  "The connection {{.Interface}} came and went {{.Count}} times since the machine was started.",
			Do:   "Change the cable or the socket, or come nearer to the access point.",
			When: "An interface's carrier changed at least 20 times.",
			find: eachInterface(func(i collect.InterfaceFacts) (hit, bool) {
				if i.Link == nil || i.Link.Changes < 20 {
					return hit{}, false
				}
				return hit{data: data("Interface", i.Name, "Count", number(i.Link.Changes))}, true
			}),
		},
	}
}

// routable says whether an address reaches beyond its own link.
func routable(address string) bool {
	return !strings.HasPrefix(address, "169.254.") && !strings.HasPrefix(strings.ToLower(address), "fe80:") &&
		!strings.HasPrefix(address, "127.") && !strings.HasPrefix(address, "::1/")
}
