package desk

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/rights"
)

// unsigned is for tests of what does not look at signatures.
func unsigned(*api.Session) error { return nil }

// told is what a program makes of a session, as both sides do.
func told(t *testing.T, n api.Session) invite.Invitation {
	t.Helper()
	asked, err := rights.Parse(n.Rights)
	if err != nil {
		t.Fatal(err)
	}
	return invite.Invitation{
		ID: n.ID, Ticket: n.Ticket, Supporter: n.Supporter, Organisation: n.Organisation, FirstPart: n.FirstPart,
		Role: invite.Role(n.Role), Rights: asked, DeskKey: n.DeskKey, Signature: n.Signature,
	}
}

// TestAskedIsSigned: what both sides are told holds under the key that health
// names, by every way in which it is told, and after a restart.
func TestAskedIsSigned(t *testing.T) {
	h := open(t)
	made := h.ticket()
	asked, err := h.client(h.staff()).AskSession(t.Context(), made.Ticket.Number,
		api.NewSession{Rights: []string{"control", "see", "files-in"}, Role: api.RoleExpert})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(asked.Rights, []string{"see", "control", "files-in"}) || asked.Role != api.RoleExpert {
		t.Errorf("asked for %v as %q", asked.Rights, asked.Role)
	}
	check := func(where string, h *house, n api.Session) {
		t.Helper()
		health, err := h.client("").Health(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := told(t, n).Verify(); err != nil || !bytes.Equal(n.DeskKey, health.DeskKey) {
			t.Errorf("%s: %v, key %x, health says %x", where, err, n.DeskKey, health.DeskKey)
		}
	}
	check("answer", h, asked)
	check("event", h, hello(t, h, made)[0])
	ticket, err := h.client(made.Token).Ticket(t.Context(), made.Ticket.Number)
	if err != nil {
		t.Fatal(err)
	}
	check("ticket", h, ticket.Sessions[0])
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	again := reopen(t, h, func(c *Config) { c.Dir = h.cfg.Dir })
	check("after a restart", again, hello(t, again, made)[0])
}

// hello is what a listener hears first.
func hello(t *testing.T, h *house, made api.CreatedTicket) (open []api.Session) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	_ = h.client(made.Token).Events(ctx, made.Ticket.Number, func(e api.Event) {
		if e.Kind == api.EventHello {
			open = e.Sessions
			if len(open) > 0 && (e.Session == nil || e.Session.ID != open[len(open)-1].ID) {
				t.Errorf("hello names %+v as the newest of %d", e.Session, len(open))
			}
			stop()
		}
	})
	return open
}

func TestAskRefuses(t *testing.T) {
	h := open(t)
	c, number := h.client(h.staff()), h.ticket().Ticket.Number
	for name, wish := range map[string]api.NewSession{
		"no right":         {Rights: []string{"everything"}},
		"twice":            {Rights: []string{"see", "see"}},
		"no role":          {Role: "admin"},
		"observer's hands": {Role: api.RoleObserver, Rights: []string{"see", "control"}},
		"observer's logs":  {Role: api.RoleObserver, Rights: []string{"logs"}},
	} {
		if _, err := c.AskSession(t.Context(), number, wish); client.KindOf(err) != api.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What a program before this said, and what it gets.
	status, _, body := h.do("POST", api.SessionsPath(number), c.Token(), nil)
	var n api.Session
	if err := json.Unmarshal(body, &n); err != nil || status != 201 || !slices.Equal(n.Rights, []string{"see"}) || n.Role != api.RoleSupporter {
		t.Errorf("%d %s", status, body)
	}
	if !bytes.Contains(body, []byte(base64.StdEncoding.EncodeToString(h.publicKey()))) {
		t.Errorf("the key is not in %s", body)
	}
}

// TestSeveralLook: who asks anew replaces the own request in the same role and
// nothing else; five at once are all.
func TestSeveralLook(t *testing.T) {
	h := open(t)
	made := h.ticket()
	if err := h.hire("robin", "Robin", api.RoleStaff); err != nil {
		t.Fatal(err)
	}
	robin, err := h.people.AddStaffToken(t.Context(), "robin", h.clock.now(), h.clock.now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(token, role string) (api.Session, error) {
		return h.client(token).AskSession(t.Context(), made.Ticket.Number, api.NewSession{Role: role})
	}
	sam := h.staff()
	var all []api.Session
	for _, one := range []struct{ token, role string }{
		{sam, api.RoleSupporter}, {sam, api.RoleExpert}, {sam, api.RoleObserver}, {robin, api.RoleSupporter}, {robin, api.RoleExpert},
	} {
		n, err := ask(one.token, one.role)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	if _, err := ask(robin, api.RoleObserver); client.KindOf(err) != api.KindConflict {
		t.Errorf("a sixth: %v", err)
	}
	first := h.enter(all[0].ID, sam)
	other := h.enter(all[3].ID, robin)
	newer, err := ask(sam, api.RoleSupporter)
	if err != nil {
		t.Fatal(err)
	}
	wantEvent(t, first, api.RoomEnded, api.ReasonReplaced)
	var ids []string
	for _, n := range hello(t, h, made) {
		ids = append(ids, n.ID)
	}
	if want := []string{all[1].ID, all[2].ID, all[3].ID, all[4].ID, newer.ID}; !slices.Equal(ids, want) {
		t.Errorf("open are %v, want %v", ids, want)
	}
	customer := h.enter(all[3].ID, made.Token)
	wantEvent(t, other, api.RoomPeerJoined, "")
	wantEvent(t, customer, api.RoomPeerJoined, "")
	if _, err := h.client(sam).Room(t.Context(), all[3].ID); client.KindOf(err) != api.KindForbidden {
		t.Errorf("sam goes into robin's room: %v", err)
	}
}

// TestGuesses: an address that guesses tokens is not answered any more, and a
// token that was right is, from there too.
func TestGuesses(t *testing.T) {
	h := open(t)
	number := h.ticket().Ticket.Number
	good := h.client(h.staff())
	if _, err := good.Ticket(t.Context(), number); err != nil {
		t.Fatal(err)
	}
	fresh := h.client(h.staff())
	for i := range h.guesses.limit.Burst {
		if _, err := h.client(fmt.Sprint("guess ", i)).AskSession(t.Context(), number, api.NewSession{}); client.KindOf(err) != api.KindUnauthorized {
			t.Fatalf("guess %d: %v", i, err)
		}
	}
	if _, err := h.client("one more").AskSession(t.Context(), number, api.NewSession{}); client.KindOf(err) != api.KindTooMany {
		t.Errorf("one guess too many: %v", err)
	}
	if _, err := good.AskSession(t.Context(), number, api.NewSession{}); err != nil {
		t.Errorf("who was known already: %v", err)
	}
	if _, err := fresh.Ticket(t.Context(), number); client.KindOf(err) != api.KindTooMany {
		t.Errorf("who was not known yet: %v", err)
	}
	token := good.Token()
	if err := good.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	good = h.client(token) // which forgets it
	if _, err := good.Ticket(t.Context(), number); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("who signed out: %v", err)
	}
	if _, err := good.Ticket(t.Context(), number); client.KindOf(err) != api.KindTooMany {
		t.Errorf("who signed out, once more: %v", err)
	}
	h.clock.pass(h.guesses.limit.Every)
	if _, err := fresh.Ticket(t.Context(), number); err != nil {
		t.Errorf("a moment later: %v", err)
	}
	h.clock.pass(knownFor)
	h.guesses.tidy(h.clock.now())
	if len(h.guesses.known) != 0 || h.guesses.limit.Len() != 0 {
		t.Errorf("%d tokens and %d addresses are remembered for nothing", len(h.guesses.known), h.guesses.limit.Len())
	}
}

// TestEnterLimit: a room is not entered without end, by one side or the other.
func TestEnterLimit(t *testing.T) {
	h := open(t)
	made := h.ticket()
	n := h.session(made.Ticket.Number)
	for range h.entering.Burst {
		conn := h.enter(n.ID, made.Token)
		_ = conn.CloseNow()
	}
	if _, err := h.client(made.Token).Room(t.Context(), n.ID); client.KindOf(err) != api.KindTooMany {
		t.Errorf("once more: %v", err)
	}
	h.enter(n.ID, h.staff()) // has a count of its own
	h.clock.pass(h.entering.Every)
	h.enter(n.ID, made.Token)
}

// TestAskLimits: by member of staff, by address and in all.
func TestAskLimits(t *testing.T) {
	for name, limit := range map[string]func(*limits) *gate.Limiter{
		"account": func(l *limits) *gate.Limiter { return &l.askers },
		"address": func(l *limits) *gate.Limiter { return &l.askedFrom },
		"desk":    func(l *limits) *gate.Limiter { return &l.asked },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, func(c *Config) {
				c.seams.limits = func(l *limits) {
					l.askers.Burst, l.askedFrom.Burst, l.asked.Burst = 1000, 1000, 1000
					limit(l).Burst = 3
				}
			})
			l := limit(&h.limits)
			c, number := h.client(h.staff()), h.ticket().Ticket.Number
			for range 3 {
				if _, err := c.AskSession(t.Context(), number, api.NewSession{}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := c.AskSession(t.Context(), number, api.NewSession{}); client.KindOf(err) != api.KindTooMany {
				t.Fatalf("one too many: %v", err)
			}
			h.clock.pass(l.Every)
			if _, err := c.AskSession(t.Context(), number, api.NewSession{}); err != nil {
				t.Errorf("after a while: %v", err)
			}
		})
	}
}
