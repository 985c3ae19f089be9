//go:build bench && !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/screen"
)

// host files a ticket, and shows the display to whoever asks first.
func (b *bench) host(ctx context.Context) error {
	c, err := b.dial("")
	if err != nil {
		return err
	}
	for { // the desk may not be there yet
		if _, err := c.Health(ctx); err == nil {
			break
		}
		if err := benchPause(ctx); err != nil {
			return err
		}
	}
	ticket, err := c.CreateTicket(ctx, api.NewTicket{
		ID: client.NewTicketID(), Title: "A picture to be measured", Description: "On a bench.", Product: "Example 4.2",
		Priority: api.High, Name: "Kim Customer", Contact: "kim@example.com", Language: "en",
	})
	if err != nil {
		return fmt.Errorf("file a ticket: %w", err)
	}
	c = c.WithToken(ticket.Token)
	asked := make(chan api.Session, 1)
	listening, heard := context.WithCancel(ctx)
	defer heard()
	if err := b.tell("ticket", strconv.FormatInt(ticket.Ticket.Number, 10)); err != nil {
		return err
	}
	err = c.Events(listening, ticket.Ticket.Number, func(e api.Event) {
		if e.Session != nil && e.Session.Ended == nil {
			select {
			case asked <- *e.Session:
				heard()
			default:
			}
		}
	})
	select {
	case s := <-asked:
		return b.share(ctx, c, s)
	default:
		return err
	}
}

// share is a session as the customer's window begins it, with a consent that
// nobody is asked for.
func (b *bench) share(ctx context.Context, c *client.Client, s api.Session) (err error) {
	invited, err := invitation(s)
	if err != nil {
		return err
	}
	ice, err := c.ICE(ctx, s.ID)
	if err != nil {
		return err
	}
	dial := func(ctx context.Context) (*websocket.Conn, error) { return c.Room(ctx, s.ID) }
	room := rendezvous.NewLate(dial)
	defer room.Close()
	source, err := screen.Open()
	if err != nil {
		return err
	}
	shown := newShownScreen(source, nil)
	defer func() { err = errors.Join(err, shown.Close()) }()
	config := session.HostConfig{
		Invitation: invited, DeskKey: s.DeskKey, Room: room, Rejoin: again(c, dial), ICE: iceServers(ice), FreshICE: freshICE(c, s.ID),
		Screen: shown, Notify: b.notify(),
		Consent: func(ctx context.Context, q session.Question) (session.Grant, error) {
			return session.Grant{Rights: q.Rights}, c.MarkSession(ctx, s.ID, api.SessionMark{What: api.MarkConsented})
		},
	}
	h, err := session.NewHost(config)
	if err != nil {
		return err
	}
	if err := b.tell("code", h.Code()); err != nil {
		return err
	}
	end, err := h.Run(ctx)
	b.Printf("%s: %s", end.By, end.Reason)
	return err
}

// notify writes down what changes.
func (b *bench) notify() func(session.Event) {
	var phase session.Phase
	var path string
	return func(e session.Event) {
		if e.Phase != phase || e.Path != path {
			phase, path = e.Phase, e.Path
			b.Printf("%s %s", phase, path)
		}
	}
}
