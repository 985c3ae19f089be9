package cast

import (
	"context"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/rights"
)

// The same joints as between the windows and the desk.

func invitation(s api.Session) (session.Invitation, error) {
	asked, err := rights.Parse(s.Rights)
	return session.Invitation{
		Invitation: invite.Invitation{
			ID: s.ID, Ticket: s.Ticket, Supporter: s.Supporter, Organisation: s.Organisation, FirstPart: s.FirstPart,
			Role: invite.Role(s.Role), Rights: asked, DeskKey: s.DeskKey, Signature: s.Signature,
		},
		Asked: s.Asked, Expires: s.Expires,
	}, err
}

func servers(ice api.ICE, besides []string) []session.ICEServer {
	all := make([]session.ICEServer, len(ice.Servers))
	for i, s := range ice.Servers {
		all[i] = session.ICEServer{URLs: s.URLs, Username: s.Username, Credential: s.Credential}
	}
	if len(besides) > 0 {
		all = append(all, session.ICEServer{URLs: besides, Username: "lab", Credential: "lab"})
	}
	return all
}

func fresh(desk *client.Client, id string, besides []string) func(context.Context) ([]session.ICEServer, error) {
	return func(ctx context.Context) ([]session.ICEServer, error) {
		ice, err := desk.ICE(ctx, id)
		return servers(ice, besides), err
	}
}

// notify says each change of phase, of the path and of the connection's state.
func notify() func(session.Event) {
	var phase session.Phase
	var path string
	var broken session.Break
	return func(e session.Event) {
		if e.Broken != broken {
			broken = e.Broken
			word(SaidBroken, string(broken))
		}
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

// rejoin gives a session another place in its room.
func rejoin(desk *client.Client, dial func(context.Context) (*websocket.Conn, error)) func(context.Context) (session.Room, error) {
	return func(ctx context.Context) (session.Room, error) {
		desk.CloseIdle()
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

// watcher is nil, or one that never tells.
func watcher(unwatched bool) func(context.Context) <-chan struct{} {
	if !unwatched {
		return nil
	}
	return func(context.Context) <-chan struct{} { return nil }
}
