package desk

import (
	"errors"
	"net"
	"sync"
	"time"

	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/app/desk/gate"
)

var errMessageSize = errors.New("relay: no message, or one that is too long")

const (
	maxStreams     = 2048             // TCP connections to the relay, and as many over TLS
	maxStreamsFrom = 128              // of them from one address: an office has one
	streamIdle     = 11 * time.Minute // longer than an allocation lives without a refresh (RFC 8656, section 3.2)
	streamWrite    = 10 * time.Second // a peer that takes longer for a packet is gone
	acceptPause    = 50 * time.Millisecond
)

// streams is a listener whose connections are counted, and closed with it.
type streams struct {
	net.Listener
	no func(message []byte) []byte // what answers it in the relay's stead; nil: nothing

	mu     sync.Mutex // guards what follows
	conns  map[*stream]bool
	from   map[string]int
	closed bool
}

func newStreams(l net.Listener, no func([]byte) []byte) *streams {
	return &streams{Listener: l, no: no, conns: map[*stream]bool{}, from: map[string]int{}}
}

// Accept turns connections beyond the bounds away and goes on when the system has none to give.
func (l *streams) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil, err
		}
		if err != nil {
			<-time.After(acceptPause)
			continue
		}
		if s := l.add(conn); s != nil {
			return s, nil
		}
		_ = conn.Close() // turned away
	}
}

func (l *streams) add(conn net.Conn) *stream {
	from := gate.Whose(conn)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || len(l.conns) >= maxStreams || l.from[from] >= maxStreamsFrom {
		return nil
	}
	s := &stream{Conn: conn, messages: turn.NewSTUNConn(conn), of: l, from: from}
	l.conns[s] = true
	l.from[from]++
	return s
}

// Close closes the listener and every connection.
func (l *streams) Close() error {
	l.mu.Lock()
	l.closed = true
	var open []*stream
	for s := range l.conns {
		open = append(open, s)
	}
	l.mu.Unlock()
	err := l.Listener.Close()
	for _, s := range open {
		err = errors.Join(err, s.Close())
	}
	return err
}

// stream is a connection that must move to stay.
type stream struct {
	net.Conn
	messages *turn.STUNConn
	of       *streams
	from     string // as whom says it
}

// Read gives one message of STUN or channel data whole.
func (s *stream) Read(p []byte) (int, error) {
	for {
		if err := s.SetReadDeadline(time.Now().Add(streamIdle)); err != nil {
			return 0, err
		}
		n, _, err := s.messages.ReadFrom(p)
		if err != nil || n > len(p) {
			return 0, errors.Join(err, errMessageSize)
		}
		no := s.of.no(p[:n])
		if no == nil {
			return n, nil
		}
		if _, err := s.Write(no); err != nil {
			return 0, err
		}
	}
}

func (s *stream) Write(p []byte) (int, error) {
	if err := s.SetWriteDeadline(time.Now().Add(streamWrite)); err != nil {
		return 0, err
	}
	n, err := s.Conn.Write(p)
	if err != nil {
		_ = s.Conn.Close() // half a packet would shift all that follow
	}
	return n, err
}

// Close may be called twice.
func (s *stream) Close() error {
	s.of.mu.Lock()
	if s.of.conns[s] {
		delete(s.of.conns, s)
		if s.of.from[s.from]--; s.of.from[s.from] == 0 {
			delete(s.of.from, s.from)
		}
	}
	s.of.mu.Unlock()
	if err := s.Conn.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
