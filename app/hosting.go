//go:build !headless

package app

import (
	"context"
	"fmt"
	"time"

	"github.com/coder/websocket"
	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/lock"
	"github.com/beistand/beistand/session/overlay"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
)

// hosting lets others help on this machine.
type hosting struct {
	desk      *customerDesk
	records   string // the folder where records stay
	downloads string // the folder for what others send
	means     *means
	company   *session.Company
	fence     *fence
	lock      func() (lock.Lock, error)
	log       *logrus.Logger
}

// Host is part of page.Hosting.
func (h *hosting) Host(ctx context.Context, ticket api.CreatedTicket, s api.Session, a page.Audience) (session.End, error) {
	c, err := dial(h.desk.address, h.desk.version, ticket.Token)
	if err != nil {
		return session.End{}, err
	}
	marks := newMarks(ctx, c, s.ID, h.log)
	defer marks.close()
	refused := func(by, reason string, err error) (session.End, error) {
		marks.say(api.SessionMark{What: api.MarkEnded, By: by, Reason: reason})
		return session.End{}, err
	}
	if err := h.desk.keys.vouched(c.Desk(), s); err != nil {
		return refused(api.ByCustomer, "the desk's signature is not the one that the customer's program knows", err)
	}
	if err := fresh(h.records, ticket.Ticket.Number, s); err != nil {
		return refused(api.ByCustomer, "the desk's invitation is not for this ticket, or was used before", err)
	}
	invited, err := invitation(s)
	if err != nil {
		return session.End{}, err
	}
	ice, err := c.ICE(ctx, s.ID)
	if err != nil {
		return refused(api.ByNetwork, "the customer's program could not prepare the connection", fmt.Errorf("ask for ways to connect: %w", err))
	}
	dialRoom := func(ctx context.Context) (*websocket.Conn, error) { return c.Room(ctx, s.ID) }
	room := rendezvous.NewLate(dialRoom)
	defer room.Close()
	file, path, err := newRecord(h.records, s.Ticket, time.Now())
	if err != nil {
		return refused(api.ByCustomer, "the record cannot be kept", fmt.Errorf("%w: %w", session.ErrNoRecord, err))
	}
	h.log.WithField("file", path).Info("the session's record is kept")
	rest, err := owed{Desk: c.Desk(), Session: s.ID, Token: ticket.Token, Since: time.Now()}.owe(path)
	if err != nil { // the session goes on: only a desk that is away at its end would go without
		h.log.WithError(err).Warn("look after records that are owed")
	}
	written := &ownRecord{file: file, desk: newDeskCopy(ctx, c, s.ID, rest, h.log)}
	defer func() {
		if err := written.close(); err != nil {
			h.log.WithError(err).Warn("close the session's record")
		}
	}()
	config := session.HostConfig{
		Invitation: invited, DeskKey: s.DeskKey, Room: room, Rejoin: again(c, dialRoom), ICE: iceServers(ice), FreshICE: freshICE(c, s.ID),
		Record: written.Keep, SendsFiles: true, Vitals: &vitals{tell: a.Vitals},
	}
	screenLock := openLock(h.lock, h.log)
	defer screenLock.close()
	a.Consent, a.Hand = screenLock.consent(a.Consent), screenLock.hand(a.Hand)
	received := &received{folder: h.downloads, ask: a.Hand}
	config.Files = received
	if a.Case.Revision != nil {
		config.Evidence = &evidenceOut{of: a.Case, ask: a.Hand}
	}
	given, err := h.means.open(&config)
	if err != nil {
		return refused(api.ByCustomer, "the screen cannot be shown here", err)
	}
	defer given.close()
	h.fence.enter()
	defer h.fence.leave()
	if p := h.fence.pointer(s.Supporter); p != nil {
		config.Pointer = p
	}
	defer h.fence.show(s.ID, nil)
	defer context.AfterFunc(ctx, func() { h.fence.show(s.ID, nil) })()
	config.Consent = func(ctx context.Context, q session.Question) (session.Grant, error) {
		g, err := a.Consent(ctx, page.Wish{Rights: q.Rights, Reason: q.Reason, First: q.First})
		if err != nil || g.Rights == 0 {
			return session.Grant{}, err
		}
		marks.say(api.SessionMark{What: api.MarkConsented})
		return session.Grant{Rights: g.Rights, Scope: scopeOf(g.Sight)}, nil
	}
	config.Notify = func(e session.Event) {
		if e.Phase == session.PhaseSharing {
			marks.say(api.SessionMark{What: api.MarkStarted})
		}
		h.fence.show(s.ID, framed(e, config.Screen))
		a.Notify(news(e, received))
	}
	host, err := session.NewHost(config)
	if err != nil {
		return refused(api.ByCustomer, "the customer's program can give nothing of what is asked for", err)
	}
	h.company.Join(host)
	sending := &hand{Host: host, log: h.log, bare: func() { h.fence.show(s.ID, nil) }}
	there, gone := context.WithCancel(ctx)
	defer sending.wait()
	defer gone()
	sending.work.Go(func() { present(there, host.Active) })
	sending.work.Go(func() { screenLock.heed(there, host, a.Locked) })
	a.Control(sending)
	a.Record(path)
	a.Code(host.Code())
	end, err := host.Run(ctx)
	marks.sayEnding(api.ByCustomer, end, err)
	return end, err
}

// framed is what of the desktop is seen at the moment.
func framed(e session.Event, source screen.Source) (areas []overlay.Area) {
	if e.Phase != session.PhaseSharing || e.Held != 0 || !e.Rights.Has(rights.See) || source == nil {
		return nil
	}
	for _, w := range e.Scope.Windows {
		areas = append(areas, overlay.Area{Window: w.ID})
	}
	names := e.Scope.Monitors
	if e.Scope.All() {
		monitors, err := source.Monitors()
		if err != nil {
			return nil // the session ends by this too
		}
		for _, m := range monitors {
			names = append(names, m.Name)
		}
	}
	for _, name := range names {
		areas = append(areas, overlay.Area{Monitor: name})
	}
	return areas
}
