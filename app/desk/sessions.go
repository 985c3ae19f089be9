package desk

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

// markSession takes what one side says happened.
func (s *Server) markSession(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var m api.SessionMark
	if err := reply.Read(w, r, &m); err != nil {
		return err
	}
	if utf8.RuneCountInString(m.Reason) > api.MaxReason || strings.ContainsFunc(m.Reason, unicode.IsControl) {
		return reply.Invalid("the reason is at most %d characters on one line", api.MaxReason)
	}
	n, err := s.change(r.Context(), c.Session.ID, c.Actor(), func(n *api.Session, now time.Time) (bool, error) {
		return mark(n, m, c.Side(), now)
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, n.Session)
}

// mark writes m, said by role, into n. It says whether anything changed.
//
//	asked --consented--> consented --started--> started
//	  |  refused, wrong_code,  |                    |
//	  |  ended, expired        | ended              | ended
//	  +------------------------+--------------------+--> ended
func mark(n *api.Session, m api.SessionMark, role string, now time.Time) (bool, error) {
	at := now.UTC().Truncate(time.Microsecond)
	end := func(by, reason string) (bool, error) {
		if n.Ended != nil {
			return false, nil
		}
		n.Ended, n.EndedBy, n.Reason = &at, by, reason
		return true, nil
	}
	gone := reply.Refuse(http.StatusGone, api.KindGone, "the session is over")
	switch m.What {
	case api.MarkConsented:
		switch {
		case role != api.ByCustomer:
			return false, reply.Refuse(http.StatusForbidden, api.KindForbidden, "only the customer can consent")
		case n.Ended != nil || (n.Consented == nil && !now.Before(n.Expires)):
			return false, gone
		case n.Consented != nil:
			return false, nil
		}
		n.Consented = &at
		return true, nil
	case api.MarkStarted:
		switch {
		case n.Ended != nil:
			return false, gone
		case n.Consented == nil:
			return false, reply.Refuse(http.StatusConflict, api.KindConflict, "the customer has not consented")
		case n.Started != nil:
			return false, nil
		}
		n.Started = &at
		return true, nil
	case api.MarkRefused:
		if role != api.ByCustomer {
			return false, reply.Refuse(http.StatusForbidden, api.KindForbidden, "only the customer can refuse")
		}
		return end(role, api.ReasonRefused)
	case api.MarkWrongCode:
		return end(role, api.ReasonWrongCode)
	case api.MarkEnded:
		if m.By == api.ByNetwork { // a side may say that it was nobody, not that it was the other
			return end(api.ByNetwork, m.Reason)
		}
		return end(role, m.Reason)
	}
	return false, reply.Invalid("what is not one of consented, refused, started, ended, wrong_code")
}

// change changes a session, which is by's. Everybody whom it concerns hears of
// it by the journal; what an end cuts on this desk is cut at once.
func (s *Server) change(ctx context.Context, id string, by api.Actor, fn func(*api.Session, time.Time) (bool, error)) (store.Session, error) {
	now := s.cfg.seams.now()
	n, changed, err := s.store.ChangeSession(ctx, id, by, now, func(n *api.Session) (bool, error) { return fn(n, now) })
	if err == nil && changed && n.Ended != nil {
		s.over(n.ID, n.Reason)
	}
	return n, err
}

// over cuts everything that an ended session had open here. Twice is as good as once.
func (s *Server) over(id, reason string) {
	if s.relay != nil {
		s.relay.drop(id)
	}
	s.rooms.End(id, reason)
}

// closed says whether nobody can come to a session any more: it is over, or
// its code is. The sweep may not have been there yet.
func (s *Server) closed(n api.Session) bool {
	return n.Ended != nil || n.Consented == nil && !s.cfg.seams.now().Before(n.Expires)
}

// ice gives a side of an open session its connection servers.
func (s *Server) ice(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if s.closed(c.Session.Session) {
		return reply.Refuse(http.StatusGone, api.KindGone, "the session is over")
	}
	now := s.cfg.seams.now()
	out := api.ICE{Servers: []api.ICEServer{}}
	if s.relay != nil {
		out.Servers = append(out.Servers, s.relay.credentials(c.Session.ID, c.Side(), now, r.Host)...)
	}
	if len(s.cfg.TURNURLs) > 0 {
		user, password := turnCredentials([]byte(s.cfg.TURNSecret), c.Session.ID, c.Side(), now)
		out.Servers = append(out.Servers, api.ICEServer{URLs: s.cfg.TURNURLs, Username: user, Credential: password})
	}
	// Read again, now that an end would close the relay: none can fall in between.
	n, err := s.store.Session(r.Context(), c.Session.ID)
	if err != nil {
		return err
	}
	if s.closed(n.Session) {
		if s.relay != nil {
			s.relay.drop(n.ID)
		}
		return reply.Refuse(http.StatusGone, api.KindGone, "the session is over")
	}
	if len(out.Servers) > 0 {
		out.TTLSeconds = int(relayTTL / time.Second)
	}
	return reply.JSON(w, http.StatusOK, out)
}

// iceURLs are the connection servers' addresses for who reaches the desk by that host.
func (s *Server) iceURLs(desk string) (all []string) {
	if s.relay != nil {
		stun, turn := s.relay.urls(desk)
		all = append(stun, turn...)
	}
	return append(all, s.cfg.TURNURLs...)
}
