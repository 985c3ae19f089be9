package cases

import (
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

func TestEntries(t *testing.T) {
	each(t, func(h *house) {
		t := h.t
		n := h.file().Number
		note := api.NewEntry{ID: id(), Kind: api.EntryNote, Text: "@kim and @eve: see a@sam"}
		first := must[api.Added](h, "sam", "POST", api.PathEntries, n, note)
		if !slices.Equal(first.Mentions, []string{"Kim"}) || first.By != "sam" || first.Name != "The sam" || first.Public {
			t.Errorf("%+v", first)
		}
		if h.ticket("sam", n).State != api.StateNew {
			t.Error("an internal note opened the ticket")
		}
		if again := must[api.Added](h, "sam", "POST", api.PathEntries, n, note); again.ID != first.ID {
			t.Errorf("said twice: %+v", again)
		}
		other := note
		other.Text = "something else"
		if status := h.do("sam", "POST", api.PathEntries, n, other, nil); status != 409 {
			t.Errorf("another text with the same ID: %d", status)
		}
		if status := h.do("sam", "POST", api.PathEntries, h.file().Number, note, nil); status != 409 {
			t.Errorf("the same on another ticket: %d", status)
		}
		must[api.Added](h, "sam", "POST", api.PathEntries, n, api.NewEntry{ID: id(), Kind: api.EntryCall, Text: "spoken", Public: true, Minutes: 12})
		must[api.Added](h, "sam", "POST", api.PathEntries, n, api.NewEntry{ID: id(), Kind: api.EntryTime, Text: "read logs", Minutes: 30})
		now := h.ticket("sam", n)
		if now.State != api.StateOpen || now.Minutes != 42 || now.Version != 2 {
			t.Errorf("after a public word: %+v", now)
		}
		want := []api.EntryKind{api.EntryNote, api.EntryCall, api.EntryChange, api.EntryTime}
		if got := kinds(h.entries("sam", n)); !slices.Equal(got, want) {
			t.Errorf("timeline is %v", got)
		}
		theirs := h.entries(customerSays, n)
		if len(theirs) != 1 || theirs[0].Kind != api.EntryCall || theirs[0].By != "staff" || theirs[0].Minutes != 0 || theirs[0].Name != "The sam" {
			t.Errorf("the customer's timeline is %+v", theirs)
		}
		for name, c := range map[string]struct {
			who    person
			entry  api.NewEntry
			status int
		}{
			"a customer's call":     {customerSays, api.NewEntry{ID: id(), Kind: api.EntryCall, Text: "x"}, 422},
			"a file of nowhere":     {"sam", api.NewEntry{ID: id(), Kind: api.EntryNote, Text: "x", Files: []string{"../x"}}, 422},
			"a customer's file":     {customerSays, api.NewEntry{ID: id(), Text: "x", Files: []string{"x"}}, 422},
			"a supporter's session": {"sam", api.NewEntry{ID: id(), Kind: api.EntrySession, Text: "x"}, 422},
		} {
			if status := h.do(c.who, "POST", api.PathEntries, n, c.entry, nil); status != c.status {
				t.Errorf("%s: %d", name, status)
			}
		}
		if status := h.do("sam", "POST", api.PathEntries, 999, api.NewEntry{ID: id(), Kind: api.EntryNote, Text: "x"}, nil); status != 404 {
			t.Errorf("on no ticket: %d", status)
		}
		if status := h.do("sam", "GET", api.PathEntries, 999, nil, nil); status != 404 {
			t.Errorf("of no ticket: %d", status)
		}
	})
}

func TestPages(t *testing.T) {
	each(t, func(h *house) {
		n := h.file().Number
		var ids []int64
		for range 7 {
			ids = append(ids, must[api.Added](h, "sam", "POST", api.PathEntries, n, api.NewEntry{ID: id(), Kind: api.EntryTime, Minutes: 1}).ID)
		}
		at := func(i int) string { return api.EntriesPage(1, ids[i], 0, 3)[len(api.EntriesPath(1)):] }
		for query, c := range map[string]struct {
			want []int64
			more bool
		}{
			"?limit=3": {ids[4:], true},
			at(4):      {ids[1:4], true},
			at(3):      {ids[:3], false},
			at(0):      {nil, false},
			api.EntriesPage(1, 0, ids[2], 3)[len(api.EntriesPath(1)):]: {ids[3:6], true},
			api.EntriesPage(1, 0, ids[6], 3)[len(api.EntriesPath(1)):]: {nil, false},
		} {
			var got api.Timeline
			if status := h.do("sam", "GET", api.PathEntries+query, n, nil, &got); status != 200 {
				h.t.Errorf("%s: %d", query, status)
			}
			var have []int64
			for _, e := range got.Entries {
				have = append(have, e.ID)
			}
			if !slices.Equal(have, c.want) || got.More != c.more {
				h.t.Errorf("%s: %v %v, want %v %v", query, have, got.More, c.want, c.more)
			}
		}
		for _, query := range []string{"?limit=201", "?limit=-1", "?before=x", "?after=-1"} {
			if status := h.do("sam", "GET", api.PathEntries+query, n, nil, nil); status != 400 {
				h.t.Errorf("%s: %d", query, status)
			}
		}
	})
}

// TestReminders: one reminder a promise, whatever happens meanwhile.
func TestReminders(t *testing.T) {
	each(t, func(h *house) {
		t := h.t
		n := h.file().Number
		due := h.now().Add(72 * time.Hour)
		h.change("sam", n, api.TicketChange{
			Owner: to("sam"), Watchers: &[]string{"kim"},
			Promises: &[]api.Promise{{What: api.PromiseFix, Due: due}, {What: "a call", Due: due, Remind: to(h.now().Add(time.Hour))}, {What: api.PromiseWorkaround, Due: due, Kept: to(h.now())}},
		})
		texts := func() (list []string) {
			for _, e := range h.entries("sam", n) {
				if e.Kind == api.EntryNote {
					if e.By != "desk" || e.Public || !slices.Equal(e.Mentions, []string{"sam"}) {
						t.Errorf("%+v", e)
					}
					list = append(list, e.Text)
				}
			}
			return list
		}
		look := func(what string, want ...string) {
			t.Helper()
			if err := h.Remind(t.Context(), h.now()); err != nil {
				t.Fatal(err)
			}
			if got := texts(); !slices.Equal(got, want) {
				t.Errorf("%s: %q", what, got)
			}
		}
		call := "Reminder: “a call” is promised for 2026-11-26 08:00. @sam"
		fix := "Reminder: “fix” is promised for 2026-11-26 08:00. @sam"
		look("at once")
		h.pass(time.Hour)
		look("at the wished time", call)
		look("again", call)
		again := over(t, h.cfg.Store) // a restart
		again.at = h.now()
		if err := again.Remind(t.Context(), h.now()); err != nil {
			t.Fatal(err)
		}
		h.change("sam", n, api.TicketChange{Queue: to("erp")})
		look("after a restart and another change", call)
		h.pass(46*time.Hour + 59*time.Minute)
		look("more than a day before", call)
		h.pass(time.Minute)
		look("a day before", call, fix)
		h.change("sam", n, api.TicketChange{Promises: &[]api.Promise{{What: api.PromiseFix, Due: due.Add(48 * time.Hour)}}})
		look("promised for later", call, fix)
		closed := must[api.Ticket](h, "sam", "POST", api.PathClose, n, api.CloseTicket{Version: h.ticket("sam", n).Version, State: api.StateSolved, Cause: api.CauseFault, Solution: "x"})
		h.pass(48 * time.Hour)
		look("solved", call, fix)
		if closed.Due != nil || len(closed.Promises) != 1 {
			t.Errorf("solved, it is due at %v, promises are %+v", closed.Due, closed.Promises)
		}
	})
}
