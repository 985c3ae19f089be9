package knowledge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

var day = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// desk is one whose knowledge is tested.
type desk struct {
	*testing.T
	*Knowledge
	d   *db.DB
	now time.Time
}

type logs struct{ testing.TB }

func (l logs) Printf(format string, args ...any) { l.Logf(format, args...) }

func open(t *testing.T, d *db.DB) *desk {
	k := &desk{T: t, d: d, now: day}
	k.Knowledge = New(Config{DB: d, Now: func() time.Time { return k.now }, Log: logs{t}})
	return k
}

// Callers.
var (
	sam   = gate.Caller{Staff: &people.Staff{Name: "sam", DisplayName: "Sam", Roles: []api.Role{api.RoleStaff}}}
	robin = gate.Caller{Staff: &people.Staff{Name: "robin", DisplayName: "Robin", Roles: []api.Role{api.RoleEditor}}}
)

// ask asks an endpoint, and reads its answer into out; it gives the status.
func (k *desk) ask(c gate.Caller, method, path string, in, out any) int {
	k.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		k.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, r := range k.Routes() {
		mux.HandleFunc(r.Method+" "+r.Path, func(w http.ResponseWriter, req *http.Request) {
			if err := r.Handle(w, req, c); err != nil {
				ref := reply.To(err)
				if ref.Status >= 500 {
					k.Errorf("%s %s: %v", method, path, err)
				}
				if err := reply.JSON(w, ref.Status, ref.Body); err != nil {
					k.Error(err)
				}
			}
		})
	}
	req := httptest.NewRequest(method, path, bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, req)
	if out != nil {
		if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
			k.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
	}
	return w.Code
}

// catch brings the index to what is there.
func (k *desk) catch(docs ...int64) {
	k.Helper()
	err := k.d.Tx(k.Context(), func(tx *db.Tx) error { return k.index.Due(k.Context(), tx, docs...) })
	if err == nil {
		err = k.index.Catch(k.Context())
	}
	if err != nil {
		k.Fatal(err)
	}
}

// file keeps a ticket, and gives its number.
func (k *desk) file(t api.NewTicket) int64 {
	k.Helper()
	t.ID = fmt.Sprint(t.Title, t.Description, t.Product)
	if t.Priority == "" {
		t.Priority = api.Normal
	}
	var n int64
	err := k.d.Tx(k.Context(), func(tx *db.Tx) (err error) {
		n, _, err = tickets.File(k.Context(), tx, tickets.Filing{NewTicket: t}, k.now)
		return err
	})
	if err != nil {
		k.Fatal(err)
	}
	k.catch(search.Tickets.Doc(n))
	return n
}

// end closes a ticket, as the journal is told.
func (k *desk) end(n int64, c api.Closing) {
	k.Helper()
	err := k.d.Tx(k.Context(), func(tx *db.Tx) error {
		t, err := tickets.Read(k.Context(), tx, n)
		if err != nil {
			return err
		}
		t.State, t.Closing, c.At = api.StateClosed, &c, k.now
		return errors.Join(tickets.Write(k.Context(), tx, &t, k.now), k.learned(k.Context(), tx, journal.Entry{Action: "ticket.closed", Ticket: n}))
	})
	if err != nil {
		k.Fatal(err)
	}
	k.catch(search.Tickets.Doc(n))
}

func refs(list api.MatchList) string {
	var all []string
	for _, m := range list.Matches {
		all = append(all, m.Ref)
	}
	return strings.Join(all, " ")
}

func (k *desk) execute(query string, args ...any) {
	k.Helper()
	if err := k.d.Tx(k.Context(), func(tx *db.Tx) error { _, err := tx.ExecContext(k.Context(), query, args...); return err }); err != nil {
		k.Fatal(err)
	}
}

func TestSimilar(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		k.execute("INSERT INTO staff (name, display_name, password, created) VALUES ('sam', 'Sam Support', '', 0)")
		one := k.file(api.NewTicket{Title: "Lieferschein wird nicht gedruckt", Description: "Beim Drucken kommt ein Fehler, dann nichts.", Product: "Ledger", Language: "de", Signs: []string{"# ERROR ORA-# table or view does not exist", "ORA-00942"}})
		other := k.file(api.NewTicket{Title: "Passwort vergessen", Description: "Ich komme nicht hinein.", Product: "Ledger", Language: "de"})
		k.end(one, api.Closing{Cause: api.CausePatch, Solution: "Patch 24.2.1 einspielen", By: "sam", FirstCheck: true})
		mine := k.file(api.NewTicket{Title: "Lieferscheindruck geht nicht", Description: "2026-11-20 10:00:00 ERROR ORA-00942 table or view does not exist", Product: "Ledger", Language: "de"})

		var list api.MatchList
		c := sam
		c.Number = mine
		if code := k.ask(c, "GET", api.SimilarPath(mine), nil, &list); code != 200 {
			t.Fatal(code)
		}
		if len(list.Matches) == 0 || list.Matches[0].Ref != fmt.Sprintf("ticket/%d", one) {
			t.Fatalf("%s, want ticket %d first", refs(list), one)
		}
		m := list.Matches[0]
		if m.Solution != "Patch 24.2.1 einspielen" || m.State != api.StateClosed || m.Cause != api.CausePatch || m.Strength < 30 || len(m.Hits) == 0 || !m.Hits[0].Sign {
			t.Errorf("%+v", m)
		}
		for _, mark := range m.Marks {
			if r := []rune(m.Excerpt); mark.From < 0 || mark.To <= mark.From || mark.To > len(r) {
				t.Errorf("mark %+v in %q", mark, m.Excerpt)
			}
		}
		if strings.Contains(refs(list), fmt.Sprint("ticket/", other)) || strings.Contains(refs(list), fmt.Sprint("ticket/", mine)) {
			t.Errorf("%s has what is not similar, or itself", refs(list))
		}
		if !slices.Equal(list.Solvers, []string{"Sam Support"}) {
			t.Errorf("solvers %q", list.Solvers)
		}
		// Its customer sees what is published, and of that there is nothing.
		if code := k.ask(gate.Caller{Ticket: mine, Number: mine}, "GET", api.SimilarPath(mine), nil, &list); code != 200 || len(list.Matches) != 0 {
			t.Errorf("%d: %s", code, refs(list))
		}
	})
}

// TestSimilarBug: a bug that customers were told nothing of yet is found by its own
// words alone, also when all of it is in the posts.
func TestSimilarBug(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		k.execute(`INSERT INTO bugs (version, product, folded, module, title, search, description, ref, state, since, fixed_in, workaround, fix, created, updated)
			VALUES (1, 'Ledger', 'ledger', '', 'ORA-00942 beim Drucken der Lieferscheine', '', '', '', 'fixed', '', '4.10', '', '', 0, 0)`)
		k.catch(search.Bugs.Doc(1), search.PublicBugs.Doc(1))
		if err := k.index.Merge(t.Context()); err != nil {
			t.Fatal(err)
		}
		again := open(t, d) // which has nothing in memory
		q := api.SimilarQuery{Title: "Beim Drucken der Lieferscheine kommt ORA-00942", Product: "Ledger", Language: "de"}
		list, err := again.Similar(t.Context(), q, []search.Room{search.Bugs}, 0)
		if err != nil || refs(list) != "bug/1" || list.Matches[0].Strength < 60 || list.Solvers != nil {
			t.Errorf("%+v %v", list, err)
		}
		if list, err := again.Similar(t.Context(), q, search.Outside, 0); err != nil || refs(list) != "" {
			t.Errorf("everybody sees %s %v", refs(list), err)
		}
	})
}

func TestDraftToPublished(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		n := k.file(api.NewTicket{Title: "Anna Beispiel kann nicht drucken", Name: "Anna Beispiel", Description: "x", Product: "Ledger", ProductVersion: "24.1", Language: "de"})
		k.end(n, api.Closing{Cause: api.CauseConfiguration, Solution: "Bei Frau Beispiel den Druckertreiber erneuern. Danach neu anmelden.", Tried: "Anruf unter +49 30 1234567, anna@example.com", By: "sam"})
		var drafts api.ArticleList
		if code := k.ask(sam, "GET", api.PathArticles+"?states=draft", nil, &drafts); code != 200 || len(drafts.Articles) != 1 {
			t.Fatalf("%d, %d drafts", code, len(drafts.Articles))
		}
		id := drafts.Articles[0].ID
		var a api.Article
		k.ask(sam, "GET", api.ArticlePath(id), nil, &a)
		if a.Ticket != n || a.Product != "Ledger" || a.Language != "de" || a.Cause != api.CauseConfiguration || len(a.Check) != 4 {
			t.Errorf("%+v", a)
		}
		for _, personal := range []string{"Beispiel", "Anna", "1234567", "example.com"} {
			if strings.Contains(a.Title+a.Body, personal) {
				t.Errorf("%q is in the draft: %q %q", personal, a.Title, a.Body)
			}
		}
		if !strings.Contains(a.HTML, "Druckertreiber") || !strings.Contains(a.HTML, "<h2") {
			t.Errorf("%s", a.HTML)
		}
		// Nobody but staff sees a draft, nobody but an editor publishes.
		nobody := gate.Caller{}
		if code := k.ask(nobody, "GET", api.ArticlePath(id), nil, nil); code != 404 {
			t.Errorf("a draft is shown: %d", code)
		}
		published, title := api.ArticlePublished, "Drucken geht nicht: Treiber erneuern"
		change := api.ArticleChange{Version: a.Version, State: &published, Title: &title, Note: "geprüft"}
		if code := k.ask(sam, "PATCH", api.ArticlePath(id), change, nil); code != 403 {
			t.Errorf("a supporter publishes: %d", code)
		}
		ask := api.SimilarQuery{Title: "Ich kann nicht drucken", Language: "de"}
		var list api.MatchList
		k.catch()
		if k.ask(nobody, "POST", api.PathSimilarTo, ask, &list); len(list.Matches) != 0 {
			t.Errorf("found %s before it is published", refs(list))
		}
		a = api.Article{}
		if code := k.ask(robin, "PATCH", api.ArticlePath(id), change, &a); code != 200 || a.State != published || a.Check != nil {
			t.Fatalf("%d: %+v", code, a)
		}
		var refused api.Error
		if code := k.ask(robin, "PATCH", api.ArticlePath(id), change, &refused); code != 409 || !strings.Contains(string(refused.Current), title) {
			t.Errorf("a stale change: %d %s", code, refused.Current)
		}
		k.catch()
		if k.ask(nobody, "POST", api.PathSimilarTo, ask, &list); refs(list) != fmt.Sprintf("article/%d", id) || list.Solvers != nil {
			t.Errorf("found %s %q", refs(list), list.Solvers)
		}
		if code := k.ask(nobody, "GET", api.ArticlePath(id), nil, &a); code != 200 {
			t.Error(code)
		}
		var h api.ArticleHistory
		k.ask(sam, "GET", api.ArticleHistoryPath(id), nil, &h)
		if len(h.Versions) != 2 || h.Versions[0].Note != "geprüft" || h.Versions[0].By != "robin" || h.Versions[1].State != api.ArticleDraft {
			t.Errorf("%+v", h)
		}
		// Withdrawn, nobody finds it.
		withdrawn := api.ArticleWithdrawn
		if code := k.ask(robin, "PATCH", api.ArticlePath(id), api.ArticleChange{Version: 2, State: &withdrawn}, nil); code != 200 {
			t.Error(code)
		}
		k.catch()
		if k.ask(nobody, "POST", api.PathSimilarTo, ask, &list); len(list.Matches) != 0 {
			t.Errorf("found %s after it was withdrawn", refs(list))
		}
		// What the case becomes later does not touch what people have edited.
		k.end(n, api.Closing{Cause: api.CauseFault, Solution: "Etwas anderes", By: "sam"})
		if k.ask(sam, "GET", api.ArticlePath(id), nil, &a); a.Title != title || a.Version != 3 {
			t.Errorf("%+v", a)
		}
	})
}

// written is a journal that only remembers.
type written []string

func (w *written) Write(_ context.Context, _ *db.Tx, _ time.Time, by api.Actor, ticket int64, action, subject string, _ any) error {
	*w = append(*w, fmt.Sprintf("%s %s %s of %d", by.Kind, action, subject, ticket))
	return nil
}
func (*written) Kick() {}

// TestDraftFollows: a draft that nobody has changed is what its case says now, the
// cause too, and the journal has every writing of it.
func TestDraftFollows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		var said written
		k.cfg.Journal = &said
		n := k.file(api.NewTicket{Title: "Lieferschein", Product: "Ledger", Language: "de"})
		k.end(n, api.Closing{Cause: api.CausePatch, Solution: "Patch einspielen", By: "sam"})
		k.end(n, api.Closing{Cause: api.CauseHandling, Solution: "Anders bedienen", By: "sam"})
		var drafts api.ArticleList
		if code := k.ask(sam, "GET", api.PathArticles+"?states=draft", nil, &drafts); code != 200 || len(drafts.Articles) != 1 {
			t.Fatalf("%d, %d drafts", code, len(drafts.Articles))
		}
		a := drafts.Articles[0]
		if a.Title != "Anders bedienen" || a.Cause != api.CauseHandling {
			t.Errorf("%+v", a)
		}
		want := []string{fmt.Sprintf("desk article.written article/%d of %d", a.ID, n), fmt.Sprintf("desk article.changed article/%d of %d", a.ID, n)}
		if !slices.Equal(said, want) {
			t.Errorf("the journal has %q", said)
		}
		for name, c := range map[string]struct {
			ticket int64
			code   int
		}{"of a case that has one": {n, 409}, "of no case": {n + 1, 422}, "of a case below all": {-1, 422}, "of its own": {0, 201}} {
			if code := k.ask(sam, "POST", api.PathArticles, api.NewArticle{Title: "x", Body: "x", Language: "de", Ticket: c.ticket}, nil); code != c.code {
				t.Errorf("an article %s: %d", name, code)
			}
		}
	})
}

// TestErasedDraft: what a draft was found by goes with the person of its case.
func TestErasedDraft(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		n := k.file(api.NewTicket{Title: "Lieferschein", Product: "Ledger", Language: "de"})
		k.end(n, api.Closing{Cause: api.CausePatch, Solution: "Geheimwort einspielen", By: "sam"})
		follow := func(action string, to func(context.Context, *db.Tx, journal.Entry) error) {
			t.Helper()
			if err := d.Tx(t.Context(), func(tx *db.Tx) error {
				return to(t.Context(), tx, journal.Entry{Action: action, Ticket: n, Subject: fmt.Sprint("ticket/", n)})
			}); err != nil {
				t.Fatal(err)
			}
			k.catch()
		}
		drafts := func() (count int) {
			if err := d.QueryRowContext(t.Context(), "SELECT count(*) FROM search_docs WHERE doc >= ? AND doc < ?", search.Drafts.Doc(0), search.Articles.Doc(0)).Scan(&count); err != nil {
				t.Fatal(err)
			}
			return count
		}
		follow("ticket.closed", k.learned)
		if n := drafts(); n != 1 {
			t.Fatalf("%d drafts", n)
		}
		k.execute("DELETE FROM articles")
		follow("person.deleted", k.changed)
		if err := k.index.Merge(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := drafts(); n != 0 {
			t.Errorf("%d drafts are in the index after their articles", n)
		}
	})
}

func TestOutcomes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		var a, b api.Article
		k.ask(robin, "POST", api.PathArticles, api.NewArticle{Title: "Drucken", Body: "Gerät einschalten", Language: "de"}, &a)
		k.ask(robin, "POST", api.PathArticles, api.NewArticle{Title: "Drucken", Body: "Gerät einschalten", Language: "de"}, &b)
		nobody := gate.Caller{}
		ref := fmt.Sprintf("article/%d", a.ID)
		if code := k.ask(nobody, "POST", api.PathHelped, api.Helped{Ref: ref}, nil); code != 404 {
			t.Errorf("a draft has helped: %d", code)
		}
		published := api.ArticlePublished
		for _, one := range []api.Article{a, b} {
			if code := k.ask(robin, "PATCH", api.ArticlePath(one.ID), api.ArticleChange{Version: 1, State: &published}, nil); code != 200 {
				t.Fatal(code)
			}
		}
		var list api.MatchList
		ask := api.SimilarQuery{Title: "drucken"}
		k.catch()
		if k.ask(nobody, "POST", api.PathSimilarTo, ask, &list); refs(list) != fmt.Sprintf("article/%d article/%d", b.ID, a.ID) {
			t.Errorf("the newer first: %s", refs(list))
		}
		for _, wrong := range []string{"", "article/0", "ticket/1", "article/99", "page/1#x", "article/1#x"} {
			if code := k.ask(nobody, "POST", api.PathHelped, api.Helped{Ref: wrong}, nil); code != 404 && code != 422 {
				t.Errorf("%q: %d", wrong, code)
			}
		}
		if code := k.ask(nobody, "POST", api.PathHelped, api.Helped{Ref: ref}, nil); code != 204 {
			t.Error(code)
		}
		n := k.file(api.NewTicket{Title: "Toner", Language: "de"})
		k.end(n, api.Closing{Solution: "Toner tauschen", Cause: api.CauseHandling, FirstCheck: true, Helped: ref})
		k.end(n, api.Closing{Solution: "Toner tauschen", Cause: api.CauseHandling, FirstCheck: true, Helped: ref}) // once each
		m := k.file(api.NewTicket{Title: "Maus", Language: "de"})
		k.end(m, api.Closing{Solution: "Neue Maus", Cause: api.CauseHandling, Helped: "nonsense"})
		var o api.Outcomes
		if code := k.ask(sam, "GET", api.PathOutcomes, nil, &o); code != 200 || o.Closed != 2 || o.FirstCheck != 1 || o.WithMatch != 1 || o.Unsent != 1 {
			t.Errorf("%d: %+v", code, o)
		}
		if len(o.Best) != 1 || o.Best[0].Ref != ref || o.Best[0].Helped != 2 {
			t.Errorf("%+v", o.Best)
		}
		k.catch()
		if k.ask(nobody, "POST", api.PathSimilarTo, ask, &list); refs(list) != fmt.Sprintf("article/%d article/%d", a.ID, b.ID) {
			t.Errorf("the one that helped first: %s", refs(list))
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return k.learned(t.Context(), tx, journal.Entry{Action: "ticket.reopened", Ticket: n})
		}); err != nil {
			t.Fatal(err)
		}
		if k.ask(sam, "GET", api.PathOutcomes+"?from=2026-11-20&to=2026-11-21", nil, &o); o.Closed != 1 || o.Unsent != 1 {
			t.Errorf("%+v", o)
		}
		if k.ask(sam, "GET", api.PathOutcomes+"?from=2026-10-01&to=2026-11-01", nil, &o); o.Closed != 0 || o.Unsent != 0 {
			t.Errorf("%+v", o)
		}
	})
}

func TestHandbook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		put := func(path, text string) (p api.Page) {
			t.Helper()
			if code := k.ask(robin, "PUT", api.PathPages, api.NewPage{Product: "Ledger", Version: "24.2", Language: "de", Path: path, Text: text}, &p); code != 200 {
				t.Fatalf("%s: %d", path, code)
			}
			return p
		}
		p := put("lager/buchen.md", "# Buchen\n\nSo wird gebucht, siehe [Etiketten](../druck.md#etiketten).\n\n## Stornieren\n\nEine Buchung wird storniert.")
		q := put("druck.md", "# Drucken\n\n## Etiketten\n\nEtiketten werden einzeln gedruckt.")
		k.catch()
		var list api.MatchList
		if k.ask(gate.Caller{}, "POST", api.PathSimilarTo, api.SimilarQuery{Title: "Wie storniere ich Buchungen?", Language: "de"}, &list); len(list.Matches) == 0 || list.Matches[0].Ref != fmt.Sprintf("page/%d#s-stornieren", p.ID) {
			t.Fatalf("found %s", refs(list))
		}
		if m := list.Matches[0]; m.Number != p.ID || m.Anchor != "s-stornieren" || m.Title != "Buchen – Stornieren" || m.Version != "24.2" {
			t.Errorf("%+v", m)
		}
		var shown api.Page
		if k.ask(gate.Caller{}, "GET", api.PagePath(p.ID), nil, &shown); !strings.Contains(shown.HTML, fmt.Sprintf(`href="%d#s-etiketten"`, q.ID)) || len(shown.Sections) != 2 {
			t.Errorf("%+v", shown)
		}
		// The same again changes nothing; another text keeps what is still there.
		again := put("druck.md", "# Drucken\n\n## Etiketten\n\nEtiketten werden einzeln gedruckt.")
		if again.ID != q.ID {
			t.Errorf("%+v", again)
		}
		put("lager/buchen.md", "# Buchen\n\nNeu.")
		k.catch()
		if k.ask(gate.Caller{}, "POST", api.PathSimilarTo, api.SimilarQuery{Title: "stornieren"}, &list); len(list.Matches) != 0 {
			t.Errorf("found %s", refs(list))
		}
		var pages api.PageList
		if k.ask(sam, "GET", api.PathPages+"?product=Ledger&limit=1", nil, &pages); len(pages.Pages) != 1 || !pages.More || pages.Pages[0].HTML != "" {
			t.Errorf("%+v", pages)
		}
		if code := k.ask(robin, "DELETE", api.PagePath(q.ID), nil, nil); code != 204 {
			t.Error(code)
		}
		k.catch()
		if k.ask(sam, "GET", api.PathSearch+"?text=Etiketten&kinds=page", nil, &list); len(list.Matches) != 0 {
			t.Errorf("found %s", refs(list))
		}
		for path, text := range map[string]string{"../x.md": "x", "/x.md": "x", "x.pdf": "x", "a//b.md": "x", "n.md": "a\x00b", "l.md": strings.Repeat("a", api.MaxPage+1)} {
			if code := k.ask(robin, "PUT", api.PathPages, api.NewPage{Product: "Ledger", Language: "de", Path: path, Text: text}, nil); code != 422 {
				t.Errorf("%s: %d", path, code)
			}
		}
	})
}

func TestSearchFilters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := open(t, d)
		one := k.file(api.NewTicket{Title: "Drucker", Product: "Ledger", ProductVersion: "24.2", Language: "de"})
		two := k.file(api.NewTicket{Title: "Drucker", Product: "Portal", Language: "en"})
		k.execute("INSERT INTO entries (ticket, written, kind, public, author, body) VALUES (?, 1, 'note', 0, 'sam', 'Tintenstand geprüft')", two)
		k.execute(`INSERT INTO bugs (version, product, folded, module, title, search, description, ref, state, since, fixed_in, workaround, fix, created, updated)
			VALUES (1, 'Ledger', 'ledger', 'print', 'Spooler hangs', '', 'internal words', 'L-77', 'open', '24.1', '24.3', '{"de":"Drucker neu starten","en":"Restart the printer"}', '', 1, 1)`)
		for _, e := range []journal.Entry{{Ticket: two, Action: "entry.added", Subject: fmt.Sprint("ticket/", two)}, {Action: "bug.changed", Subject: "bug/1"}, {Action: "staff.changed", Subject: "staff/sam"}} {
			if err := d.Tx(t.Context(), func(tx *db.Tx) error { return k.changed(t.Context(), tx, e) }); err != nil {
				t.Fatal(err)
			}
		}
		k.catch()
		for query, want := range map[string]string{
			"text=Drucker&product=ledger":              fmt.Sprintf("ticket/%d bug/1", one),
			"text=Drucker&product=Ledger&version=24.2": fmt.Sprintf("ticket/%d", one),
			"text=Drucker&language=en":                 fmt.Sprintf("ticket/%d", two),
			"text=Drucker&kinds=bug":                   "bug/1",
			"text=Tintenst&typing=1":                   fmt.Sprintf("ticket/%d", two),
			"text=L-77":                                "bug/1",
			"text=Drucker&kinds=article&kinds=page":    "",
			"text=":                                    "",
		} {
			var list api.MatchList
			if code := k.ask(sam, "GET", api.PathSearch+"?"+query, nil, &list); code != 200 || refs(list) != want {
				t.Errorf("%s: %d %q, want %q", query, code, refs(list), want)
			}
		}
		for _, wrong := range []string{"kinds=staff", "limit=51", "limit=x", "text=" + strings.Repeat("a", api.MaxQuery+1)} {
			if code := k.ask(sam, "GET", api.PathSearch+"?"+wrong, nil, nil); code != 400 {
				t.Errorf("%s: %d", wrong, code)
			}
		}
		// Customers are told of a bug what is meant for them, in their language.
		var list api.MatchList
		k.ask(gate.Caller{}, "POST", api.PathSimilarTo, api.SimilarQuery{Title: "Drucker", Language: "de-AT"}, &list)
		if refs(list) != "bug/1" || list.Matches[0].Solution != "Drucker neu starten" || list.Matches[0].Title != "Drucker neu starten" {
			t.Errorf("%+v", list)
		}
		if k.ask(gate.Caller{}, "POST", api.PathSimilarTo, api.SimilarQuery{Title: "Spooler internal"}, &list); len(list.Matches) != 0 {
			t.Errorf("what is for the team is found: %+v", list)
		}
	})
}

func TestRunFollowsJournal(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	j, err := journal.New(t.Context(), journal.Config{DB: d, Log: logs{t}})
	if err != nil {
		t.Fatal(err)
	}
	k := open(t, d)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{}, 2)
	go func() { j.Run(ctx); done <- struct{}{} }()
	go func() { k.Knowledge.Run(ctx, j); done <- struct{}{} }()
	defer func() { stop(); <-done; <-done }()
	err = d.Tx(ctx, func(tx *db.Tx) error {
		n, _, err := tickets.File(ctx, tx, tickets.Filing{NewTicket: api.NewTicket{ID: "x", Title: "Drucker", Priority: api.Normal}}, k.now)
		if err != nil {
			return err
		}
		return journal.Write(ctx, tx, journal.Entry{Actor: api.Actor{Kind: api.ActorCustomer}, Ticket: n, Action: "ticket.filed", Subject: fmt.Sprint("ticket/", n)})
	})
	if err != nil {
		t.Fatal(err)
	}
	j.Kick()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(20 * time.Second); ; <-look.C {
		list, err := k.index.Numbers(ctx, "Drucker", 0, 5)
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("found %v, %v", list, err)
		}
		if len(list) == 1 {
			return
		}
	}
}
