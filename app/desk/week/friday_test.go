package week

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
)

// friday closes what it can, hears from customers, and keeps what was learnt.
func friday(h *house) {
	h.t.Helper()
	h.each(80, func(i int) error { return h.solve(150+i, i) })
	h.each(10, func(i int) error { return h.refuse(150 + i) })
	h.each(20, func(i int) error { return h.confirm(160 + i) })
	h.each(10, func(i int) error { return h.ownSolution(230 + i) })
	h.learn()
}

// solutions are what was found out, a word of each being its own.
var solutions = []string{
	"Restart the spooler of the label printer", "Choose the right fiscal calendar", "Set the tariff table to Zurich", "Install patch quartz", "Ask the maker of the forklift terminal",
}

// solve offers a solution. All causes come up, some at the first check.
func (h *house) solve(i, n int) error {
	k := h.book.reports[i]
	t, err := h.staff[k.owner].Ticket(h.t.Context(), k.number)
	if err != nil {
		return err
	}
	c := api.CloseTicket{Version: t.Version, State: api.StateSolved, Cause: api.Causes[n%5], Solution: solutions[n%5] + ".", Tried: "Waiting.", FirstCheck: n%4 == 0}
	if _, err = h.staff[k.owner].CloseTicket(h.t.Context(), k.number, c); err != nil {
		return err
	}
	k.state, k.cause, k.first = api.StateSolved, c.Cause, c.FirstCheck
	_, err = h.staff[k.owner].CloseTicket(h.t.Context(), k.number, c)
	h.refused("closed twice from one page", err, api.KindConflict)
	return nil
}

// refuse is a customer whom it does not help, and who has to say why.
func (h *house) refuse(i int) error {
	k := h.book.reports[i]
	customer := h.client(k.token, i)
	_, err := customer.TellSolution(h.t.Context(), k.number, api.OwnSolution{Reopen: true})
	h.refused("opened again without a word", err, api.KindInvalid)
	t, err := customer.TellSolution(h.t.Context(), k.number, api.OwnSolution{Reopen: true, Feedback: "It is still there."})
	if err == nil && (t.State != api.StateOpen || t.Closing != nil) {
		err = fmt.Errorf("ticket %d is %s, with %+v", k.number, t.State, t.Closing)
	}
	k.state, k.cause, k.first = api.StateOpen, "", false
	return err
}

// confirm is a customer who says that it helps.
func (h *house) confirm(i int) error {
	k := h.book.reports[i]
	t, err := h.client(k.token, i).TellSolution(h.t.Context(), k.number, api.OwnSolution{Feedback: "Thank you.", Satisfied: new(i%5 != 0)})
	k.state = api.StateClosed
	if err == nil && (t.State != k.state || t.Closing.Feedback != "Thank you." || *t.Closing.Satisfied != (i%5 != 0) || t.Closing.Cause != k.cause) {
		err = fmt.Errorf("ticket %d is %s, with %+v", k.number, t.State, t.Closing)
	}
	return err
}

// ownSolution is a customer who has found it out alone.
func (h *house) ownSolution(i int) error {
	k := h.book.reports[i]
	t, err := h.client(k.token, i).TellSolution(h.t.Context(), k.number, api.OwnSolution{Solution: "The plug was out."})
	k.state = api.StateClosed
	if err == nil && (t.State != k.state || t.Closing.By != "customer" || t.Closing.Solution != "The plug was out.") {
		err = fmt.Errorf("ticket %d is %s, with %+v", k.number, t.State, t.Closing)
	}
	return err
}

// learn publishes a draft of each solution, which the next customer is offered.
func (h *house) learn() {
	h.t.Helper()
	ctx, editor := h.t.Context(), h.staff["editor"]
	ended := h.book.count((*kept).over)
	var list api.ArticleList
	h.within("a draft of every solution", func() bool {
		h.must(editor.Call(ctx, "GET", api.PathArticles+"?limit=200", nil, &list))
		return len(list.Articles) >= ended
	})
	for _, solution := range solutions {
		i := slices.IndexFunc(list.Articles, func(a api.Article) bool { return strings.HasPrefix(a.Title, solution) && a.Language == "en" })
		if i < 0 {
			h.t.Fatalf("there is no draft of %q", solution)
		}
		draft := list.Articles[i]
		q := api.SimilarQuery{Title: solution, Product: draft.Product, Language: "en"}
		h.t.Logf("an article about %q", draft.Title)
		found := func() bool {
			got, err := h.client("", 920).SimilarTo(ctx, q)
			h.must(err)
			return slices.ContainsFunc(got.Matches, func(m api.Match) bool { return m.Kind == api.MatchArticle && m.Number == draft.ID })
		}
		if found() {
			h.t.Errorf("the draft %d is offered to everybody", draft.ID)
		}
		change := api.ArticleChange{Version: draft.Version, State: new(api.ArticlePublished), Note: "looked through"}
		h.refused("a supporter publishes", h.staff["s00"].Call(ctx, "PATCH", api.ArticlePath(draft.ID), change, nil), api.KindForbidden)
		h.must(editor.Call(ctx, "PATCH", api.ArticlePath(draft.ID), change, nil))
		h.within("the article is found", found)
	}
}

// heard demands that a customer can read something.
func (h *house) heard(k *kept, words string) {
	h.t.Helper()
	l, err := h.client(k.token, 1).Timeline(h.t.Context(), k.number, 0, 0, 200)
	h.must(err)
	if words == "" || !slices.ContainsFunc(l.Entries, func(e api.Entry) bool { return strings.Contains(e.Text, words) }) {
		h.t.Errorf("ticket %d: its customer does not read %q", k.number, words)
	}
}
