package peer

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"github.com/pion/stun"
)

// servers are the STUN and TURN servers of a connection, under names that only
// this package knows. pion is given those: it puts host and port together
// without brackets, and asks a name server for servers that a proxy alone can
// find; it is this package that looks them up. All are there before pion is.
type servers struct{ list []server }

type server struct {
	host   string // a name, or an address without brackets
	relay  bool   // TURN
	stream bool   // spoken to over TCP
	secure bool   // spoken to over TLS
}

// maxServers is how many addresses are asked at all: what a desk names must not
// make this machine ask everybody.
const maxServers = 32

// hiddenName ends names that no network knows (RFC 2606).
const hiddenName = ".server.invalid"

// usable rewrites addresses and leaves out TURN over DTLS, whose messages
// could not be filtered, what is no ICE server's address, and what is too many.
func (s *servers) usable(urls []string) []string {
	var kept []string
	for _, u := range urls {
		uri, err := stun.ParseURI(u)
		if err != nil || len(s.list) == maxServers {
			continue
		}
		secure := uri.Scheme == stun.SchemeTypeTURNS
		if uri.Scheme == stun.SchemeTypeSTUNS || secure && uri.Proto != stun.ProtoTypeTCP { // pion asks STUN over UDP only
			continue
		}
		hidden := *uri
		hidden.Host = fmt.Sprintf("%d%s", len(s.list), hiddenName)
		s.list = append(s.list, server{uri.Host, uri.Scheme != stun.SchemeTypeSTUN, uri.Proto == stun.ProtoTypeTCP, secure})
		kept = append(kept, hidden.String())
	}
	return kept
}

// find gives the server behind a name of usable's, and its port.
func (s *servers) find(address string) (found server, port string, err error) {
	name, port, err := net.SplitHostPort(address)
	if err != nil {
		return server{}, "", err
	}
	var i int
	number, ours := strings.CutSuffix(name, hiddenName)
	if _, err := fmt.Sscanf(number, "%d", &i); !ours || err != nil || i < 0 || i >= len(s.list) {
		return server{}, "", fmt.Errorf("%q is no server of this connection", name)
	}
	return s.list[i], port, nil
}

// lookUp gives a server's address for network, udp4 or udp6. pion asks for
// every TURN server by udp4: where that leads nowhere, IPv6 is taken.
func lookUp(ctx context.Context, network, host string, port uint16) (netip.AddrPort, error) {
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return netip.AddrPort{}, err
	}
	var four, six netip.AddrPort
	for _, ip := range found {
		at := netip.AddrPortFrom(ip.Unmap(), port)
		switch {
		case ip.Unmap().Is4() && !four.IsValid():
			four = at
		case !ip.Unmap().Is4() && !six.IsValid():
			six = at
		}
	}
	switch {
	case network == "udp6" && !six.IsValid():
		return netip.AddrPort{}, fmt.Errorf("%q has no IPv6 address", host)
	case network == "udp6", !four.IsValid(), six.IsValid() && !routed(four) && routed(six):
		return six, nil
	}
	return four, nil
}

// routed says whether the machine has a way to an address; nothing is sent.
func routed(to netip.AddrPort) bool {
	conn, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(to))
	if err != nil {
		return false
	}
	_ = conn.Close() // nothing was sent
	return true
}
