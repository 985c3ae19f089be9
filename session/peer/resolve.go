package peer

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"
)

// resolveTime bounds the question for a server's address.
const resolveTime = 10 * time.Second

// ResolveUDPAddr is the network's, but that it ends with the connection: a
// name server that does not answer holds up no Close.
func (n filteredNet) ResolveUDPAddr(network, address string) (*net.UDPAddr, error) {
	ctx, cancel := context.WithTimeout(n.sockets.life, resolveTime)
	defer cancel()
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("resolve %q: %w", address, err)
	}
	port, err := net.DefaultResolver.LookupPort(ctx, network, service)
	if err != nil {
		return nil, fmt.Errorf("resolve %q: %w", address, err)
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, strings.Replace(network, "udp", "ip", 1), host)
	if err != nil {
		return nil, fmt.Errorf("resolve %q: %w", address, err)
	}
	chosen := found[0]
	for _, ip := range found { // as the standard library prefers
		if ip.Unmap().Is4() {
			chosen = ip
			break
		}
	}
	return net.UDPAddrFromAddrPort(netip.AddrPortFrom(chosen.Unmap(), uint16(port))), nil
}
