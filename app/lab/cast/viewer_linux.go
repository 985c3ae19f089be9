package cast

import (
	"context"
	"fmt"
	"image"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rendezvous"
)

// Viewer is the configuration of RoleViewer.
type Viewer struct {
	Desk      string // its URL
	Token     string // a member of staff's
	Ticket    int64
	Besides   []string // servers that are tried besides the desk's
	RelayOnly bool
	Unwatched bool // nothing tells of a change of networks
}

// viewer asks for a session, is told the code, and says what it is shown.
func viewer(ctx context.Context, c Viewer, told <-chan string) error {
	desk, err := client.New(c.Desk, client.Options{Token: c.Token})
	if err != nil {
		return err
	}
	s, err := desk.AskSession(ctx, c.Ticket, api.NewSession{})
	if err != nil {
		return fmt.Errorf("ask for a session: %w", err)
	}
	ice, err := desk.ICE(ctx, s.ID)
	if err != nil {
		return err
	}
	word(SaidAsked, s.ID)
	var code string
	select {
	case code = <-told:
	case <-ctx.Done():
		return nil
	}
	dial := func(ctx context.Context) (*websocket.Conn, error) { return desk.Room(ctx, s.ID) }
	room := rendezvous.NewLate(dial)
	defer room.Close()
	invited, err := invitation(s)
	if err != nil {
		return err
	}
	v, err := session.NewViewer(session.ViewerConfig{
		Invitation: invited, Code: code, Room: room, Rejoin: rejoin(desk, dial), ICE: servers(ice, c.Besides), FreshICE: fresh(desk, s.ID, c.Besides),
		Show: show, Notify: notify(), Relay: c.RelayOnly, Changes: watcher(c.Unwatched),
	})
	if err != nil {
		return err
	}
	return ends(v.Run(ctx))
}

func show(p *pixel.Bitmap, _ []image.Rectangle) {
	if number, read, ok := find(p); ok {
		say(Picture{Event: SaidPicture, Number: number, Read: read, Shown: time.Now()})
	}
}
