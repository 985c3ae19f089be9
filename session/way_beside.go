package session

import (
	"fmt"
	"sync"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/seal"
	"github.com/beistand/beistand/session/wire"
)

// beside is the sealed way beside a line's data channel: datagrams that get
// lost. A line has one when both sides have agreed on it.
type beside struct {
	opener *seal.DatagramOpener // the line's goroutine alone uses it

	mu     sync.Mutex // guards the rest; taken last of all
	sealer *seal.DatagramSealer
	plain  []byte
	sealed []byte
}

func newBeside(key *pake.Key, connection uint32) (*beside, error) {
	send, receive, err := key.Directional(fmt.Sprint("datagrams ", connection))
	if err != nil {
		return nil, err
	}
	return &beside{sealer: seal.NewDatagramSealer(send), opener: seal.NewDatagramOpener(receive)}, nil
}

// send seals a message and gives it to the connection, which may lose it.
func (b *beside) send(conn *peer.Conn, m wire.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	var err error
	if b.plain, err = wire.Append(b.plain[:0], m); err != nil {
		return err
	}
	if b.sealed, err = b.sealer.Seal(b.sealed[:0], b.plain); err != nil {
		return err
	}
	return conn.SendDatagram(b.sealed)
}

// beside sends a message as a datagram over a line. What cannot be sent is
// lost, as some of them are on the way.
func (r *run) beside(l *line, m wire.Message) {
	if r.conf.sealed != nil {
		r.conf.sealed(m)
	}
	_ = l.beside.send(l.conn, m)
}

// listenBeside gives the side what comes as datagrams. What does not open is
// not the other side's, and passed over.
func (r *run) listenBeside(l *line, conn *peer.Conn) error {
	select {
	case <-l.goOn:
	case <-l.life.Done():
		return nil
	}
	if l.beside == nil {
		return nil
	}
	for {
		b, err := conn.Datagram(l.life)
		if err != nil {
			return nil // the line's end is told by others
		}
		plain, err := l.beside.opener.Open(front(b), b)
		if err != nil {
			continue
		}
		m, err := wire.Decode(plain)
		if err == nil {
			err = r.side.beside(r, m)
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrTampered, err)
		}
	}
}

// front is where a datagram opens in its own place.
func front(datagram []byte) []byte {
	if len(datagram) < seal.DatagramFront {
		return nil
	}
	return datagram[seal.DatagramFront:seal.DatagramFront]
}
