package desk

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/acme"
	"github.com/beistand/beistand/app/desk/gate"
)

// What is spoken behind TLS, in the order of preference; the last is the
// relay's (RFC 7443). An ACME server negotiates acme.Proto, and then goes.
const (
	protoHTTP2 = "h2"
	protoHTTP1 = "http/1.1"
	protoTURN  = "stun.turn"
)

const (
	maxUnknown     = 4096 // connections of which nothing is known yet
	maxUnknownFrom = 512  // of them from one address, as whom says it
)

// front is the desk's TLS port. It makes each connection's handshake, looks at
// what comes first, and gives the connection to the relay or to Accept: STUN
// begins with two zero bits (RFC 8489, section 5), HTTP with a letter.
type front struct {
	net.Listener
	config  *tls.Config
	toRelay func(net.Conn) // nil: there is no relay
	within  time.Duration  // for the handshake and what comes first behind it
	ready   chan net.Conn
	done    chan struct{}
	all     sync.WaitGroup

	mu      sync.Mutex // guards what follows
	unknown map[net.Conn]bool
	from    map[string]int
	closed  bool
}

func newFront(l net.Listener, config *tls.Config, within time.Duration, toRelay func(net.Conn)) *front {
	f := &front{
		Listener: l, config: config, toRelay: toRelay, within: within,
		ready: make(chan net.Conn), done: make(chan struct{}), unknown: map[net.Conn]bool{}, from: map[string]int{},
	}
	f.all.Go(f.accepting)
	return f
}

// Accept gives the next connection that speaks HTTP.
func (f *front) Accept() (net.Conn, error) {
	select {
	case c := <-f.ready:
		return c, nil
	case <-f.done:
		return nil, net.ErrClosed
	}
}

// Close ends the listener and every connection that nobody has taken yet.
func (f *front) Close() error {
	f.mu.Lock()
	if !f.closed {
		f.closed = true
		close(f.done)
	}
	for c := range f.unknown {
		_ = c.Close() // nothing was said on it
	}
	f.mu.Unlock()
	err := f.Listener.Close()
	f.all.Wait()
	return err
}

func (f *front) accepting() {
	for {
		conn, err := f.Listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil: // the system has none to give, for a while
			select {
			case <-time.After(acceptPause):
			case <-f.done:
				return
			}
			continue
		}
		if f.add(conn) {
			f.all.Go(func() { f.meet(conn) })
		} else {
			_ = conn.Close() // turned away
		}
	}
}

func (f *front) add(conn net.Conn) bool {
	from := gate.Whose(conn)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed || len(f.unknown) >= maxUnknown || f.from[from] >= maxUnknownFrom {
		return false
	}
	f.unknown[conn] = true
	f.from[from]++
	return true
}

func (f *front) remove(conn net.Conn) {
	from := gate.Whose(conn)
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.unknown, conn)
	if f.from[from]--; f.from[from] == 0 {
		delete(f.from, from)
	}
}

// meet finds out who is there, within f.within.
func (f *front) meet(raw net.Conn) {
	defer f.remove(raw)
	conn := tls.Server(raw, f.config)
	deadline := time.Now().Add(f.within)
	if raw.SetDeadline(deadline) != nil {
		_ = raw.Close()
		return
	}
	ctx, cancel := context.WithDeadline(context.Background(), deadline)
	err := conn.HandshakeContext(ctx)
	cancel()
	if err != nil {
		_ = raw.Close()
		return
	}
	var out net.Conn = conn
	relay := false
	switch conn.ConnectionState().NegotiatedProtocol {
	case acme.Proto:
		_ = conn.Close() // the handshake was all that it wanted
		return
	case protoTURN:
		relay = true
	case "": // an old client, or one that wants a WebSocket
		var first [1]byte
		if _, err := conn.Read(first[:]); err != nil {
			_ = raw.Close()
			return
		}
		out, relay = &begun{Conn: conn, first: first[0]}, first[0] < 0x40
	}
	if raw.SetDeadline(time.Time{}) != nil || relay && f.toRelay == nil {
		_ = raw.Close()
		return
	}
	if relay {
		f.toRelay(out)
		return
	}
	select {
	case f.ready <- out:
	case <-f.done:
		_ = raw.Close()
	}
}

// begun is a connection whose first byte was read already.
type begun struct {
	net.Conn
	first byte
	given bool
}

func (b *begun) Read(p []byte) (int, error) {
	if b.given || len(p) == 0 {
		return b.Conn.Read(p)
	}
	b.given = true
	p[0] = b.first
	return 1, nil
}
