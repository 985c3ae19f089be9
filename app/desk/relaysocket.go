package desk

import (
	"errors"
	"net"
	"net/netip"
	"sync/atomic"
)

// relayPeers is how many addresses one allocation may speak with.
const relayPeers = 64

// relaySocket is one relayed address. The permission is for an address with
// all its ports; this looks at every packet's own target and origin.
type relaySocket struct {
	*net.UDPConn
	relay  *relay
	public netip.AddrPort
	spoke  atomic.Int64 // when the client last had something for a peer, in nanoseconds since 1970
	from   ends         // peers; its one reader's alone

	// guarded by relay.mu
	session string // "" until the allocation is made
	user    string
	client  string // whose allocation it is
	quota   *quota // the session's
	peers   map[netip.Addr]bool
}

// clientKey tells the ends of one client's connections apart.
func clientKey(a net.Addr) string { return a.Network() + " " + a.String() }

// WriteTo sends to peers that the filter admits, and on the relay's own address
// to allocations of the same session alone: two sides that both use this relay
// meet there, and whatever else listens on this machine is out of reach.
func (s *relaySocket) WriteTo(p []byte, addr net.Addr) (int, error) {
	peer, ok := addrPort(addr)
	if !ok {
		return 0, errRelayPeer
	}
	s.spoke.Store(s.relay.now().UnixNano())
	if peer.Addr() == s.relay.public && !s.relay.filter.Named(peer.Addr()) {
		if !s.relay.kin(s, peer) {
			return 0, errRelayPeer
		}
		return s.UDPConn.WriteTo(p, addr) // counted where it arrives
	}
	if !s.relay.filter.Admits(peer.Addr()) {
		return 0, errRelayPeer
	}
	if q := s.relay.quotaOf(s); q == nil || !q.take(len(p), s.relay.now()) {
		return len(p), nil // dropped
	}
	return s.UDPConn.WriteTo(p, addr)
}

// ReadFrom gives what permitted peers send, within the session's quota. What
// strangers send costs the session nothing.
func (s *relaySocket) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		n, from, err := s.ReadFromUDPAddrPort(b)
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return n, nil, err
			}
			continue // a UDP socket survives it, such as Windows' port unreachable
		}
		q := s.relay.admitted(s, netip.AddrPortFrom(from.Addr().Unmap(), from.Port()))
		if q == nil || !q.take(n, s.relay.now()) {
			continue
		}
		return n, s.from.of(from), nil
	}
}

// Close may be called twice: by the allocation's end and by the session's.
func (s *relaySocket) Close() error {
	s.relay.forget(s)
	if err := s.UDPConn.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

func addrPort(addr net.Addr) (netip.AddrPort, bool) {
	u, ok := addr.(*net.UDPAddr)
	if !ok {
		return netip.AddrPort{}, false
	}
	at := u.AddrPort()
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port()), at.IsValid()
}

// kin says whether a relayed address belongs to the same session as s.
func (r *relay) kin(s *relaySocket, peer netip.AddrPort) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	other := r.sockets[peer]
	return other != nil && s.session != "" && other.session == s.session
}

// admitted is the quota that what peer sends counts for; nil when it may not come in at all.
func (r *relay) admitted(s *relaySocket, peer netip.AddrPort) *quota {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !s.peers[peer.Addr()] {
		return nil
	}
	if peer.Addr() == r.public && !r.filter.Named(peer.Addr()) {
		if other := r.sockets[peer]; other == nil || other.session != s.session {
			return nil
		}
	}
	return s.quota
}

func (r *relay) quotaOf(s *relaySocket) *quota {
	r.mu.Lock()
	defer r.mu.Unlock()
	return s.quota
}

// forget takes a socket out of the books.
func (r *relay) forget(s *relaySocket) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sockets[s.public] == s {
		delete(r.sockets, s.public)
	}
	if r.clients[s.client] == s {
		delete(r.clients, s.client)
	}
}

// permit says whether a client's allocation may speak with peer at all, and
// remembers that it does.
func (r *relay) permit(client net.Addr, peer net.IP) bool {
	a, ok := netip.AddrFromSlice(peer)
	a = a.Unmap()
	if !ok || a.Is4() != r.public.Is4() || a != r.public && !r.filter.Admits(a) {
		return false // the relayed socket is of one family alone
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.clients[clientKey(client)]
	if s == nil || !s.peers[a] && len(s.peers) >= relayPeers {
		return false
	}
	s.peers[a] = true
	return true
}
