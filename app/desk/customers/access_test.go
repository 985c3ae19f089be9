package customers

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/store/db"
)

// TestWays proves who may read how to get in: level 2, an administrator, and
// who has an open access there, for as long as it is open; and that every look
// is in the journal.
func TestWays(t *testing.T) {
	each(t, func(h *gatetest.House, x *Customers) {
		o := add(h, api.Organisation{Name: "Beispiel"})
		other := add(h, api.Organisation{Name: "Other"})
		var contact api.Contact
		h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "Anna"}, &contact)
		var w api.Ways
		h.Must(200, "lewis", "PUT", api.WaysPath(o.ID), api.Ways{Text: "VPN, then RDP to srv1"}, &w)
		if w.Version != 1 || w.By != "lewis" {
			t.Errorf("%+v", w)
		}
		if e := h.Must(409, "robin", "PUT", api.WaysPath(o.ID), api.Ways{Text: "else"}, nil); !strings.Contains(string(e.Current), "srv1") {
			t.Errorf("a conflict shows %s", e.Current)
		}

		look := func(user string, want int) {
			t.Helper()
			h.Written()
			var got api.Ways
			h.Must(want, user, "GET", api.WaysPath(o.ID), nil, &got)
			lines := h.Written()
			if want == 200 && (got.Text != w.Text || gatetest.Actions(lines) != "ways.read" || lines[0].By.Name != user) {
				t.Errorf("%s: %q, the journal has %+v", user, got.Text, lines)
			}
			var seen api.Organisation
			h.Must(200, user, "GET", api.OrganisationPath(o.ID), nil, &seen)
			b, err := json.Marshal(seen)
			if err != nil || seen.WaysOpen != (want == 200) || !seen.Ways || strings.Contains(string(b), "srv1") {
				t.Errorf("%s sees %s", user, b)
			}
		}
		for user, want := range map[string]int{"sam": 403, "dana": 403, "edda": 403, "lewis": 200, "robin": 200} {
			look(user, want)
		}
		h.Must(403, "sam", "PUT", api.WaysPath(o.ID), api.Ways{Version: 1, Text: "x"}, nil)

		var a api.SystemAccess
		h.Must(201, "sam", "POST", api.PathAccesses, api.NewAccess{
			Organisation: o.ID, Why: "the log is needed", Scope: "read logs", For: []string{"DANA"}, Until: h.Now().Add(time.Hour),
		}, &a)
		if strings.Join(a.For, " ") != "dana sam" || a.State != api.AccessRequested {
			t.Fatalf("%+v", a)
		}
		look("sam", 403)
		h.Must(200, "edda", "PATCH", api.AccessPath(a.ID), api.AccessChange{Version: 1, State: api.AccessGranted, GrantedBy: contact.ID, How: "by mail"}, &a)
		if a.GrantedName != "Anna" || a.Granted == nil || a.How != "by mail" {
			t.Errorf("%+v", a)
		}
		look("sam", 200)
		look("dana", 200)
		look("edda", 403) // who wrote it down may not enter
		h.Must(403, "sam", "GET", api.WaysPath(other.ID), nil, nil)
		h.Pass(time.Hour) // nobody has swept yet
		look("sam", 403)
		h.Must(409, "sam", "POST", api.AccessUsesPath(a.ID), api.NewUse{Version: a.Version, Note: "late"}, nil)
		if err := x.Sweep(h.Context()); err != nil {
			t.Fatal(err)
		}
		h.Must(200, "sam", "GET", api.AccessPath(a.ID), nil, &a)
		if a.State != api.AccessEnded || a.EndedBy != api.ActorDesk || a.Ended == nil {
			t.Errorf("%+v", a)
		}
	})
}

// TestAccess goes the ways of an access, and looks at what is left of it on the ticket.
func TestAccess(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Customers) {
		o := add(h, api.Organisation{Name: "Beispiel"})
		other := add(h, api.Organisation{Name: "Other"})
		var anna, stranger api.Contact
		h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "Anna"}, &anna)
		h.Must(201, "sam", "POST", api.ContactsPath(other.ID), api.Contact{Name: "Eve"}, &stranger)
		var site api.Installed
		h.Must(201, "sam", "POST", api.InstallationsPath(other.ID), api.Installed{Product: "Lager"}, &site)
		number := h.Ticket(nil)
		ask := api.NewAccess{Organisation: o.ID, Ticket: number, Why: "why", Scope: "scope", Until: h.Now().Add(time.Hour)}
		for name, change := range map[string]func(*api.NewAccess){
			"no reason":       func(a *api.NewAccess) { a.Why = " " },
			"no scope":        func(a *api.NewAccess) { a.Scope = "" },
			"over":            func(a *api.NewAccess) { a.Until = h.Now() },
			"for ever":        func(a *api.NewAccess) { a.Until = h.Now().Add(api.MaxAccess + time.Minute) },
			"nowhere":         func(a *api.NewAccess) { a.Organisation = 99 },
			"another's site":  func(a *api.NewAccess) { a.Installation = site.ID },
			"no ticket":       func(a *api.NewAccess) { a.Ticket = 99 },
			"for a stranger":  func(a *api.NewAccess) { a.For = []string{"eve"} },
			"no organisation": func(a *api.NewAccess) { a.Organisation = 0 },
		} {
			bad := ask
			change(&bad)
			if status, _ := h.Ask("sam", "POST", api.PathAccesses, bad, nil); status != 422 {
				t.Errorf("%s: %d", name, status)
			}
		}
		h.Written()
		var a api.SystemAccess
		h.Must(201, "sam", "POST", api.PathAccesses, ask, &a)
		to := func(state api.AccessState) api.AccessChange {
			return api.AccessChange{Version: a.Version, State: state, GrantedBy: anna.ID, Reason: "words"}
		}
		h.Must(409, "sam", "POST", api.AccessUsesPath(a.ID), api.NewUse{Version: a.Version, Note: "early"}, nil)
		for _, granter := range []int64{0, 99, stranger.ID} {
			change := to(api.AccessGranted)
			change.GrantedBy = granter
			h.Must(422, "sam", "PATCH", api.AccessPath(a.ID), change, nil)
		}
		h.Must(422, "sam", "PATCH", api.AccessPath(a.ID), to(api.AccessRequested), nil)
		stale := to(api.AccessGranted)
		stale.Version = 7
		h.Must(409, "sam", "PATCH", api.AccessPath(a.ID), stale, nil)
		until := h.Now().Add(2 * time.Hour)
		granted := to(api.AccessGranted)
		granted.Until = &until
		h.Must(200, "sam", "PATCH", api.AccessPath(a.ID), granted, &a)
		if !a.Until.Equal(until) {
			t.Errorf("it ends %v", a.Until)
		}
		h.Must(422, "sam", "PATCH", api.AccessPath(a.ID), to(api.AccessRefused), nil)
		h.Must(403, "dana", "POST", api.AccessUsesPath(a.ID), api.NewUse{Version: a.Version, Note: "not hers"}, nil)
		h.Must(201, "sam", "POST", api.AccessUsesPath(a.ID), api.NewUse{Version: a.Version, Note: "read the log"}, &a)
		if len(a.Uses) != 1 || a.Uses[0].By != "sam" || a.Uses[0].Note != "read the log" {
			t.Errorf("%+v", a.Uses)
		}
		h.Tx(func(ctx context.Context, tx *db.Tx) error {
			for range api.MaxUses - 1 {
				if _, err := tx.ExecContext(ctx, "INSERT INTO access_uses (access, used, staff, note) VALUES (?, 0, 'sam', 'again')", a.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if e := h.Must(409, "sam", "POST", api.AccessUsesPath(a.ID), api.NewUse{Version: a.Version, Note: "one more"}, nil); !strings.Contains(e.Message, "end it") {
			t.Errorf("one use too many: %s", e.Message)
		}
		h.Must(200, "dana", "PATCH", api.AccessPath(a.ID), to(api.AccessEnded), &a)
		if a.EndedBy != "dana" || a.Reason != "words" {
			t.Errorf("%+v", a)
		}
		h.Must(422, "sam", "PATCH", api.AccessPath(a.ID), to(api.AccessGranted), nil)
		if got := gatetest.Actions(h.Written()); got != strings.TrimSpace(strings.Repeat("access.changed entry.added ", 4)) {
			t.Errorf("the journal has %s", got)
		}
		steps := ""
		for _, e := range h.Entries(number) {
			if e.Public || e.Kind != api.EntryAccess || e.Ref == "" {
				t.Errorf("%+v", e)
			}
			for _, c := range e.Changes {
				steps += " " + c.To
			}
			if len(e.Changes) == 0 {
				steps += " used"
			}
		}
		if steps != " requested granted used ended" {
			t.Errorf("the ticket has%s", steps)
		}

		var second api.SystemAccess
		h.Must(201, "sam", "POST", api.PathAccesses, ask, &second)
		var list api.AccessList
		for query, want := range map[string]int{
			"": 2, "?open=1": 1, "?limit=1": 1, "?organisation=99": 0, "?before=1": 0, "?ticket=99": 0,
		} {
			h.Must(200, "sam", "GET", api.PathAccesses+query, nil, &list)
			if len(list.Accesses) != want {
				t.Errorf("%q lists %d", query, len(list.Accesses))
			}
		}
		h.Must(200, "sam", "GET", api.OrganisationPath(o.ID), nil, &o)
		if len(o.Accesses) != 1 || o.Accesses[0].ID != second.ID {
			t.Errorf("%+v", o.Accesses)
		}
		h.Must(409, "dana", "DELETE", api.OrganisationPath(o.ID)+"?version=1", nil, nil)
	})
}

func TestCheck(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Customers) {
		o, other := add(h, api.Organisation{Name: "Beispiel"}), add(h, api.Organisation{Name: "Other"})
		var anna api.Contact
		var site api.Installed
		h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "Anna"}, &anna)
		h.Must(201, "sam", "POST", api.InstallationsPath(o.ID), api.Installed{Product: "Lager"}, &site)
		for _, c := range []struct {
			ticket api.Ticket
			fine   bool
		}{
			{api.Ticket{}, true},
			{api.Ticket{Organisation: o.ID, Person: anna.ID, Installation: site.ID}, true},
			{api.Ticket{Organisation: 99}, false},
			{api.Ticket{Organisation: other.ID, Person: anna.ID}, false},
			{api.Ticket{Organisation: other.ID, Installation: site.ID}, false},
			{api.Ticket{Person: 99}, false},
		} {
			h.Tx(func(ctx context.Context, tx *db.Tx) error {
				if err := Check(ctx, tx, c.ticket); (err == nil) != c.fine {
					t.Errorf("%+v: %v", c.ticket, err)
				}
				return nil
			})
		}
	})
}
