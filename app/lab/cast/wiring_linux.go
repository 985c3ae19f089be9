package cast

import (
	"context"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
)

// The same joints as between the windows and the desk.

func invitation(s api.Session) session.Invitation {
	return session.Invitation{
		ID: s.ID, Ticket: s.Ticket, Supporter: s.Supporter, Organisation: s.Organisation,
		FirstPart: s.FirstPart, Asked: s.Asked, Expires: s.Expires,
	}
}

func servers(ice api.ICE) []session.ICEServer {
	all := make([]session.ICEServer, len(ice.Servers))
	for i, s := range ice.Servers {
		all[i] = session.ICEServer{URLs: s.URLs, Username: s.Username, Credential: s.Credential}
	}
	return all
}

func fresh(desk *client.Client, id string) func(context.Context) ([]session.ICEServer, error) {
	return func(ctx context.Context) ([]session.ICEServer, error) {
		ice, err := desk.ICE(ctx, id)
		return servers(ice), err
	}
}

// notify says each change of phase and of the path.
func notify() func(session.Event) {
	var phase session.Phase
	var path string
	return func(e session.Event) {
		if e.Phase != phase {
			phase = e.Phase
			word(SaidPhase, string(phase))
		}
		if e.Path != "" && e.Path != path {
			path = e.Path
			say(Said{Event: SaidPath, Word: path, At: time.Now()})
		}
	}
}

// lateRoom goes into the desk's room when the session first speaks or listens.
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
