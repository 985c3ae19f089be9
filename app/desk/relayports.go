package desk

import (
	"errors"
	"math/rand/v2"
	"net"
	"net/netip"
	"strconv"
)

// relayPorts opens relayed sockets within the relay's range, up to its bound.
type relayPorts struct{ *relay }

var (
	errRelayFull = errors.New("relay: every port or allocation is taken")
	errRelayTCP  = errors.New("relay: TCP allocations (RFC 6062) are not spoken")
	errRelayPeer = errors.New("relay: this peer is not relayed to")
)

// Validate has nothing to check: newRelay did.
func (relayPorts) Validate() error { return nil }

// AllocateConn refuses: peers are reached by UDP alone.
func (relayPorts) AllocateConn(string, int) (net.Conn, net.Addr, error) {
	return nil, nil, errRelayTCP
}

// AllocatePacketConn opens a relayed socket; port 0 is any.
func (p relayPorts) AllocatePacketConn(_ string, port int) (net.PacketConn, net.Addr, error) {
	p.mu.Lock()
	taken := len(p.sockets)
	p.mu.Unlock()
	if taken >= relayTotal || port != 0 && (port < int(p.min) || port > int(p.max)) {
		return nil, nil, errRelayFull
	}
	network, host := p.relayedOn()
	for range 64 {
		try := port
		if port == 0 {
			try = int(p.min) + rand.IntN(int(p.max)-int(p.min)+1)
		}
		bound, err := net.ListenPacket(network, net.JoinHostPort(host, strconv.Itoa(try)))
		if err != nil {
			continue
		}
		conn := bound.(*net.UDPConn)
		roomy(conn, 1<<20)
		s := &relaySocket{UDPConn: conn, relay: p.relay, from: ends{}, public: netip.AddrPortFrom(p.public, uint16(try))}
		p.mu.Lock()
		p.sockets[s.public] = s
		p.mu.Unlock()
		return s, net.UDPAddrFromAddrPort(s.public), nil
	}
	return nil, nil, errRelayFull
}

// relayedOn is where relayed sockets are bound: of the family of what they are reached by.
func (r *relay) relayedOn() (network, host string) {
	network, host = "udp4", "0.0.0.0"
	if r.public.Is6() {
		network, host = "udp6", "::"
	}
	if !r.listenIP.IsUnspecified() && r.listenIP.Is4() == r.public.Is4() {
		host = r.listenIP.String()
	}
	return network, host
}

// admits says whether a session may have one more allocation. A client whose
// address has changed cannot give back what it had, and comes again: when there
// are too many, the one that has been silent for longest makes room. The path
// in use never is: ICE speaks on it several times a second.
func (r *relay) admits(session string) bool {
	r.mu.Lock()
	n, live := 0, r.live[session] != nil
	var quietest *relaySocket
	for _, s := range r.sockets {
		if s.session != session {
			continue
		}
		n++
		if quietest == nil || s.spoke.Load() < quietest.spoke.Load() {
			quietest = s
		}
	}
	r.mu.Unlock()
	if !live || n < relayPerSession {
		return live
	}
	if r.now().UnixNano()-quietest.spoke.Load() < int64(relaySilence) {
		return false
	}
	_ = quietest.Close() // nobody uses it
	return true
}

// assign notes whose allocation a relayed address became. A session that ended meanwhile keeps none.
func (r *relay) assign(client net.Addr, user string, relayed net.Addr) {
	at, ok := addrPort(relayed)
	if !ok {
		return
	}
	_, session := r.parse(user)
	r.mu.Lock()
	s, live := r.sockets[at], r.live[session]
	if s != nil {
		s.spoke.Store(r.now().UnixNano())
		s.session, s.user, s.client, s.quota, s.peers = session, user, clientKey(client), live, map[netip.Addr]bool{}
		r.clients[s.client] = s
	}
	r.mu.Unlock()
	if s != nil && live == nil {
		_ = s.Close()
	}
}
