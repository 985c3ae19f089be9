package bugs

import (
	"context"
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/journal"
	kept "github.com/beistand/beistand/app/desk/store/bugs"
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

// TestTell proves that every linked customer is told in their language, nobody
// the same text twice, and that one who cannot be told keeps nobody else from it.
func TestTell(t *testing.T) {
	each(t, func(h *gatetest.House, b *Bugs) {
		var bug api.Bug
		h.Must(201, "edda", "POST", api.PathBugs, api.Bug{
			Product: "Lager", Title: "Stops", Workaround: map[string]string{"en": "Restart it.", "de": "Neu starten."},
		}, &bug)
		german := h.Ticket(nil)
		dutch := h.Ticket(func(n *api.NewTicket) { n.Language = "nl-BE" })
		french := h.Ticket(func(n *api.NewTicket) { n.Language = "fr" })
		link := func(number int64) {
			h.Must(200, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: number}, &bug)
		}
		for _, number := range []int64{german, dutch, french} {
			link(number)
		}
		tell := func(what api.TellWhat, told, already int) (done api.Telling) {
			t.Helper()
			h.Must(200, "edda", "POST", api.BugToldPath(bug.ID), api.Tell{Version: bug.Version, What: what}, &done)
			if !done.Done || done.Told != told || done.Already != already || done.Failed != 0 || done.Total != told+already || len(done.Results) != done.Total {
				t.Errorf("%s: %+v", what, done)
			}
			return done
		}
		h.Must(422, "edda", "POST", api.BugToldPath(bug.ID), api.Tell{Version: bug.Version, What: api.TellFix}, nil)
		h.Must(422, "edda", "POST", api.BugToldPath(bug.ID), api.Tell{Version: bug.Version, What: api.TellBoth}, nil)
		h.Must(422, "edda", "POST", api.BugToldPath(bug.ID), api.Tell{Version: bug.Version, What: "all"}, nil)
		h.Must(409, "edda", "POST", api.BugToldPath(bug.ID), api.Tell{Version: 9, What: api.TellWorkaround}, nil)
		h.Must(403, "sam", "POST", api.BugToldPath(bug.ID), api.Tell{Version: bug.Version, What: api.TellWorkaround}, nil)
		h.Written()
		tell(api.TellWorkaround, 3, 0)
		if got := gatetest.Actions(h.Written()); got != "bug.told entry.added entry.added entry.added" {
			t.Errorf("the journal has %s", got)
		}
		for number, want := range map[int64][2]string{
			german: {"Das Problem", "Neu starten."}, dutch: {"Het probleem", "Restart it."}, french: {"The problem", "Restart it."},
		} {
			list := h.Entries(number)
			if len(list) != 1 || !list[0].Public || list[0].By != "edda" || list[0].Name != "Edda" ||
				!strings.HasPrefix(list[0].Text, want[0]) || !strings.HasSuffix(list[0].Text, want[1]) {
				t.Errorf("%v: %+v", want, list)
			}
		}
		tell(api.TellWorkaround, 0, 3)
		late := h.Ticket(nil)
		link(late)
		tell(api.TellWorkaround, 1, 3)

		bug.State, bug.FixedIn, bug.Fix = api.BugFixed, "4.2", map[string]string{"de": "Bitte das Update {{.Evil}} einspielen."}
		h.Must(200, "edda", "PUT", api.BugPath(bug.ID), bug, &bug)
		tell(api.TellBoth, 4, 0) // of both they have had the workaround
		last := h.Entries(german)
		if text := last[len(last)-1].Text; len(last) != 2 || strings.Contains(text, "Neu starten") || !strings.Contains(text, "4.2") || !strings.Contains(text, "{{.Evil}}") {
			t.Errorf("%q", text)
		}
		bug.Workaround["de"] = "Zweimal neu starten."
		h.Must(200, "edda", "PUT", api.BugPath(bug.ID), bug, &bug)
		tell(api.TellWorkaround, 2, 2) // the Germans, who have a new text

		post := b.cfg.Post
		b.cfg.Post = func(ctx context.Context, tx *db.Tx, who api.Actor, e api.Entry) (api.Entry, error) {
			if e.Ticket == dutch {
				return e, errors.New("no")
			}
			return post(ctx, tx, who, e)
		}
		bug.FixedIn = "4.3"
		h.Must(200, "edda", "PUT", api.BugPath(bug.ID), bug, &bug)
		var done api.Telling
		h.Must(200, "edda", "POST", api.BugToldPath(bug.ID), api.Tell{Version: bug.Version, What: api.TellFix}, &done)
		if done.Told != 3 || done.Failed != 1 || done.Results[0].Ticket != dutch || done.Results[0].Error == "" {
			t.Errorf("%+v", done)
		}
		b.cfg.Post = post
		tell(api.TellFix, 1, 3)

		var list api.TellingList
		h.Must(200, "sam", "GET", api.BugToldPath(bug.ID), nil, &list)
		if len(list.Tellings) != 7 || list.Tellings[0].What != api.TellFix || list.Tellings[0].By != "edda" {
			t.Errorf("%+v", list.Tellings)
		}
		h.Must(200, "sam", "GET", api.BugPath(bug.ID), nil, &bug)
		if len(bug.Tellings) != 7 || bug.Tellings[6].Total != 3 {
			t.Errorf("%+v", bug.Tellings)
		}
	})
}

// TestGoesOn proves that a telling which was left half-way is brought to its end, once.
func TestGoesOn(t *testing.T) {
	each(t, func(h *gatetest.House, b *Bugs) {
		var bug api.Bug
		h.Must(201, "edda", "POST", api.PathBugs, api.Bug{Product: "Lager", Title: "Stops", Workaround: map[string]string{"en": "Restart it."}}, &bug)
		var numbers []int64
		for range 3 {
			number := h.Ticket(nil)
			numbers = append(numbers, number)
			h.Must(200, "sam", "POST", api.BugTicketsPath(bug.ID), api.LinkTicket{Ticket: number}, &bug)
		}
		ctx, stop := context.WithCancel(h.Context())
		post := b.cfg.Post
		b.cfg.Post = func(c context.Context, tx *db.Tx, who api.Actor, e api.Entry) (api.Entry, error) {
			if e.Ticket == numbers[1] {
				stop() // the desk stops with the second
				return e, ctx.Err()
			}
			return post(c, tx, who, e)
		}
		var telling int64
		h.Tx(func(ctx context.Context, tx *db.Tx) (err error) {
			other, err := kept.Begin(ctx, tx, bug, api.TellWorkaround, "edda", h.Now())
			if err == nil { // one before it that nobody can read keeps it from nothing
				_, err = tx.ExecContext(ctx, "UPDATE tellings SET texts = '{' WHERE id = ?", other)
			}
			if err != nil {
				return err
			}
			telling, err = kept.Begin(ctx, tx, bug, api.TellWorkaround, "edda", h.Now())
			return err
		})
		if err := b.deliver(ctx, telling); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		b.cfg.Post = post
		ctx, stop = context.WithCancel(h.Context())
		ended := make(chan struct{})
		b.cfg.Journal = kicks{h, func() {
			var list api.TellingList
			if h.Must(200, "sam", "GET", api.BugToldPath(bug.ID), nil, &list); list.Tellings[0].Told == 3 {
				stop()
			}
		}}
		go func() { defer close(ended); b.Run(ctx) }()
		<-ended
		for _, number := range numbers {
			if n := len(h.Entries(number)); n != 1 {
				t.Errorf("ticket %d was told %d times", number, n)
			}
		}
	})
}

// kicks is a journal that does something after a commit.
type kicks struct {
	Journal
	do func()
}

func (k kicks) Kick() { k.do() }

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

func TestReleases(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Bugs) {
		var bug, fixed, other api.Bug
		h.Must(201, "sam", "POST", api.PathBugs, api.Bug{Product: "Lager", Title: "Stops"}, &bug)
		h.Must(201, "edda", "POST", api.PathBugs, api.Bug{Product: "Lager", Title: "Stands", State: api.BugFixed, FixedIn: "4.1"}, &fixed)
		h.Must(201, "sam", "POST", api.PathBugs, api.Bug{Product: "Kasse", Title: "Rings"}, &other)
		release := api.Release{Product: "Lager", Release: "4.10", Date: "2026-11-20", Notes: map[string]string{"de": "Neu"}, Fixes: []int64{fixed.ID, bug.ID, bug.ID}}
		var made, now api.Release
		h.Must(403, "sam", "POST", api.PathReleases, release, nil)
		h.Must(201, "edda", "POST", api.PathReleases, release, &made)
		if len(made.Fixes) != 2 || made.Notes["de"] != "Neu" {
			t.Errorf("%+v", made)
		}
		h.Must(200, "sam", "GET", api.BugPath(bug.ID), nil, &bug)
		h.Must(200, "sam", "GET", api.BugPath(fixed.ID), nil, &fixed)
		if bug.State != api.BugFixed || bug.FixedIn != "4.10" || fixed.FixedIn != "4.1" || fixed.Version != 1 {
			t.Errorf("%+v %+v", bug, fixed)
		}
		h.Must(409, "edda", "POST", api.PathReleases, api.Release{Product: "LAGER", Release: "4.10", Date: "2026-11-21"}, nil)
		for name, change := range map[string]func(*api.Release){
			"no product": func(r *api.Release) { r.Product = "" }, "no version": func(r *api.Release) { r.Release = "next" },
			"no day": func(r *api.Release) { r.Date = "30.11.2026" }, "another's bug": func(r *api.Release) { r.Fixes = []int64{other.ID} },
			"no bug": func(r *api.Release) { r.Fixes = []int64{99} },
		} {
			bad := release
			bad.Release = "5"
			change(&bad)
			if status, _ := h.Ask("edda", "POST", api.PathReleases, bad, nil); status != 422 {
				t.Errorf("%s: %d", name, status)
			}
		}
		h.Must(201, "edda", "POST", api.PathReleases, api.Release{Product: "Lager", Release: "4.9", Date: "2026-11-20"}, nil)
		var list api.ReleaseList
		h.Must(200, "sam", "GET", api.PathReleases+"?product=lager", nil, &list)
		if len(list.Releases) != 2 || list.Releases[0].Release != "4.10" {
			t.Errorf("%+v", list.Releases)
		}
		made.Fixes = nil
		h.Must(200, "edda", "PUT", api.ReleasePath(made.ID), made, &now)
		if now.Version != 2 || len(now.Fixes) != 0 {
			t.Errorf("%+v", now)
		}
		h.Must(409, "edda", "PUT", api.ReleasePath(made.ID), made, nil)
		h.Must(409, "edda", "DELETE", api.ReleasePath(made.ID)+"?version=1", nil, nil)
		h.Must(204, "edda", "DELETE", api.ReleasePath(made.ID)+"?version=2", nil, nil)
		h.Must(404, "sam", "GET", api.ReleasePath(made.ID), nil, nil)
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
