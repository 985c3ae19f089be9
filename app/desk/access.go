package desk

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
)

// access is who may use an endpoint.
type access int

const (
	anyone        access = iota
	anyToken             // staff or any ticket's token; the handler looks closer
	staffOnly            // a signed-in member of staff
	ticketParty          // staff, or the token of the ticket {n}
	ownTicket            // the token of the ticket {n} alone
	uploadParty          // staff, or the token of the upload's ticket
	sessionReader        // staff, or the token of the session's ticket
	sessionParty         // the member of staff who asked, or the token of the session's ticket
)

// caller is who asks, and what the path names of theirs.
type caller struct {
	token   string
	staff   *store.Staff // nil: a ticket's token, or nobody
	ticket  int64        // the token's; 0 for staff and nobody
	number  int64        // {n}
	upload  store.Upload
	session store.Session
}

// role is the caller's side of a session.
func (c caller) role() string {
	if c.staff != nil {
		return api.BySupporter
	}
	return api.ByCustomer
}

var errForbidden = refuse(http.StatusForbidden, api.KindForbidden, "this is not yours to see or change")

// authorize says who asks, or why they may not. That something exists is told only to those who may know.
func (s *Server) authorize(r *http.Request, who access) (caller, error) {
	if who == anyone {
		return caller{}, nil
	}
	c, err := s.identify(r)
	if err != nil {
		return caller{}, err
	}
	switch who {
	case staffOnly:
		if c.staff == nil {
			return caller{}, errForbidden
		}
		if r.PathValue("n") != "" {
			c.number, err = number(r)
		}
	case ticketParty:
		if c.number, err = number(r); err == nil && c.staff == nil && c.number != c.ticket {
			err = errForbidden
		}
	case ownTicket:
		if c.number, err = number(r); err == nil && (c.staff != nil || c.number != c.ticket) {
			err = errForbidden
		}
	case uploadParty:
		if c.upload, err = s.store.Upload(r.Context(), r.PathValue("id")); err == nil && c.staff == nil && c.upload.Ticket != c.ticket {
			err = errForbidden
		}
	case sessionReader:
		if c.session, err = s.store.Session(r.Context(), r.PathValue("id")); err == nil && c.staff == nil && c.session.Ticket != c.ticket {
			err = errForbidden
		}
	case sessionParty:
		if c.session, err = s.store.Session(r.Context(), r.PathValue("id")); err == nil && !c.party() {
			err = errForbidden
		}
	}
	if err != nil {
		return caller{}, err
	}
	return c, nil
}

// party says whether the session is the caller's.
func (c caller) party() bool {
	if c.staff == nil {
		return c.session.Ticket == c.ticket
	}
	return c.staff.Name == c.session.Staff
}

// identify takes the token from the request; bearer says from where.
func (s *Server) identify(r *http.Request) (caller, error) {
	token, ok := bearer(r)
	if !ok {
		return caller{}, refuse(http.StatusUnauthorized, api.KindUnauthorized, "a token is needed; sign in, or use the ticket's")
	}
	now := s.cfg.seams.now()
	if err := s.guesses.admit(s.address(r), token, now); err != nil {
		return caller{}, err
	}
	h, err := s.store.Holder(r.Context(), token, now)
	if errors.Is(err, store.ErrNotFound) {
		s.guesses.wrong(s.address(r), token, now)
		return caller{}, refuse(http.StatusUnauthorized, api.KindUnauthorized, "the token is unknown or no longer holds; please sign in again")
	}
	if err != nil {
		return caller{}, err
	}
	s.guesses.right(token, now)
	return caller{token: token, staff: h.Staff, ticket: h.Ticket}, nil
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
		return 0, refuse(http.StatusNotFound, api.KindNotFound, "a ticket's number is a whole number from 1")
	}
	return n, nil
}
