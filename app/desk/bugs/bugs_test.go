package bugs

import (
	"context"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// each runs a test in a house with bugs, on both databases.
func each(t *testing.T, test func(h *gatetest.House, b *Bugs)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := gatetest.New(t, d)
		b := New(Config{DB: d, Log: h, Now: h.Now, Journal: h})
		h.Serve(b.Routes())
		test(h, b)
	})
}

func TestBugs(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Bugs) {
		var bug, now api.Bug
		h.Must(201, "sam", "POST", api.PathBugs, api.Bug{Product: "Lager", Title: "Stops while printing", Since: "3.9"}, &bug)
		if bug.State != api.BugOpen || bug.Version != 1 {
			t.Errorf("%+v", bug)
		}
		for name, bad := range map[string]api.Bug{
			"no product": {Title: "x"}, "no title": {Product: "x"}, "no state": {Product: "x", Title: "x", State: "gone"},
			"fixed nowhere": {Product: "x", Title: "x", State: api.BugFixed}, "no version": {Product: "x", Title: "x", FixedIn: "soon"},
			"fixed before": {Product: "x", Title: "x", Since: "4.1", FixedIn: "4.0"},
		} {
			if status, _ := h.Ask("robin", "POST", api.PathBugs, bad, nil); status != 422 {
				t.Errorf("%s: %d", name, status)
			}
		}
		for name, change := range map[string]func(*api.Bug){
			"workaround": func(b *api.Bug) { b.Workaround = map[string]string{"en": "restart"} },
			"fixed in":   func(b *api.Bug) { b.FixedIn = "4.2" },
			"fixed":      func(b *api.Bug) { b.State, b.FixedIn = api.BugFixed, "4.2" },
		} {
			b := bug
			change(&b)
			if status, _ := h.Ask("sam", "PUT", api.BugPath(bug.ID), b, nil); status != 403 {
				t.Errorf("%s by a supporter: %d", name, status)
			}
		}
		bug.Description = "seen in the driver"
		h.Must(200, "sam", "PUT", api.BugPath(bug.ID), bug, &now)
		if e := h.Must(409, "edda", "PUT", api.BugPath(bug.ID), bug, nil); !strings.Contains(string(e.Current), "driver") {
			t.Errorf("a conflict shows %s", e.Current)
		}
		now.State, now.FixedIn, now.Workaround = api.BugFixed, "4.2", map[string]string{"en": "Restart it.", "de": "Neu starten."}
		h.Must(200, "edda", "PUT", api.BugPath(bug.ID), now, &now)
		now.Module = "print"
		h.Must(200, "sam", "PUT", api.BugPath(bug.ID), now, &now)
		if now.Version != 4 || now.Workaround["de"] != "Neu starten." {
			t.Errorf("%+v", now)
		}

		one, two := h.Ticket(nil), h.Ticket(nil)
		h.Must(200, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: one}, &now)
		h.Must(200, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: one}, &now)
		h.Must(200, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: two}, &now)
		if now.Linked != 2 || len(now.Tickets) != 2 || now.Tickets[0] != two {
			t.Errorf("%+v", now)
		}
		h.Must(404, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: 99}, nil)
		h.Must(404, "sam", "POST", api.BugTicketsPath(99), api.LinkTicket{Ticket: one}, nil)
		h.Tx(func(ctx context.Context, tx *db.Tx) error {
			ticket := api.Ticket{Number: one}
			if err := Fill(ctx, tx, &ticket); err != nil || len(ticket.Bugs) != 1 {
				t.Errorf("the ticket has %v: %v", ticket.Bugs, err)
			}
			return nil
		})
		var list api.BugList
		for query, want := range map[string]int{
			"": 1, "?product=LAGER": 1, "?product=Kasse": 0, "?text=stops+print": 1, "?text=stands": 0, "?state=fixed&state=open": 1,
			"?state=open": 0, "?ticket=1": 1, "?ticket=99": 0, "?before=1": 0,
		} {
			h.Must(200, "sam", "GET", api.PathBugs+query, nil, &list)
			if len(list.Bugs) != want {
				t.Errorf("%q lists %d", query, len(list.Bugs))
			}
		}
		h.Must(204, "sam", "DELETE", api.BugTicketPath(bug.ID, two), nil, nil)
		h.Must(404, "sam", "DELETE", api.BugTicketPath(bug.ID, two), nil, nil)
		h.Must(404, "sam", "GET", api.BugPath(99), nil, nil)
	})
}

// TestArrived proves that a new ticket from an older version than the fix is told
// so: when it is similar, when it is linked, and when its version is learnt.
func TestArrived(t *testing.T) {
	each(t, func(h *gatetest.House, b *Bugs) {
		var bug, open api.Bug
		h.Must(201, "edda", "POST", api.PathBugs, api.Bug{
			Product: "Lager", Title: "Stops", State: api.BugFixed, Since: "4.0", FixedIn: "4.10", Workaround: map[string]string{"de": "Neu starten."},
		}, &bug)
		h.Must(201, "edda", "POST", api.PathBugs, api.Bug{Product: "Lager", Title: "Stands", FixedIn: "4.10"}, &open)
		strength, which := 80, bug.ID
		b.cfg.Similar = func(_ context.Context, t api.Ticket) ([]api.Match, error) {
			return []api.Match{{Kind: api.MatchBug, Number: which, Strength: strength}}, nil
		}
		arrive := func(number int64, action, detail string) int {
			t.Helper()
			h.Tx(func(ctx context.Context, tx *db.Tx) error {
				return b.Arrived(ctx, tx, journal.Entry{At: h.Now(), Action: action, Ticket: number, Detail: []byte(detail)})
			})
			return len(h.Entries(number))
		}
		for name, c := range map[string]struct {
			version, product string
			strength         int
			bug              int64
			told             bool
		}{
			"older":          {"4.9", "lager", 80, bug.ID, true},
			"oldest with it": {"4.0", "Lager", 60, bug.ID, true},
			"the fixed one":  {"4.10", "Lager", 80, bug.ID, false},
			"newer":          {"4.11", "Lager", 80, bug.ID, false},
			"before it came": {"3.9", "Lager", 80, bug.ID, false},
			"no version":     {"", "Lager", 80, bug.ID, false},
			"words":          {"the latest", "Lager", 80, bug.ID, false},
			"other product":  {"4.9", "Kasse", 80, bug.ID, false},
			"weak":           {"4.9", "Lager", 59, bug.ID, false},
			"not fixed":      {"4.9", "Lager", 80, open.ID, false},
			"gone":           {"4.9", "Lager", 80, 99, false},
		} {
			strength, which = c.strength, c.bug
			number := h.Ticket(func(n *api.NewTicket) { n.ProductVersion, n.Product = c.version, c.product })
			if n := arrive(number, "ticket.filed", "{}"); (n == 1) != c.told || n > 1 {
				t.Errorf("%s: told %d times", name, n)
			}
			if n := arrive(number, "ticket.filed", "{}"); n > 1 {
				t.Errorf("%s: told again", name)
			}
			ticket := api.Ticket{Number: number}
			h.Tx(func(ctx context.Context, tx *db.Tx) error { return Fill(ctx, tx, &ticket) })
			if (len(ticket.Bugs) == 1) != c.told {
				t.Errorf("%s: linked to %v", name, ticket.Bugs)
			}
			if c.told {
				e := h.Entries(number)[0]
				if !e.Public || e.By != api.ActorRule || !strings.Contains(e.Text, "4.10") || !strings.Contains(e.Text, "Neu starten.") || !strings.Contains(e.Text, "sieht nach einem aus") {
					t.Errorf("%s: %+v", name, e)
				}
			}
		}
		strength = 0
		linked := h.Ticket(func(n *api.NewTicket) { n.ProductVersion = "" })
		h.Must(200, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: linked}, nil)
		if n := arrive(linked, "bug.linked", "{}"); n != 0 {
			t.Errorf("told without a version")
		}
		h.Change(linked, func(t *api.Ticket) { t.ProductVersion = "4.5" })
		if n := arrive(linked, "ticket.changed", `{"changes": [{"field": "owner"}]}`); n != 0 {
			t.Errorf("told when the owner changed")
		}
		if n := arrive(linked, "ticket.changed", `{"changes": [{"field": "product_version"}]}`); n != 1 {
			t.Errorf("told %d times when the version became known", n)
		}
		closed := h.Ticket(nil)
		h.Must(200, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: closed}, nil)
		h.Change(closed, func(t *api.Ticket) { t.State = api.StateClosed })
		if n := arrive(closed, "bug.linked", "{}"); n != 0 {
			t.Error("told on a closed ticket")
		}
	})
}

func TestInLanguage(t *testing.T) {
	texts := map[string]string{"de": "d", "en": "e", "nl-BE": "n", "fr": "f"}
	for tag, want := range map[string]string{"de": "d", "de-AT": "d", "DE": "d", "nl-be": "n", "nl": "e", "it": "e", "": "e"} {
		if got := inLanguage(texts, tag); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
	if got := inLanguage(map[string]string{"nl": "n", "fr": "f"}, "de"); got != "f" {
		t.Errorf("any: %q", got)
	}
	if got := inLanguage(nil, "de"); got != "" {
		t.Errorf("none: %q", got)
	}
}
