package bugs

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	kept "github.com/beistand/beistand/app/desk/store/bugs"
	"github.com/beistand/beistand/app/desk/store/db"
)

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
