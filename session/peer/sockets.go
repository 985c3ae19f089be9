package peer

import (
	"context"
	"errors"
	"io"
	"sync"
	"syscall"

	"github.com/pion/transport/v2"
)

// sockets are what a connection has open. pion waits on closing until every
// server has answered or been given up, up to ten seconds; cutting the sockets
// ends that wait.
type sockets struct {
	life    context.Context // ends with cut
	cancel  context.CancelFunc
	streams *streams // nil before listen
	names   names
	relays  relays
	sources sources
	quick   quick

	mu   sync.Mutex // guards open
	open map[io.Closer]bool
}

func newSockets() *sockets {
	life, cancel := context.WithCancel(context.Background())
	return &sockets{life: life, cancel: cancel, names: names{life: life}, open: map[io.Closer]bool{}}
}

// keep notes an open socket; after cut it is closed instead.
func (s *sockets) keep(c io.Closer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.life.Err() != nil {
		return errors.Join(ErrClosed, c.Close())
	}
	s.open[c] = true
	return nil
}

// close closes a socket that is not closed yet.
func (s *sockets) close(c io.Closer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open[c] {
		return nil
	}
	delete(s.open, c)
	return c.Close()
}

// cut closes all sockets, and every later one at once.
func (s *sockets) cut() {
	s.mu.Lock()
	s.cancel()
	for c := range s.open {
		_ = c.Close() // what was to be said is said
	}
	clear(s.open)
	s.mu.Unlock()
	s.names.all.Wait()
}

// listen lets ICE go over TCP.
func (s *sockets) listen() error {
	streams, err := newStreams(s.life, &s.sources)
	if err != nil {
		return err
	}
	s.streams = streams
	return s.keep(streams)
}

// receiveBuffer is what the system is asked to keep of what was not read yet,
// in bytes: a page or a keyframe comes in a burst, and 212,992, Linux's own,
// lose of it even on one machine. Systems give less without a word.
const receiveBuffer = 4 << 20

// udp puts a socket behind the filter.
func (s *sockets) udp(conn transport.UDPConn) (transport.UDPConn, error) {
	_ = conn.SetReadBuffer(receiveBuffer) // without it more is lost, and sent again
	if err := s.keep(conn); err != nil {
		return nil, err
	}
	filtered := filteredUDP{UDPConn: conn, sockets: s}
	if system, ok := conn.(syscall.Conn); ok {
		filtered.raw, _ = system.SyscallConn() // without it nothing is written at once
	}
	return filtered, nil
}
