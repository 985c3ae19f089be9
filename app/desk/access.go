package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

// authorize says who asks, or why they may not. That something exists is told only to those who may know.
func (s *Server) authorize(r *http.Request, route gate.Route) (gate.Caller, error) {
	if route.Who == gate.Anyone {
		return gate.Caller{}, nil
	}
	c, err := s.identify(r)
	outside := c.Key != nil && (route.Scope == "" || !slices.Contains(c.Key.Scopes, route.Scope))
	if route.Who == gate.Everybody {
		if outside || err != nil && reply.To(err).Status == http.StatusUnauthorized {
			return gate.Caller{}, nil
		}
		return c, err
	}
	if err != nil {
		return gate.Caller{}, err
	}
	if outside || c.Staff != nil && !c.Has(route.Roles...) {
		return gate.Caller{}, reply.Forbidden()
	}
	if route.Fresh && s.cfg.seams.now().Sub(c.Confirmed) > api.FreshFor {
		return gate.Caller{}, reply.Stale()
	}
	trusted := c.Inside() // the others see their own alone
	switch route.Who {
	case gate.StaffOnly:
		if !trusted {
			return gate.Caller{}, reply.Forbidden()
		}
		if r.PathValue("n") != "" {
			c.Number, err = number(r)
		}
	case gate.TicketParty:
		if c.Number, err = number(r); err == nil && !trusted && c.Number != c.Ticket {
			err = reply.Forbidden()
		}
	case gate.OwnTicket:
		if c.Number, err = number(r); err == nil && (trusted || c.Number != c.Ticket) {
			err = reply.Forbidden()
		}
	case gate.UploadParty:
		if c.Upload, err = s.store.Upload(r.Context(), r.PathValue("id")); err == nil && !trusted && c.Upload.Ticket != c.Ticket {
			err = reply.Forbidden()
		}
	case gate.SessionReader:
		if c.Session, err = s.store.Session(r.Context(), r.PathValue("id")); err == nil && !trusted && c.Session.Ticket != c.Ticket {
			err = reply.Forbidden()
		}
	case gate.SessionParty:
		if c.Session, err = s.store.Session(r.Context(), r.PathValue("id")); err == nil && !party(c) {
			err = reply.Forbidden()
		}
	}
	if err != nil {
		return gate.Caller{}, err
	}
	return c, nil
}

// party says whether the session is the caller's.
func party(c gate.Caller) bool {
	if c.Staff == nil {
		return c.Key == nil && c.Session.Ticket == c.Ticket
	}
	return c.Staff.Name == c.Session.Staff
}

// identify takes the token from the request; bearer says from where.
func (s *Server) identify(r *http.Request) (gate.Caller, error) {
	token, ok := bearer(r)
	if !ok {
		return gate.Caller{}, reply.Refuse(http.StatusUnauthorized, api.KindUnauthorized, "a token is needed; sign in, or use the ticket's")
	}
	now := s.cfg.seams.now()
	if err := s.guesses.admit(s.address(r), token, now); err != nil {
		return gate.Caller{}, err
	}
	h, err := s.people.Holder(r.Context(), token, now)
	if errors.Is(err, store.ErrNotFound) {
		s.guesses.wrong(s.address(r), token, now)
		return gate.Caller{}, reply.Refuse(http.StatusUnauthorized, api.KindUnauthorized, "the token is unknown or no longer holds; please sign in again")
	}
	if err != nil {
		return gate.Caller{}, err
	}
	s.guesses.right(token, now)
	if err := s.people.Touch(r.Context(), h, now); err != nil {
		s.cfg.Log.Printf("remember that a token was used: %v", err) // which is no reason to refuse
	}
	return gate.Caller{Token: token, ID: h.ID, Staff: h.Staff, Key: h.Key, Ticket: h.Ticket, Confirmed: h.Confirmed, Left: h.Expires.Sub(now)}, nil
}

// bearer is the token in the Authorization header. It is looked for nowhere
// else, but that a browser can name a room's WebSocket nothing besides its
// protocols: there the token stands behind api.RoomToken.
func bearer(r *http.Request) (token string, ok bool) {
	header := r.Header.Get("Authorization")
	scheme, token, ok := strings.Cut(header, " ")
	ok = ok && strings.EqualFold(scheme, "Bearer")
	if header == "" && r.Pattern == http.MethodGet+" "+api.PathRoom {
		for _, list := range r.Header.Values("Sec-WebSocket-Protocol") {
			for one := range strings.SplitSeq(list, ",") {
				if found, is := strings.CutPrefix(strings.TrimSpace(one), api.RoomToken); is && !ok {
					token, ok = found, true
				}
			}
		}
	}
	return token, ok && token != "" && len(token) <= 256
}

func number(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil || n < 1 {
		return 0, reply.Refuse(http.StatusNotFound, api.KindNotFound, "a ticket's number is a whole number from 1")
	}
	return n, nil
}

// address is whom a limit on a request is for.
func (s *Server) address(r *http.Request) string { return gate.Address(r, s.cfg.BehindProxy) }
