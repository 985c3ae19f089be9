//go:build !headless

package app

import (
	"context"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
)

// again gives a session another place in its room. That the session is over at
// the desk is the desk's word for it, as it would say it in the room.
func again(desk interface{ CloseIdle() }, dial func(context.Context) (*websocket.Conn, error)) func(context.Context) (session.Room, error) {
	return func(ctx context.Context) (session.Room, error) {
		desk.CloseIdle() // they may be of a network that is gone, and nobody would answer
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
