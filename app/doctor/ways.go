package doctor

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/pion/stun/v3"
)

const (
	wayTime    = 4 * time.Second // for one server on one way
	maxServers = 8               // that the desk may name
)

const (
	stunDirect   = "This computer is seen from outside as {{.Mapped}}, which is its own address."
	stunBehind   = "This computer is seen from outside as {{.Mapped}}; a router translates its address."
	stunMoving   = "A router shows this computer under another address to everybody ({{.Mapped}}), so that direct connections seldom come about."
	stunMovingDo = "Nothing has to be done while the relay works."
	stunUntold   = "Nobody could be asked how this computer is seen from outside."

	udpThrough = "UDP gets through to {{.Server}}, in {{.Milliseconds}} ms."
	udpBlocked = "UDP does not get through to {{.Server}}."
	udpDo      = "Ask whoever looks after your network to let UDP out to it; until then connections are slower, or do not come about."
	udpUntold  = "There is nobody to try UDP with."

	relayReady  = "The relay {{.Server}} is ready, over {{.Ways}}."
	relayAway   = "The relay {{.Server}} does not answer, on no way."
	relayDo     = "Ask whoever looks after your network to open this address; without it, a screen is shown only where a direct connection comes about."
	relayNone   = "The desk has no relay."
	relayNoneDo = "Ask the desk's people to set one up if screens cannot be shown from other networks."
	relayUntold = "The desk could not name a relay."
)

// servers are those that answer bindings, and the relays.
func servers(urls []string) (binding, relays []*stun.URI) {
	for _, u := range urls[:min(len(urls), maxServers)] {
		parsed, err := stun.ParseURI(u)
		if err != nil {
			continue // what cannot be read is of no use to a session either
		}
		switch {
		case parsed.Scheme == stun.SchemeTypeTURN || parsed.Scheme == stun.SchemeTypeTURNS:
			relays = append(relays, parsed)
		case parsed.Scheme == stun.SchemeTypeSTUN:
			binding = append(binding, parsed)
		}
	}
	for _, u := range relays { // a relay answers STUN, too
		if u.Scheme == stun.SchemeTypeTURN && u.Proto == stun.ProtoTypeUDP {
			binding = append(binding, u)
		}
	}
	return binding, relays
}

// checkWays tries the servers that a session would connect through.
func checkWays(ctx context.Context, urls []string, known bool) []Check {
	binding, relays := servers(urls)
	var all sync.WaitGroup
	var seen []Check
	var relay Check
	all.Go(func() { seen = checkMapping(ctx, binding) })
	all.Go(func() { relay = checkRelays(ctx, relays, known) })
	all.Wait()
	return append(seen, relay)
}

// checkMapping asks every server, from one socket, how it sees that socket
// (RFC 8489; that the answers differ is RFC 4787's address-dependent mapping).
func checkMapping(ctx context.Context, servers []*stun.URI) []Check {
	seen := Check{Name: "stun", State: Skipped, Says: stunUntold, Data: map[string]any{}}
	udp := Check{Name: "udp", State: Skipped, Says: udpUntold, Data: map[string]any{}}
	if len(servers) == 0 {
		return []Check{seen, udp}
	}
	udp.Data["Server"] = address(servers[0])
	conn, err := net.ListenPacket("udp", ":0")
	if err != nil {
		udp.State, udp.Says, udp.Do = Failed, udpBlocked, udpDo
		return []Check{seen, udp}
	}
	defer conn.Close()
	var mapped []string
	asked := map[string]bool{}
	for _, u := range servers {
		if asked[address(u)] {
			continue
		}
		asked[address(u)] = true
		begin := time.Now()
		answer, err := overUDP(ctx, conn, address(u), stun.MustBuild(stun.TransactionID, stun.BindingRequest))
		var at stun.XORMappedAddress
		if err != nil || at.GetFrom(answer) != nil {
			continue
		}
		if len(mapped) == 0 {
			udp.Data["Server"], udp.Data["Milliseconds"] = address(u), time.Since(begin).Milliseconds()
		}
		mapped = append(mapped, at.String())
	}
	if len(mapped) == 0 {
		udp.State, udp.Says, udp.Do = Warning, udpBlocked, udpDo
		return []Check{seen, udp}
	}
	udp.State, udp.Says = OK, udpThrough
	seen.State, seen.Says, seen.Data["Mapped"] = OK, stunBehind, mapped[0]
	if own(mapped[0]) {
		seen.Says = stunDirect
	}
	for _, m := range mapped {
		if m != mapped[0] && four(m) == four(mapped[0]) { // an IPv6 address beside an IPv4 one moves nowhere
			seen.State, seen.Says, seen.Do, seen.Data["Mapped"] = Warning, stunMoving, stunMovingDo, strings.Join(mapped, ", ")
		}
	}
	return []Check{seen, udp}
}

// four says whether an address and its port are IPv4.
func four(mapped string) bool {
	at, err := netip.ParseAddrPort(mapped)
	return err == nil && at.Addr().Unmap().Is4()
}

// own says whether an address is one of this machine's.
func own(mapped string) bool {
	host, _, err := net.SplitHostPort(mapped)
	if err != nil {
		return false
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.String() == host {
			return true
		}
	}
	return false
}

// checkRelays asks each relay for an allocation without saying who asks: a
// relay that is well wants to know (401, RFC 8656, section 7.2).
func checkRelays(ctx context.Context, relays []*stun.URI, known bool) Check {
	c := Check{Name: "relay", State: Skipped, Says: relayUntold, Data: map[string]any{}}
	switch {
	case len(relays) == 0 && known:
		c.State, c.Says, c.Do = Warning, relayNone, relayNoneDo
		return c
	case len(relays) == 0:
		return c
	}
	ready := make([]bool, len(relays))
	var all sync.WaitGroup
	for i, u := range relays {
		all.Go(func() { ready[i] = wants(ctx, u) })
	}
	all.Wait()
	var ways []string
	c.Data["Server"] = address(relays[0])
	for i, u := range relays {
		if ready[i] {
			if len(ways) == 0 {
				c.Data["Server"] = address(u)
			}
			ways = append(ways, way(u))
		}
	}
	if len(ways) == 0 {
		c.State, c.Says, c.Do = Failed, relayAway, relayDo
		return c
	}
	c.State, c.Says, c.Data["Ways"] = OK, relayReady, strings.Join(ways, ", ")
	return c
}

func way(u *stun.URI) string {
	switch {
	case u.Scheme == stun.SchemeTypeTURNS:
		return "TLS"
	case u.Proto == stun.ProtoTypeTCP:
		return "TCP"
	}
	return "UDP"
}
