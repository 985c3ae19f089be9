package console_test

import (
	"fmt"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// evil is what somebody outside writes to run a script on whoever reads it.
const evil = `"'></textarea></title><img src="https://evil.example/x" onerror="window.pwned=1"><script>window.pwned=1</script><svg onload=window.pwned=1>{{.}}`

// seed fills the desk with something of everything, with more behind each text
// that comes from outside. It gives the pages that show it, for an administrator.
func (h *house) seed(more string) (paths []string) {
	h.t.Helper()
	ctx, now := h.t.Context(), time.Now()
	must := func(err error) {
		h.t.Helper()
		if err != nil {
			h.t.Fatal(err)
		}
	}
	say := func(s string) string { return s + more }
	house, err := h.admin.SaveOrganisation(ctx, api.Organisation{Name: say("Jansen Logistik"), Domains: []string{"example.com"}, Language: "de", Contract: say("Gold, 8 bis 18 Uhr")})
	must(err)
	person, err := h.admin.SaveContact(ctx, api.Contact{Organisation: house.ID, Name: say("Ümit Jansen"), Mail: "uj@example.com", Phone: "+49 40 1234", Company: say("Systemhaus"), Roles: []api.ContactRole{api.ContactKeyUser}})
	must(err)
	_, err = h.admin.SaveInstallation(ctx, api.Installed{Organisation: house.ID, Product: say("Ledger"), ProductVersion: "4.2.1", Where: say("Produktion"), Note: say("Halle 3")})
	must(err)
	_, err = h.admin.SaveWays(ctx, house.ID, api.Ways{Text: say("VPN, dann RDP.")})
	must(err)
	made := h.file(api.NewTicket{
		Title: say("Lieferscheine werden doppelt gedruckt"), Description: say("Seit heute früh druckt jeder Lieferschein zweimal.\nSiehe https://example.com/hilfe."),
		Product: say("Ledger"), ProductVersion: "4.2.1", Module: say("Versand"), Priority: api.High, Name: say("Ümit Jansen"), Contact: say("uj@example.com"), Language: "de",
		Impact: api.ImpactMany, Answers: []api.Answer{{Question: "since", Label: say("Seit wann?"), Text: say("Seit Montag")}}, Signs: []string{say("ORA-00942: table or view does not exist")},
		Findings: []string{"printer.twice"}, Critical: []api.CriticalDate{{From: "2026-11-30", To: "2026-12-01", Why: say("Monatsabschluss")}},
	})
	n := made.Ticket.Number
	customer := h.client(made.Token)
	_, err = customer.AddEntry(ctx, n, api.NewEntry{Kind: api.EntryNote, Public: true, Text: say("Der Drucker blinkt jetzt.")})
	must(err)
	for _, e := range []api.NewEntry{
		{Kind: api.EntryNote, Public: true, Text: say("Wir sehen uns das an."), Minutes: 15},
		{Kind: api.EntryNote, Text: say("@robin kennst du das?")},
		{Kind: api.EntryCall, Text: say("Hat angerufen, drängt.")},
	} {
		_, err = h.staff.AddEntry(ctx, n, e)
		must(err)
	}
	_, err = h.staff.AskForMissing(ctx, n, api.Request{})
	must(err)
	t, err := h.staff.Ticket(ctx, n)
	must(err)
	due := now.AddDate(0, 0, 1)
	change := api.TicketChange{
		Version: t.Version, Owner: new("sam"), Queue: new(say("Versand")), Urgency: &api.SetUrgency{Priority: api.Critical, Reason: say("Buchungstag")},
		State: new(api.StateWaitingThird), WaitingFor: new(say("Example Hosting")), Escalate: new(say("Drei Tage ohne Antwort")),
		Promises: &[]api.Promise{{What: api.PromiseFix, Due: due, By: "sam"}}, Plan: &[]api.Step{{Text: say("Warteschlange prüfen"), Owner: "sam", Due: "2026-11-24"}},
		Organisation: &house.ID, Person: &person.ID, Watchers: &[]string{"robin"},
	}
	for _, err = h.admin.ChangeTicket(ctx, n, change); client.KindOf(err) == api.KindConflict; _, err = h.admin.ChangeTicket(ctx, n, change) {
		t, err = h.staff.Ticket(ctx, n) // the desk has recognised the customer meanwhile
		must(err)
		change.Version = t.Version
	}
	must(err)
	bug, err := h.admin.SaveBug(ctx, api.Bug{
		Product: say("Ledger"), Title: say("Spooler druckt zweimal"), Description: say("Zwei Prozesse rennen."), State: api.BugFixed, FixedIn: "4.2.2", Ref: say("L-17"),
		Workaround: map[string]string{"de": say("Spooler neu starten.")},
	})
	must(err)
	_, err = h.staff.LinkBug(ctx, bug.ID, n)
	must(err)
	_, err = h.admin.SaveRelease(ctx, api.Release{Product: say("Ledger"), Release: "4.2.2", Date: "2026-11-20", Notes: map[string]string{"de": say("Druckt einmal.")}, Fixes: []int64{bug.ID}})
	must(err)
	access, err := h.staff.RequestAccess(ctx, api.NewAccess{Organisation: house.ID, Ticket: n, Why: say("Spooler"), Scope: say("Spooler ansehen"), Until: now.AddDate(0, 0, 3)})
	must(err)
	_, err = h.staff.SaveFilter(ctx, api.Filter{Name: say("Kritisch"), Query: api.TicketQuery{Priorities: []api.Priority{api.Critical}}, Shared: true})
	must(err)
	queues, err := h.admin.Queues(ctx)
	must(err)
	for _, q := range queues {
		_, err = h.admin.SetQueue(ctx, q.Name, api.SetQueue{Version: q.Version, Members: []string{"sam", "robin"}})
		must(err)
	}
	must(h.admin.Call(ctx, http.MethodPost, api.PathKeys, api.NewKey{Name: say("Überwachung"), Scopes: []api.Scope{api.ScopeIntake}, Expires: now.AddDate(0, 1, 0)}, nil))
	var article api.Article
	markdown := "# Ursache\n\nDer *Spooler* und eine Zeile Text. [Mehr](https://example.com) ![](https://evil.example/x.png) [x](javascript:alert(1))\n\n" + more
	must(h.admin.Call(ctx, http.MethodPost, api.PathArticles, api.NewArticle{Title: say("Doppelter Druck"), Body: markdown, Product: "Ledger", Language: "de"}, &article))
	must(h.admin.Call(ctx, http.MethodPatch, api.ArticlePath(article.ID), api.ArticleChange{Version: article.Version, State: new(api.ArticlePublished), Note: say("geprüft")}, &article))
	var leaf api.Page
	must(h.admin.Call(ctx, http.MethodPut, api.PathPages, api.NewPage{
		Product: "Ledger", Language: "de", Path: "druck.html", Text: "<title>" + "Drucken" + "</title><h1 onclick=alert(1)>Drucken</h1><p style='position:fixed'>Belege " + more + "</p><iframe src=https://evil.example></iframe><a href='javascript:alert(1)'>x</a>",
	}, &leaf))
	hook, err := h.admin.CreateHook(ctx, api.Hook{Name: say("Chat"), URL: "https://hooks.example.com/x", Actions: []string{"ticket.filed"}})
	must(err)
	closed, err := h.staff.Ticket(ctx, 1)
	must(err)
	_, err = h.staff.CloseTicket(ctx, 1, api.CloseTicket{Version: closed.Version, State: api.StateSolved, Cause: api.CausePatch, Solution: say("Patch einspielen."), Tried: say("Treiber"), FirstCheck: true})
	must(err)
	h.rich = made
	return []string{
		"/desk/", "/desk/?all=1", "/desk/?view=escalated", "/desk/?text=doppelt", h.path(""), fmt.Sprintf("/desk/tickets/%d", n), "/desk/new", fmt.Sprintf("/desk/new?parent=%d", n),
		"/desk/mails", "/desk/mails?state=waiting", "/desk/board", "/desk/board?by=owner", "/desk/numbers",
		"/desk/organisations", "/desk/organisations/new", fmt.Sprintf("/desk/organisations/%d", house.ID), fmt.Sprintf("/desk/organisations/%d/ways", house.ID), fmt.Sprintf("/desk/accesses/%d", access.ID),
		"/desk/bugs", "/desk/bugs/new", fmt.Sprintf("/desk/bugs/new?ticket=%d", n), fmt.Sprintf("/desk/bugs/%d", bug.ID), "/desk/releases",
		"/desk/articles", "/desk/articles/new", fmt.Sprintf("/desk/articles/%d", article.ID), fmt.Sprintf("/desk/articles/%d/edit", article.ID), "/desk/handbook", fmt.Sprintf("/desk/handbook/%d", leaf.ID),
		"/desk/search?text=Lieferscheine", "/desk/hooks", fmt.Sprintf("/desk/hooks/%d", hook.Hook.ID), "/desk/journal", fmt.Sprintf("/my/articles/%d", article.ID), fmt.Sprintf("/my/handbook/%d", leaf.ID), "/desk/people", "/desk/people/sam", "/desk/queues", "/desk/keys", "/desk/erase", "/desk/me",
		"/my/", "/my/new", "/my/new?kind=wish", fmt.Sprintf("/my/tickets/%d", n), "/my/tickets/1", "/my/link/nothing", "/desk/nothing",
	}
}
