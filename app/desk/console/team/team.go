// Package team is the console's pages for a team as a whole: the board, the numbers, the mails, and the search through everything.
package team

import (
	"embed"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
	"github.com/beistand/beistand/app/desk/console/staff"
)

// HTML is the pages' templates.
//
//go:embed html
var HTML embed.FS

// Rows are the pages.
func Rows() []page.Row {
	return []page.Row{
		staff.Get("/desk/board", board), staff.Get("/desk/numbers", numbers), staff.Get("/desk/search", search),
		staff.Get("/desk/mails", mails), staff.Post("/desk/mails/{id}/again", again),
	}
}

type boardView struct {
	api.Board
	Queue  string
	Queues []api.Queue
	Staff  []api.StaffMember
}

func board(p *page.Request) error {
	v := p.R.URL.Query()
	q := api.BoardQuery{By: v.Get("by")}
	if queue := v.Get("queue"); queue != "" {
		q.Queues = []string{queue}
	}
	b, err := p.API.Board(p.R.Context(), q)
	if err != nil {
		return err
	}
	d := boardView{Board: b, Queue: v.Get("queue"), Staff: staff.People(p)}
	d.Queues, _ = p.API.Queues(p.R.Context()) // names to choose from
	return p.Show(http.StatusOK, "board", d)
}

type numbersView struct {
	api.Numbers
	Query  api.NumbersQuery
	Bars   []bar
	Hourly []bar
	Width  int
	Most   int // of Hourly
	Causal int // the most of Causes
	Parts  int
	Sorts  int
}

// bar is a column of a chart, in its units: two values side by side.
type bar struct {
	X, A, B, AY, BY int // heights are of 120
	Label           string
	Filed, Solved   int
}

const chartHeight = 120

func numbers(p *page.Request) error {
	v := p.R.URL.Query()
	q := api.NumbersQuery{From: v.Get("from"), To: v.Get("to"), Product: strings.TrimSpace(v.Get("product")), Module: strings.TrimSpace(v.Get("module"))}
	n, err := p.API.Numbers(p.R.Context(), q)
	if err != nil {
		return err
	}
	d := numbersView{Numbers: n, Query: q}
	most := 1
	for _, w := range n.Weeks {
		most = max(most, w.Filed, w.Solved)
	}
	for i, w := range n.Weeks {
		b := bar{X: i*30 + 4, A: w.Filed * chartHeight / most, B: w.Solved * chartHeight / most, Label: w.Monday, Filed: w.Filed, Solved: w.Solved}
		b.AY, b.BY = chartHeight-b.A, chartHeight-b.B
		d.Bars = append(d.Bars, b)
	}
	d.Width, d.Most = max(len(n.Weeks)*30, 60), max(slices.Max(n.Hours[:]), 1)
	for h, filed := range n.Hours {
		b := bar{X: h*20 + 3, A: filed * chartHeight / d.Most, Label: strconv.Itoa(h), Filed: filed}
		b.AY = chartHeight - b.A
		d.Hourly = append(d.Hourly, b)
	}
	for _, c := range n.Causes {
		d.Causal = max(d.Causal, c.Solved)
	}
	for _, c := range n.Products {
		d.Parts = max(d.Parts, c.Filed)
	}
	for _, c := range n.Kinds {
		d.Sorts = max(d.Sorts, c.Filed)
	}
	return p.Show(http.StatusOK, "numbers", d)
}

type searchView struct {
	Text, Kind, Product string
	Matches             []api.Match
	Asked               bool
}

func search(p *page.Request) error {
	v := p.R.URL.Query()
	d := searchView{Text: page.Short(strings.TrimSpace(v.Get("text")), 400), Kind: v.Get("kind"), Product: strings.TrimSpace(v.Get("product"))}
	if n, err := strconv.ParseInt(strings.TrimPrefix(d.Text, "#"), 10, 64); err == nil && n > 0 && d.Kind == "" {
		if _, err := p.API.Ticket(p.R.Context(), n); err == nil {
			return p.Go("/desk/tickets/" + strconv.FormatInt(n, 10)) // a number is the ticket's
		}
	}
	if d.Asked = d.Text != ""; d.Asked {
		q := url.Values{"text": {d.Text}, "limit": {strconv.Itoa(api.MaxMatches)}}
		if d.Kind != "" {
			q.Set("kinds", d.Kind)
		}
		if d.Product != "" {
			q.Set("product", d.Product)
		}
		found, err := page.Read[api.MatchList](p, api.PathSearch+"?"+q.Encode())
		if err != nil {
			return err
		}
		d.Matches = found.Matches
	}
	return p.Show(http.StatusOK, "search", d)
}
