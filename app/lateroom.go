//go:build !headless

package app

import (
	"context"
	"sync"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
)

// lateRoom goes into the desk's room when the session first speaks or listens:
// whoever mistypes the code's form has not been there, and the other side
// does not take it for a visit.
type lateRoom struct {
	dial func(context.Context) (*websocket.Conn, error)

	mu   sync.Mutex // guards room and err; held while joining
	room *rendezvous.Room
	err  error
}

func (l *lateRoom) join(ctx context.Context) (*rendezvous.Room, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.room == nil && l.err == nil {
		conn, err := l.dial(ctx)
		if err == nil {
			l.room, err = rendezvous.Join(ctx, conn)
		}
		l.err = err
	}
	return l.room, l.err
}

func (l *lateRoom) Send(ctx context.Context, message []byte) error {
	room, err := l.join(ctx)
	if err != nil {
		return err
	}
	return room.Send(ctx, message)
}

func (l *lateRoom) Receive(ctx context.Context) ([]byte, error) {
	room, err := l.join(ctx)
	if err != nil {
		return nil, err
	}
	return room.Receive(ctx)
}

func (l *lateRoom) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.room == nil {
		l.err = context.Canceled
		return nil
	}
	return l.room.Close()
}

// again gives a session another place in its room. That the session is over at
// the desk is the desk's word for it, as it would say it in the room.
func again(dial func(context.Context) (*websocket.Conn, error)) func(context.Context) (session.Room, error) {
	return func(ctx context.Context) (session.Room, error) {
		conn, err := dial(ctx)
		if client.KindOf(err) == api.KindGone {
			return nil, &rendezvous.EndedError{Reason: err.Error()}
		}
		if err != nil {
			return nil, err
		}
		return rendezvous.Join(ctx, conn)
	}
}
