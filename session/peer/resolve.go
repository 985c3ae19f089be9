package peer

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"time"
)

// resolveTime bounds the question for a server's address.
const resolveTime = 10 * time.Second

// ResolveUDPAddr looks one of the connection's servers up. It ends with the
// connection: a name server that does not answer holds up no Close.
func (n filteredNet) ResolveUDPAddr(network, address string) (*net.UDPAddr, error) {
	found, service, err := n.servers.find(address)
	if err != nil {
		return nil, fmt.Errorf("resolve: %w", err)
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("resolve %q: %w", address, err)
	}
	if found.stream { // it is reached already, or looked up when it is
		return net.UDPAddrFromAddrPort(netip.AddrPortFrom(nowhere, uint16(port))), nil
	}
	if n.sockets.life.Err() != nil { // a name in the system's own list is found too quickly to be stopped
		return nil, fmt.Errorf("resolve %q: %w", found.host, ErrClosed)
	}
	ctx, cancel := context.WithTimeout(n.sockets.life, resolveTime)
	defer cancel()
	at, err := lookUp(ctx, network, found.host, uint16(port))
	if err != nil {
		return nil, fmt.Errorf("resolve %q: %w", found.host, err)
	}
	if found.relay {
		n.sockets.relays.know(at.Addr())
	}
	return net.UDPAddrFromAddrPort(at), nil
}

// nowhere stands for a server that is spoken to in a stream: pion wants an
// address to send to, and the stream takes no notice of it (RFC 5737).
var nowhere = netip.MustParseAddr("192.0.2.1")
