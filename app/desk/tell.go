package desk

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// tell is told of everything that was done, on this desk or another: it cuts
// what is over and passes on what people listen for.
func (s *Server) tell(ctx context.Context, e journal.Entry) {
	s.cutRevoked(e)
	var err error
	switch {
	case e.Action == journal.Lost:
		s.listeners.end(0)
		err = s.cutClosed(ctx)
	case e.Action == store.SessionChanged:
		var d store.NotedSession
		if err = json.Unmarshal(e.Detail, &d); err == nil && d.State == "ended" {
			s.over(subject(e), d.Reason)
		}
	}
	if err == nil && e.Ticket != 0 && s.listeners.any(e.Ticket) {
		err = s.pass(ctx, e)
	}
	if errors.Is(err, store.ErrNotFound) || ctx.Err() != nil {
		return // it is deleted by now, or the desk ends
	}
	if err != nil { // whoever listens comes again, and learns the state
		s.cfg.Log.Printf("tell of %s: %v", e.Action, err)
		s.listeners.end(e.Ticket)
	}
}

// pass makes an event of an entry for those who listen to its ticket.
func (s *Server) pass(ctx context.Context, e journal.Entry) error {
	switch kind, _, _ := strings.Cut(e.Action, "."); kind {
	case "session":
		n, err := s.store.Session(ctx, subject(e))
		if err != nil {
			return err
		}
		event := api.Event{Kind: api.EventSession, Session: &n.Session}
		if n.Ended != nil {
			event.Kind = api.EventEnded
		}
		s.listeners.publish(e.Ticket, forAll, event)
	case "reveal":
		var d store.NotedReveal
		if err := json.Unmarshal(e.Detail, &d); err != nil {
			return err
		}
		s.listeners.publish(e.Ticket, forAll, api.Event{Kind: api.EventReveal, Reveal: &api.Reveal{Pseudonym: d.Pseudonym, Asked: e.At}})
	case "bundle":
		var d struct {
			Bundle string `json:"bundle"`
		}
		if err := json.Unmarshal(e.Detail, &d); err != nil {
			return err
		}
		b, err := s.store.Bundle(ctx, e.Ticket, d.Bundle)
		if err != nil {
			return err
		}
		s.listeners.publish(e.Ticket, forAll, api.Event{Kind: api.EventBundle, Bundle: &b})
	case "entry":
		var d struct {
			Entry int64 `json:"entry"`
		}
		if err := json.Unmarshal(e.Detail, &d); err != nil {
			return err
		}
		entry, err := tickets.Entry(ctx, s.store.DB(), d.Entry)
		if err != nil {
			return err
		}
		s.listeners.publish(e.Ticket, forStaff, api.Event{Kind: api.EventEntry, Entry: &entry})
		if shown, ok := rule.EntryForCustomer(entry); ok {
			s.listeners.publish(e.Ticket, forCustomer, api.Event{Kind: api.EventEntry, Entry: &shown})
		}
	case "ticket":
		s.listeners.publish(e.Ticket, forAll, api.Event{Kind: api.EventTicket})
	}
	return nil
}

// subject is what e is about, without its kind.
func subject(e journal.Entry) string {
	_, id, _ := strings.Cut(e.Subject, "/")
	return id
}

// cutClosed cuts what sessions have open here that are over: nobody knows which
// ends were missed.
func (s *Server) cutClosed(ctx context.Context) error {
	if s.relay == nil {
		return nil // rooms: the sweep ends sessions, and who enters is looked at
	}
	var errs []error
	for _, id := range s.relay.sessions() {
		n, err := s.store.Session(ctx, id)
		if err == nil && n.Ended != nil {
			s.relay.drop(id)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
