package peer

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Limits of ICE over TCP.
const (
	maxStreams  = 32               // open at once, either way
	streamQueue = 256              // packets waiting to be written to one; more are lost, as anywhere
	firstTime   = 10 * time.Second // for whoever connects to say who it is
	connectTime = 5 * time.Second  // for one that is connected to
	patience    = 300 * time.Millisecond
	maxFrame    = 8 << 10 // bytes, one packet; pion reads no larger ones
)

// streams is ICE over TCP (RFC 6544), passive and active at once: other side's
// machines connect to its one port, and what is written to an address that
// nobody has connected from is connected to. pion's own parts would read
// either without the filter.
//
// Passive candidates of the other side have to be given to pion as
// simultaneous-open ones (see received); it pairs passive ones with nothing.
type streams struct {
	listener net.Listener
	life     context.Context
	sources  *sources
	all      sync.WaitGroup

	mu    sync.Mutex // guards what follows
	over  bool
	lines map[lineKey]*streamLine
	open  int                     // streams, and those that are being opened
	known map[netip.AddrPort]bool // that may be connected to
}

// lineKey is whom a connection is for, and on which address.
type lineKey struct {
	ufrag string
	local netip.Addr
}

// newStreams listens on a port that the system chooses.
func newStreams(life context.Context, from *sources) (*streams, error) {
	listener, err := new(net.ListenConfig).Listen(life, "tcp", ":0")
	if err != nil {
		return nil, err
	}
	s := &streams{listener: listener, life: life, sources: from, lines: map[lineKey]*streamLine{}, known: map[netip.AddrPort]bool{}}
	s.all.Go(s.accept)
	return s, nil
}

// accept takes connections until Close.
func (s *streams) accept() {
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) || s.life.Err() != nil {
			return
		}
		if err != nil { // out of descriptors: the next may be luckier
			select {
			case <-time.After(patience):
			case <-s.life.Done():
			}
			continue
		}
		if !s.enter() {
			_ = conn.Close() // it will try another way
			continue
		}
		s.all.Go(func() {
			defer s.leave()
			s.welcome(conn)
		})
	}
}

// enter counts a stream in, if there is room.
func (s *streams) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over || s.open >= maxStreams {
		return false
	}
	s.open++
	return true
}

func (s *streams) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
}

// welcome serves one that has connected, if it says for whom.
func (s *streams) welcome(conn net.Conn) {
	defer conn.Close()
	defer context.AfterFunc(s.life, func() { _ = conn.Close() })()
	_ = conn.SetReadDeadline(time.Now().Add(firstTime)) // only a closed one refuses
	first, err := readFrame(conn, s.sources)
	if err != nil {
		return
	}
	_ = conn.SetReadDeadline(time.Time{})
	ufrag, ok := addressee(first)
	local, isTCP := conn.LocalAddr().(*net.TCPAddr)
	if !ok || !isTCP {
		return
	}
	s.mu.Lock()
	l := s.lines[lineKey{ufrag, local.AddrPort().Addr().Unmap().WithZone("")}]
	s.mu.Unlock()
	if l != nil {
		l.serve(conn, first)
	}
}

// know lets an address be connected to.
func (s *streams) know(at netip.AddrPort) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[at] = true // AddCandidate bounds their number
}

func (s *streams) reachable(at netip.AddrPort) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[at]
}

// GetConnByUfrag is ice.TCPMux's: the way for one description's checks on one
// of the machine's addresses.
func (s *streams) GetConnByUfrag(ufrag string, _ bool, local net.IP) (net.PacketConn, error) {
	address, ok := netip.AddrFromSlice(local)
	if !ok {
		return nil, errNotFiltered
	}
	key := lineKey{ufrag, address.Unmap()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil, net.ErrClosed
	}
	if s.lines[key] == nil {
		port := s.listener.Addr().(*net.TCPAddr).AddrPort().Port()
		s.lines[key] = newStreamLine(s, key, port)
	}
	return s.lines[key], nil
}

// RemoveConnByUfrag is ice.TCPMux's.
func (s *streams) RemoveConnByUfrag(ufrag string) {
	s.mu.Lock()
	var old []*streamLine
	for key, l := range s.lines {
		if key.ufrag == ufrag {
			old = append(old, l)
		}
	}
	s.mu.Unlock()
	for _, l := range old {
		_ = l.Close() // nothing to fail
	}
}

// Close is ice.TCPMux's; it waits.
func (s *streams) Close() error {
	s.mu.Lock()
	s.over = true
	var all []*streamLine
	for _, l := range s.lines {
		all = append(all, l)
	}
	s.mu.Unlock()
	err := s.listener.Close()
	for _, l := range all {
		_ = l.Close() // nothing to fail
	}
	if s.life.Err() != nil { // otherwise whoever is being welcomed is waited for in vain
		s.all.Wait()
	}
	return err
}
