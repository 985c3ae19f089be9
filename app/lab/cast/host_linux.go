package cast

import (
	"context"
	"errors"
	"fmt"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
)

// Host is the configuration of RoleHost.
type Host struct {
	Desk      string   // its URL
	Besides   []string // servers that are tried besides the desk's
	RelayOnly bool
	Unwatched bool // nothing tells of a change of networks
}

// host files a ticket and shows a screen that counts to whoever asks first.
func host(ctx context.Context, c Host, _ <-chan string) error {
	desk, err := client.New(c.Desk, client.Options{})
	if err != nil {
		return err
	}
	ticket, err := desk.CreateTicket(ctx, api.NewTicket{
		ID: client.NewTicketID(), Title: "No way out", Description: "In a lab.", Product: "Example 4.2",
		Priority: api.High, Name: "Kim Customer", Contact: "kim@example.com", Language: "en",
	})
	if err != nil {
		return fmt.Errorf("file a ticket: %w", err)
	}
	desk = desk.WithToken(ticket.Token)
	say(Said{Event: SaidTicket, Number: ticket.Ticket.Number})
	asked := make(chan api.Session, 1)
	listening, heard := context.WithCancel(ctx)
	defer heard()
	err = desk.Events(listening, ticket.Ticket.Number, func(e api.Event) {
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
		return share(ctx, c, desk, s)
	default:
		return err
	}
}

func share(ctx context.Context, c Host, desk *client.Client, s api.Session) error {
	ice, err := desk.ICE(ctx, s.ID)
	if err != nil {
		return err
	}
	dial := func(ctx context.Context) (*websocket.Conn, error) { return desk.Room(ctx, s.ID) }
	room := rendezvous.NewLate(dial)
	defer room.Close()
	invited, err := invitation(s)
	if err != nil {
		return err
	}
	h, err := session.NewHost(session.HostConfig{
		Invitation: invited, Room: room, Rejoin: rejoin(desk, dial), ICE: servers(ice, c.Besides), FreshICE: fresh(desk, s.ID, c.Besides), Screen: newCounting(),
		Consent: func(ctx context.Context, q session.Question) (session.Grant, error) {
			return session.Grant{Rights: q.Rights}, desk.MarkSession(ctx, s.ID, api.SessionMark{What: api.MarkConsented})
		},
		Notify: notify(), Relay: c.RelayOnly, Changes: watcher(c.Unwatched),
	})
	if err != nil {
		return err
	}
	word(SaidCode, h.Code())
	return ends(h.Run(ctx))
}

// ends says why a session is over.
func ends(end session.End, err error) error {
	word(SaidEnd, fmt.Sprintf("%s: %s", end.By, end.Reason))
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
