package desk

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	keep "github.com/beistand/beistand/app/desk/store/people"
)

// who is a set of those who ask.
type who uint64

// Who asks. sam has asked for the session of the own ticket, the others of the
// staff have not. A key has the one scope that its name says.
const (
	nobody who = 1 << iota
	otherTicket
	ownTicket
	sam // a supporter
	dispatcher
	editor
	level2
	administrator
	keyRead
	keyWrite
	keyUpload
	keyCustomers
	keyBugs
	keyIntake
	keyMetrics
	keyAdmin
	expiredTicket
	expiredStaff
	disabledStaff
	expiredKey
	revokedKey
)

// whoNames are the names of who, in that order.
var whoNames = []string{
	"nobody", "other ticket", "own ticket", "sam", "dispatcher", "editor", "level2", "administrator",
	"key read", "key write", "key upload", "key customers", "key bugs", "key intake", "key metrics", "key admin",
	"expired ticket", "expired staff", "disabled staff", "expired key", "revoked key",
}

// Sets of who.
const (
	anyStaff    = sam | dispatcher | editor | level2 | administrator
	anyKey      = keyRead | keyWrite | keyUpload | keyCustomers | keyBugs | keyIntake | keyMetrics | keyAdmin
	unknown     = nobody | expiredTicket | expiredStaff | disabledStaff | expiredKey | revokedKey // whose token does not hold, or is none
	everybody   = unknown | otherTicket | ownTicket | anyStaff | anyKey
	ticketSide  = ownTicket | anyStaff // of a ticket
	sessionSide = ownTicket | sam      // of a session
)

// cast is everybody who asks at one desk.
type cast struct {
	*house
	denied api.CreatedTicket
	tokens map[who]string // of those who may not
}

// policyStaff are the members of staff and their roles.
var policyStaff = map[who]struct {
	name string
	role api.Role
}{
	sam: {"sam", api.RoleStaff}, dispatcher: {"dana", api.RoleDispatcher}, editor: {"edda", api.RoleEditor},
	level2: {"lewis", api.RoleLevel2}, administrator: {"robin", api.RoleAdministrator},
	expiredStaff: {"sam", api.RoleStaff}, disabledStaff: {"gone", api.RoleAdministrator},
}

// policyKeys are the keys' scopes. Those that hold no longer would have all.
var policyKeys = map[who][]api.Scope{
	keyRead: {api.ScopeRead}, keyWrite: {api.ScopeWrite}, keyUpload: {api.ScopeUpload},
	keyCustomers: {api.ScopeCustomers}, keyBugs: {api.ScopeBugs}, keyIntake: {api.ScopeIntake},
	keyMetrics: {api.ScopeMetrics}, keyAdmin: {api.ScopeAdmin}, expiredKey: api.Scopes, revokedKey: api.Scopes,
}

func newCast(t *testing.T, h *house) *cast {
	t.Helper()
	c := &cast{house: h}
	hired := map[string]bool{"sam": true}
	for _, s := range policyStaff {
		if hired[s.name] {
			continue
		}
		hired[s.name] = true
		if err := h.hire(s.name, s.name, s.role); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// next makes everything anew for the next endpoint, since the one before may
// have signed people out.
func (c *cast) next(t *testing.T) {
	t.Helper()
	if err := c.people.DB().Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), "DELETE FROM api_keys") // or there would be too many
		if err == nil {
			_, err = tx.ExecContext(t.Context(), "UPDATE staff SET disabled = 1 WHERE name = 'gone'")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	c.denied, c.tokens = c.tokensFor(t, everybody)
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
		later := now.Add(time.Hour)
		switch w {
		case otherTicket:
			tokens[w] = c.ticket().Token
		case ownTicket:
			tokens[w] = own.Token
		case expiredTicket:
			tokens[w] = file(filed, now).Token
		case expiredStaff, expiredKey:
			later = now
		}
		if s := policyStaff[w]; s.name != "" {
			var err error
			if tokens[w], err = c.people.AddStaffToken(ctx, s.name, now, later); err != nil {
				t.Fatal(err)
			}
		}
		if scopes := policyKeys[w]; scopes != nil {
			tokens[w] = c.keyFor(t, scopes, later, w == revokedKey)
		}
	}
	return own, tokens
}

func (c *cast) keyFor(t *testing.T, scopes []api.Scope, expires time.Time, revoked bool) (secret string) {
	t.Helper()
	err := c.people.DB().Tx(t.Context(), func(tx *db.Tx) error {
		made, err := keep.AddKey(t.Context(), tx, api.NewKey{Name: "policy", Scopes: scopes, Expires: expires}, "robin", c.clock.now())
		secret = made.Secret
		if err == nil && revoked {
			err = keep.DropKey(t.Context(), tx, made.Key.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret
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
	return &place{house: &h, ticket: own.Ticket.Number, own: own, token: tokens[w], staff: policyStaff[w].name}
}

// write changes what is kept.
func (p *place) write(t *testing.T, fn func(*db.Tx) error) {
	t.Helper()
	if err := p.people.DB().Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// unique is part of a name that nothing has yet.
func (p *place) unique() string { return strings.ToLower(rand.Text()[:10]) }
