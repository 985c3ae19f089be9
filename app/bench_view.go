//go:build bench && !headless

package app

import (
	"context"
	"fmt"
	"strconv"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
)

// view asks for a session and shows it, as the supporter's window does, on the
// whole display.
func (b *bench) view(ctx context.Context) error {
	token, err := b.hear(ctx, "token")
	if err != nil {
		return err
	}
	ticket, err := b.hear(ctx, "ticket")
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(ticket, 10, 64)
	if err != nil {
		return fmt.Errorf("read the ticket's number: %w", err)
	}
	c, err := b.dial(token)
	if err != nil {
		return err
	}
	s, err := c.AskSession(ctx, number, api.NewSession{})
	if err != nil {
		return fmt.Errorf("ask for a session: %w", err)
	}
	ice, err := c.ICE(ctx, s.ID)
	if err != nil {
		return err
	}
	code, err := b.hear(ctx, "code")
	if err != nil {
		return err
	}
	invited, err := invitation(s)
	if err != nil {
		return err
	}
	dial := func(ctx context.Context) (*websocket.Conn, error) { return c.Room(ctx, s.ID) }
	room := rendezvous.NewLate(dial)
	defer room.Close()
	return gui.BenchWindow(ctx, func(ctx context.Context, p gui.BenchPicture) error {
		v, err := session.NewViewer(session.ViewerConfig{
			Invitation: invited, Code: code, Room: room, Rejoin: again(c, dial), ICE: iceServers(ice), FreshICE: freshICE(c, s.ID),
			Show: p.Show, Cursor: p.Cursor, Notify: b.notify(), VideoOnly: b.variant == "plain",
		})
		if err != nil {
			return err
		}
		end, err := v.Run(ctx)
		b.Printf("%s: %s", end.By, end.Reason)
		return err
	})
}
