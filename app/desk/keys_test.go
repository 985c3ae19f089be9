package desk

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store/board"
	"github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/people"
)

// program is a client with a key of these scopes.
func (h *house) program(scopes ...api.Scope) *client.Client {
	h.t.Helper()
	var made api.CreatedKey
	err := h.people.DB().Tx(h.t.Context(), func(tx *db.Tx) (err error) {
		made, err = people.AddKey(h.t.Context(), tx, api.NewKey{Name: "Other system", Scopes: scopes, Expires: h.clock.now().Add(time.Hour)}, "robin", h.clock.now())
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.client(made.Secret)
}

// TestHandOver does as a program what takes a case to another company's ticket
// system and back: it reads, writes the customer, their systems, the bug and its
// release, and nothing that is a person's own.
func TestHandOver(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	program := h.program(api.ScopeRead, api.ScopeWrite, api.ScopeUpload, api.ScopeCustomers, api.ScopeBugs)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	filed := h.ticket()
	n := filed.Ticket.Number

	o, err := program.SaveOrganisation(ctx, api.Organisation{Name: "Beispiel GmbH"})
	must(err)
	person, err := program.SaveContact(ctx, api.Contact{Organisation: o.ID, Name: "Anna Beispiel", Mail: "anna@beispiel.example"})
	must(err)
	site, err := program.SaveInstallation(ctx, api.Installed{Organisation: o.ID, Product: "Lager", ProductVersion: "4.1"})
	must(err)
	bug, err := program.SaveBug(ctx, api.Bug{Product: "Lager", Title: "It stops", Ref: "LAG-7"})
	must(err)
	bug.State, bug.FixedIn, bug.Workaround = api.BugFixed, "4.2", map[string]string{"en": "Start it again."}
	_, err = program.SaveBug(ctx, bug)
	must(err)
	_, err = program.SaveRelease(ctx, api.Release{Product: "Lager", Release: "4.2", Date: "2026-11-30", Fixes: []int64{bug.ID}})
	must(err)
	bug, err = program.LinkBug(ctx, bug.ID, n)
	must(err)
	if !slices.Equal(bug.Tickets, []int64{n}) {
		t.Errorf("the bug has tickets %v", bug.Tickets)
	}
	now, err := program.Ticket(ctx, n)
	must(err)
	queue := "other company"
	now, err = program.ChangeTicket(ctx, n, api.TicketChange{Version: now.Version, Queue: &queue, Organisation: &o.ID, Person: &person.ID, Installation: &site.ID})
	must(err)
	added, err := program.AddEntry(ctx, n, api.NewEntry{Kind: api.EntryNote, Text: "It is LAG-7 with us.", Public: true})
	must(err)
	if added.Entry.Name != "Other system" {
		t.Errorf("the customer sees %q write", added.Entry.Name)
	}
	_, err = program.Timeline(ctx, n, 0, 0, 10)
	must(err)
	for _, path := range []string{
		api.PathViews, api.PathBoard, api.PathNumbers, api.PathQueues, api.PathFilters, api.PathReleases, api.PathOrganisations,
		api.PathSearch + "?text=stops", api.PathArticles, api.CustomerPath(n), api.BugToldPath(bug.ID),
	} {
		if err := program.Call(ctx, http.MethodGet, path, nil, nil); err != nil {
			t.Errorf("GET %s: %v", path, err)
		}
	}
	now, err = program.Ticket(ctx, n)
	must(err)
	_, err = program.CloseTicket(ctx, n, api.CloseTicket{Version: now.Version, State: api.StateSolved, Cause: api.CausePatch, Solution: "4.2 is installed"})
	must(err)
}

// TestNoProgrammes proves what no key is shown, whatever its scopes: who gets
// into a customer's systems, and what is somebody's own.
func TestNoProgrammes(t *testing.T) {
	h := open(t)
	ctx, program := t.Context(), h.program(api.Scopes...)
	o, err := program.SaveOrganisation(ctx, api.Organisation{Name: "Beispiel GmbH"})
	if err != nil {
		t.Fatal(err)
	}
	err = h.people.DB().Tx(ctx, func(tx *db.Tx) error {
		if _, err := board.AddFilter(ctx, tx, api.Filter{Name: "sam's own", Owner: "sam"}); err != nil {
			return err
		}
		if err := customers.SetWays(ctx, tx, o.ID, api.Ways{Text: "VPN, then srv1", By: "sam"}); err != nil {
			return err
		}
		_, err := customers.RequestAccess(ctx, tx, api.SystemAccess{
			Organisation: o.ID, Why: "a look at srv1", Scope: "the log", By: "sam", For: []string{"sam"}, Requested: h.clock.now(), Until: h.clock.now().Add(time.Hour),
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if now, err := h.client(h.staff()).Organisation(ctx, o.ID); err != nil || len(now.Accesses) != 1 {
		t.Fatalf("staff see %d accesses, %v", len(now.Accesses), err)
	}
	path := api.OrganisationPath(o.ID)
	stale := []byte(`{"name": "Beispiel AG", "version": 99}`)
	for _, got := range []string{
		bodyOf(h.do("GET", path, program.Token(), nil)),
		bodyOf(h.do("PUT", path, program.Token(), stale, "Content-Type", "application/json")), // a conflict shows it as well
	} {
		if !strings.Contains(got, "Beispiel GmbH") || strings.Contains(got, "srv1") || strings.Contains(got, "ways_open\":true") {
			t.Errorf("a program is shown %s", got)
		}
	}
	filters, err := program.Filters(ctx)
	if err != nil || len(filters) != 0 {
		t.Errorf("a program is shown the filters %v, %v", filters, err)
	}
	views, err := program.Views(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range views.Views {
		if own := v.Key == api.ViewMine || v.Key == api.ViewTeam; own != v.None {
			t.Errorf("the view %s is none: %v", v.Key, v.None)
		}
	}
}

// bodyOf is a response's body.
func bodyOf(_ int, _ http.Header, body []byte) string { return string(body) }

// TestDrafts proves that an article which is not published is shown to a key
// that reads, and that one of another scope sees what everybody sees.
func TestDrafts(t *testing.T) {
	h := open(t)
	draft, err := h.knowledge.Add(t.Context(), api.Article{State: api.ArticleDraft, Title: "Printing", Body: "Turn it on.", Language: "en", By: "sam"}, api.Actor{Kind: api.ActorDesk})
	if err != nil {
		t.Fatal(err)
	}
	for _, scope := range api.Scopes {
		want := http.StatusNotFound
		if scope == api.ScopeRead {
			want = http.StatusOK
		}
		if got, _, _ := h.do("GET", api.ArticlePath(draft.ID), h.program(scope).Token(), nil); got != want {
			t.Errorf("%s: %d, want %d", scope, got, want)
		}
	}
}

// TestKeysDocumented holds the list of docs/api.md of what a key reaches to the
// table of endpoints, in both directions.
func TestKeysDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n## What a key reaches\n")
	section, _, _ := strings.Cut(rest, "\n## ")
	written := map[string]api.Scope{}
	row, endpoint := regexp.MustCompile("(?m)^\\| `([a-z]+)` \\|(.*)$"), regexp.MustCompile("`([A-Z, ]+) (/[^`]+)`")
	for _, r := range row.FindAllStringSubmatch(section, -1) {
		for _, e := range endpoint.FindAllStringSubmatch(r[2], -1) {
			for method := range strings.SplitSeq(e[1], ", ") {
				written[method+" "+api.Prefix+e[2]] = api.Scope(r[1])
			}
		}
	}
	for _, r := range open(t).routes {
		name := r.Method + " " + r.Path
		if written[name] != r.Scope {
			t.Errorf("%s: docs/api.md has scope %q, the table %q", name, written[name], r.Scope)
		}
		delete(written, name)
	}
	for name := range written {
		t.Errorf("docs/api.md has %s, which is no endpoint", name)
	}
}
