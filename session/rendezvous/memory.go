package rendezvous

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"github.com/beistand/beistand/session/wire"
)

// Memory is one side's place in a room without a desk, for tests.
type Memory struct {
	in     chan []byte
	peer   *Memory
	closed chan struct{}
	once   sync.Once
	left   sync.Once // the peer's leaving is told once
}

// Pair gives both sides of a room.
func Pair() (a, b *Memory) {
	a = &Memory{in: make(chan []byte, queueLength), closed: make(chan struct{})}
	b = &Memory{in: make(chan []byte, queueLength), closed: make(chan struct{}), peer: a}
	a.peer = b
	return a, b
}

// Send is Room's.
func (m *Memory) Send(ctx context.Context, message []byte) error {
	if len(message) > wire.MaxMessage {
		return fmt.Errorf("send %d bytes: %w", len(message), wire.ErrFormat)
	}
	select {
	case <-m.closed:
		return ErrClosed
	case <-m.peer.closed:
		return ErrPeerLeft
	default:
	}
	select {
	case m.peer.in <- bytes.Clone(message):
		return nil
	case <-m.closed:
		return ErrClosed
	case <-m.peer.closed:
		return ErrPeerLeft
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Receive is Room's, but that nobody comes again: after ErrPeerLeft there is ErrLost.
func (m *Memory) Receive(ctx context.Context) ([]byte, error) {
	select {
	case message := <-m.in:
		return message, nil
	default:
	}
	select {
	case message := <-m.in:
		return message, nil
	case <-m.closed:
		return nil, ErrClosed
	case <-m.peer.closed:
		select { // both were ready
		case message := <-m.in:
			return message, nil
		default:
			err := ErrLost
			m.left.Do(func() { err = ErrPeerLeft })
			return nil, err
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close is Room's.
func (m *Memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}
