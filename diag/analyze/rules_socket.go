package analyze

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/beistand/beistand/diag/collect"
)

func socketRules() []Rule {
	withSockets := func(look func(s fact[collect.SocketsFacts]) []hit) func(*evidence) []hit {
		return func(e *evidence) []hit {
			s, ok := read[collect.SocketsFacts](e, "sockets")
			if !ok {
				return nil
			}
			return look(s)
		}
	}
	return []Rule{
		{
			ID: "path-mtu", Severity: Warning,
			Say:  "Large packets to {{.Host}} vanish on the way, so that connections hang.",
			Do:   "Lower the MTU of the interface or tunnel to {{.MTU}}, or let the firewall pass ICMP \"too big\".",
			When: "Packets that the interface takes are lost on the way without an answer (a path MTU black hole).",
			find: func(e *evidence) []hit {
				p, _ := read[collect.PathMTUFacts](e, "path-mtu")
				var hits []hit
				for i, x := range p.v.Paths {
					if x.Silent > 0 {
						hits = append(hits, hit{data: data("Host", x.Host, "MTU", number(max(x.MTU, 1280))), detail: fmt.Sprintf("from %d bytes on; interface %d", x.Silent, x.Interface), refs: []Ref{p.at("paths", i)}})
					}
				}
				return hits
			},
		},
		{
			ID: "port-missing", Severity: Critical,
			Say:  "A service on this machine is not running: nothing listens on port {{.Port}}.",
			Do:   "Start the service {{.Name}}; if it does not start, read its log.",
			When: "The profile names an endpoint on this very machine, and no program listens on its port.",
			find: func(e *evidence) []hit {
				s, ok := read[collect.SocketsFacts](e, "sockets")
				p, ok2 := read[collect.EndpointsFacts](e, "endpoints")
				if !ok || !ok2 {
					return nil
				}
				var hits []hit
				for i, x := range p.v.Endpoints {
					port := localPort(x.URL)
					if port == "" || x.Reached || listens(s.v, port) {
						continue
					}
					hits = append(hits, hit{data: data("Port", port, "Name", x.Name), detail: x.URL, refs: []Ref{p.at("endpoints", i), s.at("listening")}})
				}
				return hits
			},
		},
		{
			ID: "listen-overflows", Severity: Warning,
			Say:  "Connections were lost because a program did not accept them in time ({{.Count}}×).",
			Do:   "Look at which service is overloaded or hangs.",
			When: "The kernel counts at least 100 overflows of accept queues, or a queue holds more than 100 connections.",
			find: withSockets(func(s fact[collect.SocketsFacts]) []hit {
				for i, l := range s.v.Listening {
					if strings.HasPrefix(l.Protocol, "tcp") && l.Waiting > 100 {
						return one(hit{data: data("Count", number(l.Waiting)), detail: l.Address + " " + l.Process, refs: []Ref{s.at("listening", i)}})
					}
				}
				if s.v.Overflows == nil || *s.v.Overflows < 100 {
					return nil
				}
				return one(hit{data: data("Count", number(*s.v.Overflows)), refs: []Ref{s.at("listen_overflows")}})
			}),
		},
		{
			ID: "connections-near-limit", Severity: Critical,
			Say:  "The firewall's table of connections is nearly full: {{.Count}} of {{.Limit}}.",
			Do:   "Raise nf_conntrack_max, and look for a program that opens connections without end.",
			When: "80 % of the connections that the firewall can track are in use.",
			find: withSockets(func(s fact[collect.SocketsFacts]) []hit {
				if s.v.Tracked == nil || s.v.MaxTrack == nil || *s.v.MaxTrack == 0 || float64(*s.v.Tracked) < 0.8*float64(*s.v.MaxTrack) {
					return nil
				}
				return one(hit{data: data("Count", number(*s.v.Tracked), "Limit", number(*s.v.MaxTrack)), refs: []Ref{s.at("tracked_connections")}})
			}),
		},
		{
			ID: "connections-left-open", Severity: Warning,
			Say:  "A program does not close its connections: {{.Count}} are half open.",
			Do:   "Find the program and restart it; it has a fault.",
			When: "At least 500 TCP connections are in the state close wait.",
			find: withSockets(func(s fact[collect.SocketsFacts]) []hit {
				for i, c := range s.v.States {
					if strings.Contains(strings.ReplaceAll(strings.ToLower(c.State), "_", " "), "close wait") && c.Count >= 500 {
						return one(hit{data: data("Count", number(c.Count)), refs: []Ref{s.at("connections", i)}})
					}
				}
				return nil
			}),
		},
	}
}

// localPort is the port of an address on this very machine, or "".
func localPort(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return ""
	}
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	case u.Scheme == "http":
		return "80"
	}
	return ""
}

func listens(s collect.SocketsFacts, port string) bool {
	for _, l := range s.Listening {
		if strings.HasPrefix(l.Protocol, "tcp") && strings.HasSuffix(l.Address, ":"+port) {
			return true
		}
	}
	return false
}
