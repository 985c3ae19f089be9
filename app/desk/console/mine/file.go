package mine

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/console/page"
)

// filing is the data of the page that files a ticket.
type filing struct {
	ID       string
	Kind     api.Kind
	Template api.Template   // of the kind, for every product
	Beside   []api.Template // what products ask beside
	Products []api.Offered
	Known    []api.Match
	Looked   bool
	Problem  string
	Wrong    string // the field that it is about
}

func newPage(p *page.Request) error {
	d, err := blank(p, api.Kind(p.R.URL.Query().Get("kind")))
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "new", d)
}

func blank(p *page.Request, kind api.Kind) (*filing, error) {
	all, err := page.Read[api.Templates](p, api.PathTemplates)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(api.Kinds, kind) {
		kind = api.Fault
	}
	d := &filing{ID: client.NewTicketID(), Kind: kind, Products: all.Products}
	for _, t := range all.Kinds {
		if t.Kind == kind && t.Product == "" {
			d.Template = t
		} else if t.Kind == kind {
			d.Beside = append(d.Beside, t)
		}
	}
	return d, nil
}

// file files the ticket, or looks for known solutions first where no module
// does that while somebody types.
func file(p *page.Request) error {
	d, err := blank(p, api.Kind(p.Get("kind")))
	if err != nil {
		return err
	}
	d.ID = p.Get("id")
	t := api.NewTicket{
		ID: d.ID, Title: p.Get("title"), Description: p.Get("description"), Product: p.Get("product"), ProductVersion: p.Get("product_version"),
		Module: p.Get("module"), Priority: api.Priority(p.Get("priority")), Name: p.Get("name"), Contact: p.Get("contact"), Language: p.Language,
		Kind: d.Kind, Impact: api.Impact(p.Get("impact")),
	}
	if day := p.Get("critical"); day != "" {
		t.Critical = []api.CriticalDate{{From: day, To: day, Why: p.Get("critical_why")}}
	}
	for _, a := range asked(d, t.Product) {
		if text := p.Get("question:" + a.ID); text != "" && !a.Description {
			t.Answers = append(t.Answers, api.Answer{Question: a.ID, Label: api.In(a.Text, p.Language), Text: text})
		}
	}
	p.Form.Set("form", "new")
	switch {
	case p.Get("look") != "":
		d.Known, d.Looked = look(p), true
		return p.Show(http.StatusOK, "new", d)
	case p.Get("other") != "":
		return p.Show(http.StatusOK, "new", d)
	case t.Title == "":
		d.Problem, d.Wrong = p.T("Say in a few words what it is about."), "title"
		return p.Show(http.StatusUnprocessableEntity, "new", d)
	}
	made, err := p.API.CreateTicket(p.R.Context(), t)
	if err != nil {
		said, ok := p.Problem(err)
		if !ok {
			return err
		}
		d.Problem = said
		return p.Show(http.StatusUnprocessableEntity, "new", d)
	}
	p.OpenTicket(made.Ticket.Number, made.Token)
	return p.Go(at(made.Ticket.Number) + "?filed=1")
}

// asked are the questions of a kind, and those of the product beside them.
func asked(d *filing, product string) []api.Ask {
	all := slices.Clone(d.Template.Ask)
	for _, t := range d.Beside {
		if t.Product == product {
			all = append(all, t.Ask...)
		}
	}
	return all
}

// look asks for what is known already.
func look(p *page.Request) []api.Match {
	q := api.SimilarQuery{
		Title: p.Get("title"), Description: p.Get("description"), Product: p.Get("product"), Version: p.Get("product_version"),
		Language: p.Language, Typing: p.Get("typing") != "", Limit: 5,
	}
	if q.Title == "" && q.Description == "" {
		return nil
	}
	found, err := page.Ask[api.MatchList](p, http.MethodPost, api.PathSimilarTo, q)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(found.Matches, func(m api.Match) bool {
		return m.Kind != api.MatchArticle && m.Kind != api.MatchPage && m.Kind != api.MatchBug
	})
}

// known is what the page's module shows while somebody types.
func known(p *page.Request) error {
	return p.Show(http.StatusOK, "known", &filing{Known: look(p), Looked: true})
}

// helped counts that something known was the answer.
func helped(p *page.Request) error {
	if err := p.Tell(http.MethodPost, api.PathHelped, api.Helped{Ref: p.Get("ref")}); err != nil {
		if _, ok := p.Problem(err); !ok {
			return err
		}
	}
	return p.Show(http.StatusOK, "thanks", nil)
}

func article(p *page.Request) error {
	a, err := page.Read[api.Article](p, api.ArticlePath(p.Number("id")))
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "read", reading{Title: a.Title, HTML: a.HTML, Ref: "article/" + strconv.FormatInt(a.ID, 10), Language: a.Language})
}

func handbook(p *page.Request) error {
	h, err := page.Read[api.Page](p, api.PagePath(p.Number("id")))
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "read", reading{Title: h.Title, HTML: h.HTML, Ref: "page/" + strconv.FormatInt(h.ID, 10), Language: h.Language})
}

// reading is an article or a handbook's page as a customer reads it.
type reading struct{ Title, HTML, Ref, Language string }
