package desk

import (
	"net"
	"sync"
)

// handed is a listener of connections that somebody else has accepted.
type handed struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
	at    net.Addr
}

func newHanded(at net.Addr) *handed {
	return &handed{conns: make(chan net.Conn), done: make(chan struct{}), at: at}
}

// hand gives conn to Accept, or closes it when nobody accepts any more.
func (h *handed) hand(conn net.Conn) {
	select {
	case h.conns <- conn:
	case <-h.done:
		_ = conn.Close() // the relay has ended
	}
}

func (h *handed) Accept() (net.Conn, error) {
	select {
	case c := <-h.conns:
		return c, nil
	case <-h.done:
		return nil, net.ErrClosed
	}
}

func (h *handed) Close() error {
	h.once.Do(func() { close(h.done) })
	return nil
}

func (h *handed) Addr() net.Addr { return h.at }

// marked is a connection whose client's end reads like no other's, even if the
// same port speaks with the relay's other listener.
type marked struct {
	net.Conn
	at *net.TCPAddr
}

func markTLS(conn net.Conn) net.Conn {
	at, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return conn
	}
	return marked{conn, &net.TCPAddr{IP: at.IP, Port: at.Port, Zone: at.Zone + "tls"}}
}

func (m marked) RemoteAddr() net.Addr { return m.at }
