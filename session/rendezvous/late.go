package rendezvous

import (
	"context"
	"errors"
	"sync"

	"github.com/coder/websocket"
)

// Late is a place in the desk's room that is taken when the session first
// speaks or listens: whoever mistypes the code's form has not been there, and
// the other side does not take it for a visit.
type Late struct {
	dial func(context.Context) (*websocket.Conn, error)
	met  chan struct{}

	mu   sync.Mutex // guards room and err; held while joining
	room *Room
	err  error
}

// NewLate makes one; dial gives the connection on which the desk's room answers.
func NewLate(dial func(context.Context) (*websocket.Conn, error)) *Late {
	return &Late{dial: dial, met: make(chan struct{}, 1)}
}

func (l *Late) join(ctx context.Context) (*Room, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.room == nil && l.err == nil {
		conn, err := l.dial(ctx)
		if err == nil {
			l.room, err = join(ctx, conn, l.met)
		}
		l.err = err
	}
	return l.room, l.err
}

// Send is Room's.
func (l *Late) Send(ctx context.Context, message []byte) error {
	room, err := l.join(ctx)
	if err != nil {
		return err
	}
	return room.Send(ctx, message)
}

// Receive is Room's.
func (l *Late) Receive(ctx context.Context) ([]byte, error) {
	room, err := l.join(ctx)
	if err != nil {
		return nil, err
	}
	return room.Receive(ctx)
}

// Ping is Room's.
func (l *Late) Ping(ctx context.Context) error {
	room, err := l.join(ctx)
	if err != nil {
		return err
	}
	return room.Ping(ctx)
}

// Met is Room's.
func (l *Late) Met() <-chan struct{} { return l.met }

// Close is Room's. A place that was not taken is not taken any more.
func (l *Late) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.room == nil {
		l.err = errors.Join(ErrClosed, l.err)
		return nil
	}
	return l.room.Close()
}
