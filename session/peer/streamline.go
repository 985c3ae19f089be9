package peer

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
)

// streamLine carries the packets of one of pion's TCP candidates over as many
// streams as other addresses speak with it.
type streamLine struct {
	streams *streams
	key     lineKey
	port    uint16
	in      chan streamPacket
	done    chan struct{} // closed by Close
	once    sync.Once

	mu  sync.Mutex // guards out
	out map[netip.AddrPort]chan []byte
}

type streamPacket struct {
	data []byte
	from net.Addr
}

func newStreamLine(s *streams, key lineKey, port uint16) *streamLine {
	return &streamLine{
		streams: s, key: key, port: port, in: make(chan streamPacket), done: make(chan struct{}),
		out: map[netip.AddrPort]chan []byte{},
	}
}

// serve carries packets to and from conn until it, the line or the connection ends.
func (l *streamLine) serve(conn net.Conn, first []byte) {
	remote, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return
	}
	at := unmapped(remote)
	out := make(chan []byte, streamQueue)
	l.mu.Lock()
	taken := l.out[at] != nil
	if !taken {
		l.out[at] = out
	}
	l.mu.Unlock()
	if taken {
		return
	}
	defer l.forget(at)
	l.carry(conn, at, out, first)
}

// forget gives up the queue for an address; a later packet connects again.
func (l *streamLine) forget(at netip.AddrPort) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.out, at)
}

// carry is serve for a stream whose queue is there already.
func (l *streamLine) carry(conn net.Conn, at netip.AddrPort, out <-chan []byte, first []byte) {
	shallow(conn)
	ended := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		defer conn.Close()
		for {
			select {
			case b := <-out:
				if _, err := conn.Write(b); err != nil {
					return
				}
			case <-ended:
				return
			case <-l.done:
				return
			}
		}
	})
	from := net.TCPAddrFromAddrPort(at)
	for packet := first; ; {
		if packet != nil {
			select {
			case l.in <- streamPacket{packet, from}:
			case <-l.done:
			}
		}
		var err error
		if packet, err = readFrame(conn, l.streams.sources); err != nil {
			break
		}
	}
	close(ended)
	_ = conn.Close() // the writer may be in the midst of it
	writing.Wait()
}

// connect makes a stream to an address that pion writes to. UDP is given a
// moment's start: it is the better way, and pion takes what works first.
func (l *streamLine) connect(at netip.AddrPort, out <-chan []byte) {
	defer l.forget(at)
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-l.done:
		return
	case <-l.streams.life.Done():
		return
	}
	ctx, cancel := context.WithTimeout(l.streams.life, connectTime)
	defer cancel()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: l.key.local.AsSlice()}}
	conn, err := dialer.DialContext(ctx, "tcp", at.String())
	if err != nil {
		return
	}
	defer context.AfterFunc(l.streams.life, func() { _ = conn.Close() })()
	l.carry(conn, at, out, nil)
}

// ReadFrom is net.PacketConn's.
func (l *streamLine) ReadFrom(b []byte) (int, net.Addr, error) {
	select {
	case p := <-l.in:
		if len(p.data) > len(b) {
			return 0, p.from, io.ErrShortBuffer
		}
		return copy(b, p.data), p.from, nil
	case <-l.done:
		return 0, nil, net.ErrClosed
	}
}

// WriteTo is net.PacketConn's. It never waits; what does not fit is lost.
func (l *streamLine) WriteTo(b []byte, to net.Addr) (int, error) {
	remote, ok := to.(*net.TCPAddr)
	if !ok || len(b) > maxFrame {
		return 0, errNotFiltered
	}
	at := unmapped(remote)
	l.mu.Lock()
	out := l.out[at]
	if out == nil && l.streams.reachable(at) && l.streams.enter() {
		out = make(chan []byte, streamQueue)
		l.out[at] = out
		l.streams.all.Go(func() {
			defer l.streams.leave()
			l.connect(at, out)
		})
	}
	l.mu.Unlock()
	if out == nil {
		return 0, net.ErrClosed
	}
	frame := append(binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(b)), uint16(len(b))), b...)
	select {
	case out <- frame:
	default:
	}
	return len(b), nil
}

// Close is net.PacketConn's.
func (l *streamLine) Close() error {
	l.once.Do(func() {
		close(l.done)
		l.streams.mu.Lock()
		defer l.streams.mu.Unlock()
		if l.streams.lines[l.key] == l {
			delete(l.streams.lines, l.key)
		}
	})
	return nil
}

// LocalAddr is net.PacketConn's.
func (l *streamLine) LocalAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(l.key.local, l.port))
}

// Deadlines are not needed: reading ends with Close, and writing does not wait.
func (*streamLine) SetDeadline(time.Time) error      { return nil }
func (*streamLine) SetReadDeadline(time.Time) error  { return nil }
func (*streamLine) SetWriteDeadline(time.Time) error { return nil }

func unmapped(a *net.TCPAddr) netip.AddrPort {
	at := a.AddrPort()
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
}
