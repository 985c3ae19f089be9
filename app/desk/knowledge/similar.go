package knowledge

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Bounds of what is similar.
const (
	usual     = 10 // matches, when nobody says how many
	least     = 6  // a match's strength; below it is chance
	solversOf = 10 // of the most similar tickets, who closed them
	mostNames = 3
)

// similarTo is for everybody, while a case is written: published things alone.
func (k *Knowledge) similarTo(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	if k.cfg.Admit != nil {
		if err := k.cfg.Admit(r); err != nil {
			return err
		}
	}
	var q api.SimilarQuery
	if err := reply.Read(w, r, &q); err != nil {
		return err
	}
	if err := checkSimilar(&q); err != nil {
		return err
	}
	list, err := k.Similar(r.Context(), q, search.Outside, 0)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, list)
}

func checkSimilar(q *api.SimilarQuery) error {
	title := q.Title // a space at its end says that a word is finished
	for _, err := range []error{
		form.Line("title", &q.Title, api.MaxTitle, false),
		form.Text("description", &q.Description, api.MaxDescription, false),
		form.Line("product", &q.Product, api.MaxName, false),
		form.Line("version", &q.Version, api.MaxVersion, false),
		form.Line("module", &q.Module, api.MaxName, false),
		form.Language(&q.Language),
	} {
		if err != nil {
			return err
		}
	}
	if strings.HasSuffix(title, " ") {
		q.Typing = false
	}
	if len(q.Signs) > api.MaxSigns {
		return reply.Invalid("there are %d signs; %d fit", len(q.Signs), api.MaxSigns)
	}
	for i := range q.Signs {
		if err := form.Text("sign", &q.Signs[i], api.MaxSign, false); err != nil {
			return err
		}
	}
	if q.Limit < 0 || q.Limit > api.MaxMatches {
		return reply.Invalid("limit is 1 to %d", api.MaxMatches)
	}
	if q.Title == "" && q.Description == "" && len(q.Signs) == 0 {
		return reply.Invalid("a title, a description or a sign is needed")
	}
	return nil
}

// similar is for a ticket: staff see everything, its customer what is published.
func (k *Knowledge) similar(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	limit, err := limitOf(r, usual)
	if err != nil {
		return err
	}
	t, err := tickets.Read(r.Context(), k.db, c.Number)
	if err != nil {
		return err
	}
	rooms := search.Outside
	if c.Inside() {
		rooms = search.Inside
	}
	list, err := k.Similar(r.Context(), QueryOf(t, limit), rooms, t.Number)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, list)
}

// QueryOf asks for what is similar to a ticket.
func QueryOf(t api.Ticket, limit int) api.SimilarQuery {
	q := api.SimilarQuery{
		Title: t.Title, Description: t.Description, Product: t.Product, Version: t.ProductVersion, Module: t.Module,
		Language: t.Language, Signs: t.Signs, Limit: limit,
	}
	for _, a := range t.Answers {
		q.Description += "\n" + a.Text
	}
	return q
}

// Similar gives what is similar to a case, in some rooms; not is a ticket that
// is left out, 0 is none. Where tickets are looked at, it also says who closed
// the most similar ones.
func (k *Knowledge) Similar(ctx context.Context, q api.SimilarQuery, rooms []search.Room, not int64) (api.MatchList, error) {
	asked := terms.Query(q.Language, []terms.Field{
		{Text: q.Title, Weight: 2},
		{Text: q.Description},
		{Text: strings.Join(q.Signs, "\n"), Weight: ofSigns, Sign: true},
	}, q.Typing)
	found, err := k.index.Search(ctx, search.Query{
		Words: asked, Rooms: rooms, Not: not, Limit: cmp.Or(q.Limit, usual),
		Near: search.Near{Product: q.Product, Version: q.Version, Language: q.Language},
	})
	if err != nil {
		return api.MatchList{}, err
	}
	for i, r := range found {
		if r.Strength < least {
			found = found[:i]
			break
		}
	}
	return k.answer(ctx, found, asked, q.Language, slices.Contains(rooms, search.Tickets))
}

// answer makes an answer of results.
func (k *Knowledge) answer(ctx context.Context, found []search.Result, asked []terms.Word, language string, solvers bool) (list api.MatchList, err error) {
	err = k.db.View(ctx, func(tx *db.Tx) error {
		if list.Matches, err = k.matches(ctx, tx, found, asked, language); err != nil || !solvers {
			return err
		}
		var numbers []int64
		for _, m := range list.Matches {
			if m.Kind == api.MatchTicket && len(numbers) < solversOf {
				numbers = append(numbers, m.Number)
			}
		}
		by, err := knowledge.Closers(ctx, tx, numbers)
		list.Solvers = nil
		seen := map[string]bool{}
		for _, n := range numbers {
			if name := by[n]; name != "" && !seen[name] && len(list.Solvers) < mostNames {
				seen[name] = true
				list.Solvers = append(list.Solvers, name)
			}
		}
		return err
	})
	return list, err
}

// limitOf is how many are wanted.
func limitOf(r *http.Request, usual int) (int, error) {
	q := form.QueryOf(r)
	n := q.Number("limit")
	if q.Err != nil {
		return 0, q.Err
	}
	if n > api.MaxMatches {
		return 0, reply.BadRequest("limit is 1 to %d", api.MaxMatches)
	}
	return cmp.Or(int(n), usual), nil
}

var searchParams = []gate.Param{
	{Name: "text", Says: "words, and error texts"},
	{Name: "kinds", Says: "ticket, article, bug, page", Many: true},
	{Name: "product"},
	{Name: "version"},
	{Name: "language"},
	{Name: "limit", Says: "1 to 50; 20 if not given"},
	{Name: "typing", Says: "1: the last word may be unfinished"},
}

// search is for staff: everything, by words and filters.
func (k *Knowledge) search(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	q := form.QueryOf(r)
	text, wanted := q.Text("text", 4*api.MaxQuery), q.Texts("kinds", 20)
	s := search.Query{Product: q.Text("product", 4*api.MaxName), Version: q.Text("version", 4*api.MaxVersion), Language: q.Text("language", 35)}
	typing := q.Flag("typing")
	if q.Err != nil {
		return q.Err
	}
	if utf8.RuneCountInString(text) > api.MaxQuery {
		return reply.BadRequest("text has more than %d characters", api.MaxQuery)
	}
	var err error
	if s.Limit, err = limitOf(r, 2*usual); err != nil {
		return err
	}
	if s.Rooms, err = roomsOf(wanted); err != nil {
		return err
	}
	s.Words = terms.Query("", []terms.Field{{Text: text}}, typing)
	found, err := k.index.Search(r.Context(), s)
	if err != nil {
		return err
	}
	list, err := k.answer(r.Context(), found, s.Words, s.Language, false)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, list)
}

// roomsOf are the rooms of kinds as staff see them; none is all.
func roomsOf(wanted []string) ([]search.Room, error) {
	if len(wanted) == 0 {
		return search.Inside, nil
	}
	var rooms []search.Room
	for _, name := range wanted {
		found := false
		for _, room := range search.Inside {
			if string(kinds[room]) == name {
				rooms, found = append(rooms, room), true
			}
		}
		if !found {
			return nil, reply.BadRequest("%q is not one of ticket, article, bug, page", name)
		}
	}
	return rooms, nil
}
