package doctor

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/pion/stun/v3"

	"github.com/beistand/beistand/session/tunnel"
)

const (
	sixNone   = "This computer has no IPv6 address of the internet; IPv4 is used."
	sixFour   = "This computer has IPv6 ({{.Address}}); the desk is reached over IPv4 alone."
	sixWorks  = "IPv6 works: the desk answers over it, in {{.Milliseconds}} ms, and UDP gets through to {{.Server}}."
	sixDesk   = "IPv6 works: the desk answers over it, in {{.Milliseconds}} ms. It names nobody to try UDP with over IPv6."
	sixUDP    = "The desk answers over IPv6, but UDP does not get through to {{.Server}} over it."
	sixUDPDo  = "Ask whoever looks after your network to let UDP out over IPv6, too; until then IPv4 is used."
	sixAway   = "This computer has IPv6 ({{.Address}}), but the desk does not answer over it: {{.Why}}."
	sixAwayDo = "Tell whoever looks after your network; until it works, what tries IPv6 first takes longer."
	sixUntold = "Nobody was asked over IPv6."
)

// checkSix tries the desk and its servers over IPv6, if the desk has answered
// on some way; own are this machine's global addresses.
func checkSix(ctx context.Context, o Options, desk *url.URL, first asked, own []netip.Addr) Check {
	c := Check{Name: "ipv6", State: Skipped, Says: sixUntold, Data: map[string]any{}}
	if len(own) == 0 {
		c.State, c.Says = OK, sixNone
		return c
	}
	c.Data["Address"] = own[0].String()
	if desk == nil || first.desk.State != OK || tunnel.Proxy(addressOf(desk)) != nil {
		return c
	}
	if _, err := six(ctx, desk.Hostname()); err != nil {
		c.State, c.Says = OK, sixFour
		return c
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = nil
	t.DialContext = func(ctx context.Context, _, at string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp6", at)
	}
	answers := ask(ctx, o, desk, t)
	if answers.desk.State != OK {
		c.State, c.Says, c.Do, c.Data["Why"] = Warning, sixAway, sixAwayDo, answers.why()
		return c
	}
	c.State, c.Says, c.Data["Milliseconds"] = OK, sixDesk, answers.desk.Data["Milliseconds"]
	binding, _ := servers(first.health.ICE)
	for _, u := range binding {
		ip, err := six(ctx, u.Host)
		if err != nil {
			continue
		}
		c.Data["Server"] = address(u)
		if bound(ctx, netip.AddrPortFrom(ip, uint16(u.Port))) {
			c.State, c.Says, c.Do = OK, sixWorks, ""
			return c
		}
		c.State, c.Says, c.Do = Warning, sixUDP, sixUDPDo
	}
	return c
}

// six is a host's IPv6 address.
func six(ctx context.Context, host string) (netip.Addr, error) {
	ctx, cancel := context.WithTimeout(ctx, nameTime)
	defer cancel()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip6", host)
	if err != nil {
		return netip.Addr{}, err
	}
	for _, a := range found {
		if a.Is6() && !a.Is4In6() {
			return a, nil
		}
	}
	return netip.Addr{}, errAnswer
}

// bound says whether a STUN server answers over IPv6.
func bound(ctx context.Context, server netip.AddrPort) bool {
	conn, err := net.ListenPacket("udp6", ":0")
	if err != nil {
		return false
	}
	defer conn.Close()
	answer, err := overUDP(ctx, conn, server.String(), stun.MustBuild(stun.TransactionID, stun.BindingRequest))
	var at stun.XORMappedAddress
	return err == nil && at.GetFrom(answer) == nil
}

// globalSix are this machine's IPv6 addresses that the internet can reach (RFC
// 4291, section 2.4, without the unique local ones of RFC 4193).
func globalSix() (all []netip.Addr) {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if !ok {
			continue
		}
		ip, ok := netip.AddrFromSlice(n.IP)
		if ok && ip.Is6() && !ip.Is4In6() && ip.IsGlobalUnicast() && !ip.IsPrivate() {
			all = append(all, ip)
		}
	}
	return all
}
