//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
)

// hosting shows this machine's screen to a supporter.
type hosting struct {
	desk    *customerDesk
	records string // the folder where records stay
	log     *logrus.Logger
}

// Host is part of page.Hosting.
func (h hosting) Host(ctx context.Context, ticket api.CreatedTicket, s api.Session, a page.Audience) (session.End, error) {
	c, err := dial(h.desk.address, h.desk.version, ticket.Token)
	if err != nil {
		return session.End{}, err
	}
	marks := newMarks(ctx, c, s.ID, h.log)
	defer marks.close()
	if err := h.desk.keys.vouched(c.Desk(), s); err != nil {
		marks.say(api.SessionMark{What: api.MarkEnded, By: api.ByCustomer, Reason: "the desk's signature is not the one that the customer's program knows"})
		return session.End{}, err
	}
	source, err := screen.Open()
	if err != nil {
		marks.say(api.SessionMark{What: api.MarkEnded, By: api.ByCustomer, Reason: "the screen cannot be shown here"})
		return session.End{}, err
	}
	defer source.Close()
	ice, err := c.ICE(ctx, s.ID)
	if err != nil {
		marks.say(api.SessionMark{What: api.MarkEnded, By: api.ByNetwork, Reason: "the customer's program could not prepare the connection"})
		return session.End{}, fmt.Errorf("ask for ways to connect: %w", err)
	}
	dialRoom := func(ctx context.Context) (*websocket.Conn, error) { return c.Room(ctx, s.ID) }
	room := rendezvous.NewLate(dialRoom)
	defer room.Close()
	file, path, err := newRecord(h.records, s.Ticket, time.Now())
	if err != nil {
		marks.say(api.SessionMark{What: api.MarkEnded, By: api.ByCustomer, Reason: "the record cannot be kept"})
		return session.End{}, fmt.Errorf("%w: %w", session.ErrNoRecord, err)
	}
	h.log.WithField("file", path).Info("the session's record is kept")
	written := &ownRecord{file: file, desk: newDeskCopy(ctx, c, s.ID, h.log)}
	defer func() {
		if err := written.close(); err != nil {
			h.log.WithError(err).Warn("close the session's record")
		}
	}()
	invited, err := invitation(s)
	if err != nil {
		return session.End{}, err
	}
	host, err := session.NewHost(session.HostConfig{
		Invitation: invited, Room: room, Rejoin: again(dialRoom), ICE: iceServers(ice), FreshICE: freshICE(c, s.ID), Screen: source, Record: written.Keep,
		Consent: func(ctx context.Context, q session.Question) (session.Grant, error) {
			if !q.First { // the window asks once
				return session.Grant{}, nil
			}
			yes, err := a.Consent(ctx)
			if !yes || err != nil {
				return session.Grant{}, err
			}
			marks.say(api.SessionMark{What: api.MarkConsented})
			return session.Grant{Rights: rights.Of(rights.See)}, nil
		},
		Notify: func(e session.Event) {
			if e.Phase == session.PhaseSharing {
				marks.say(api.SessionMark{What: api.MarkStarted})
			}
			a.Notify(e)
		},
	})
	if err != nil {
		return session.End{}, err
	}
	a.Control(host)
	a.Code(host.Code())
	end, err := host.Run(ctx)
	marks.sayEnding(api.ByCustomer, end, err)
	return end, err
}

// sayEnding tells the desk how the session ended on the side own. What the
// other side has ended or refused is the other's to tell: the desk writes down
// who tells it first. Should the other never do so, the desk ends the session
// itself, because both have left.
func (m *marks) sayEnding(own string, end session.End, err error) {
	mark := api.SessionMark{What: api.MarkEnded, By: end.By, Reason: end.Reason}
	by := end.By
	switch {
	case errors.Is(err, session.ErrRefused):
		mark.What, by = api.MarkRefused, api.ByCustomer
	case errors.Is(err, session.ErrWrongCode):
		mark.What, by = api.MarkWrongCode, own // either may
	}
	if by == own || by != api.ByCustomer && by != api.BySupporter {
		m.say(mark)
	}
}

func invitation(s api.Session) (session.Invitation, error) {
	i, err := told(s)
	if err != nil {
		return session.Invitation{}, fmt.Errorf("%w: %w", session.ErrInvitation, err)
	}
	return session.Invitation{Invitation: i, Asked: s.Asked, Expires: s.Expires}, nil
}

func iceServers(ice api.ICE) []session.ICEServer {
	servers := make([]session.ICEServer, len(ice.Servers))
	for i, s := range ice.Servers {
		servers[i] = session.ICEServer{URLs: s.URLs, Username: s.Username, Credential: s.Credential}
	}
	return servers
}

// freshICE asks the desk again, when the connection is made.
func freshICE(c *client.Client, id string) func(context.Context) ([]session.ICEServer, error) {
	return func(ctx context.Context) ([]session.ICEServer, error) {
		ice, err := c.ICE(ctx, id)
		return iceServers(ice), err
	}
}

// markTime is how long the desk may take for one mark.
const markTime = 5 * time.Second

// marks tells the desk what happens in a session, in order, without holding
// the session up.
type marks struct {
	queue chan api.SessionMark // at most one of each kind is said, so that 8 is never full
	done  chan struct{}
	once  map[string]bool // guarded by mu
	mu    sync.Mutex
}

func newMarks(ctx context.Context, c *client.Client, id string, log *logrus.Logger) *marks {
	m := &marks{queue: make(chan api.SessionMark, 8), done: make(chan struct{}), once: map[string]bool{}}
	ctx = context.WithoutCancel(ctx) // the end must be told after the customer's stop
	go func() {
		defer close(m.done)
		for mark := range m.queue {
			call, cancel := context.WithTimeout(ctx, markTime)
			if err := c.MarkSession(call, id, mark); err != nil && client.KindOf(err) != api.KindGone {
				log.WithError(err).WithField("mark", mark.What).Warn("tell the desk about the session")
			}
			cancel()
		}
	}()
	return m
}

func (m *marks) say(mark api.SessionMark) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.once[mark.What] {
		m.once[mark.What] = true
		m.queue <- mark
	}
}

func (m *marks) close() {
	close(m.queue)
	<-m.done
}
