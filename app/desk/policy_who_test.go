package desk

import (
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
)

// who is a set of those who ask.
type who uint64

// Who asks. sam has asked for the session of the own ticket, the others of the staff have not.
const (
	nobody who = 1 << iota
	otherTicket
	ownTicket
	sam // a supporter
	administrator
	expiredStaff
	expiredTicket
)

// whoNames are the names of who, in that order.
var whoNames = []string{
	"nobody", "other ticket", "own ticket", "sam", "administrator", "expired staff", "expired ticket",
}

// Sets of who.
const (
	anyStaff    = sam | administrator
	unknown     = nobody | expiredStaff | expiredTicket // whose token does not hold, or is none
	everybody   = unknown | otherTicket | ownTicket | anyStaff
	ticketSide  = ownTicket | anyStaff // of a ticket
	sessionSide = ownTicket | sam      // of a session
)

// cast is everybody who asks at one desk.
type cast struct {
	*house
	staff  map[who]string // name to sign in with
	denied api.CreatedTicket
	tokens map[who]string // of those who may not
}

func newCast(t *testing.T, h *house) *cast {
	t.Helper()
	c := &cast{house: h, staff: map[who]string{sam: "sam", administrator: "robin"}}
	if err := h.store.AddStaff(t.Context(), "robin", "robin", store.Admin, password); err != nil {
		t.Fatal(err)
	}
	c.denied, c.tokens = c.tokensFor(t, everybody)
	return c
}

// tokensFor makes a ticket, and a token for each of the callers.
func (c *cast) tokensFor(t *testing.T, callers who) (own api.CreatedTicket, tokens map[who]string) {
	t.Helper()
	ctx, now := t.Context(), c.clock.now()
	filed := newTicket()
	file := func(filed api.NewTicket, expires time.Time) api.CreatedTicket {
		made, err := c.store.CreateTicket(ctx, filed, now, expires)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	own, tokens = file(filed, now.Add(ticketTokenTTL)), map[who]string{}
	for i := range whoNames {
		w := who(1) << i
		if callers&w == 0 {
			continue
		}
		name, expires := c.staff[w], now.Add(time.Hour)
		switch w {
		case otherTicket:
			tokens[w] = c.ticket().Token
		case ownTicket:
			tokens[w] = own.Token
		case expiredTicket:
			tokens[w] = file(filed, now).Token
		case expiredStaff:
			name, expires = "sam", now
		}
		if name == "" {
			continue
		}
		var err error
		if tokens[w], err = c.store.AddStaffToken(ctx, name, now, expires); err != nil {
			t.Fatal(err)
		}
	}
	return own, tokens
}

// place is where w asks. Who may has it alone, since they may use it up.
func (c *cast) place(t *testing.T, w who, may bool) *place {
	t.Helper()
	h := *c.house
	h.t = t
	own, tokens := c.denied, c.tokens
	if may {
		own, tokens = c.tokensFor(t, w)
	}
	return &place{house: &h, ticket: own.Ticket.Number, own: own, token: tokens[w]}
}
