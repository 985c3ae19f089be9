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
	for range 64 {
		try := port
		if port == 0 {
			try = int(p.min) + rand.IntN(int(p.max)-int(p.min)+1)
		}
		conn, err := net.ListenPacket("udp4", net.JoinHostPort(p.listenHost(), strconv.Itoa(try)))
		if err != nil {
			continue
		}
		s := &relaySocket{PacketConn: conn, relay: p.relay, public: netip.AddrPortFrom(p.public, uint16(try))}
		p.mu.Lock()
		p.sockets[s.public] = s
		p.mu.Unlock()
		return s, net.UDPAddrFromAddrPort(s.public), nil
	}
	return nil, nil, errRelayFull
}

// listenHost is where relayed sockets are bound: IPv4, as what they are reached by.
func (r *relay) listenHost() string {
	if r.listenIP.Is4() {
		return r.listenIP.String()
	}
	return "0.0.0.0"
}

// admits says whether a session may have one more allocation.
func (r *relay) admits(session string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, s := range r.sockets {
		if s.session == session {
			n++
		}
	}
	return r.live[session] && n < relayPerSession
}

// assign notes whose allocation a relayed address became. A session that ended meanwhile keeps none.
func (r *relay) assign(relayed net.Addr, session string) {
	u, ok := relayed.(*net.UDPAddr)
	if !ok {
		return
	}
	at := u.AddrPort()
	r.mu.Lock()
	s := r.sockets[netip.AddrPortFrom(at.Addr().Unmap(), at.Port())]
	if s != nil {
		s.session = session
	}
	live := r.live[session]
	r.mu.Unlock()
	if s != nil && !live {
		_ = s.Close()
	}
}

// relaySocket is one relayed address. The permission is for an address with
// all its ports; this looks at every packet's own target.
type relaySocket struct {
	net.PacketConn
	relay   *relay
	public  netip.AddrPort
	session string // guarded by relay.mu
}

// WriteTo sends to peers that the filter admits, and on the relay's own address
// to other allocations alone: two sides that both use this relay meet there,
// and whatever else listens on this machine is out of reach.
func (s *relaySocket) WriteTo(p []byte, addr net.Addr) (int, error) {
	u, ok := addr.(*net.UDPAddr)
	if !ok {
		return 0, errRelayPeer
	}
	at := u.AddrPort()
	peer := netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
	if peer.Addr() == s.relay.public && !s.relay.filter.admitted(peer.Addr()) {
		s.relay.mu.Lock()
		_, ours := s.relay.sockets[peer]
		s.relay.mu.Unlock()
		if !ours {
			return 0, errRelayPeer
		}
	} else if !s.relay.filter.admits(peer.Addr()) {
		return 0, errRelayPeer
	}
	return s.PacketConn.WriteTo(p, addr)
}

// Close may be called twice: by the allocation's end and by the session's.
func (s *relaySocket) Close() error {
	s.relay.mu.Lock()
	if s.relay.sockets[s.public] == s {
		delete(s.relay.sockets, s.public)
	}
	s.relay.mu.Unlock()
	if err := s.PacketConn.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
