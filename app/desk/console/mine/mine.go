// Package mine is the console's pages for customers and their own tickets.
package mine

import (
	"embed"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

// HTML is the pages' templates.
//
//go:embed html
var HTML embed.FS

// Rows are the pages and forms.
func Rows() []page.Row {
	return []page.Row{
		{Method: http.MethodGet, Path: "/my/{$}", Do: home},
		{Method: http.MethodGet, Path: api.PageLink + "{secret}", Do: linkPage},
		{Method: http.MethodPost, Path: "/my/link", Do: openLink},
		{Method: http.MethodPost, Path: "/my/leave", Do: leave},
		{Method: http.MethodPost, Path: "/my/language", Do: language},
		{Method: http.MethodGet, Path: "/my/new", Do: newPage},
		{Method: http.MethodPost, Path: "/my/new", Do: file},
		{Method: http.MethodPost, Path: "/my/known", Do: known},
		{Method: http.MethodPost, Path: "/my/helped", Do: helped},
		{Method: http.MethodGet, Path: "/my/articles/{id}", Do: article},
		{Method: http.MethodGet, Path: "/my/handbook/{id}", Do: handbook},
		{Method: http.MethodGet, Path: "/my/tickets/{n}", Who: page.Customer, Do: ticket},
		{Method: http.MethodGet, Path: "/my/tickets/{n}/events", Who: page.Customer, Do: events},
		{Method: http.MethodGet, Path: "/my/tickets/{n}/bundles/{id}", Who: page.Customer, Do: bundle},
		{Method: http.MethodGet, Path: "/my/tickets/{n}/files/{id}", Who: page.Customer, Do: attachment},
		{Method: http.MethodPost, Path: "/my/tickets/{n}/answer", Who: page.Customer, Files: true, Do: answer},
		{Method: http.MethodPost, Path: "/my/tickets/{n}/questions", Who: page.Customer, Do: questions},
		{Method: http.MethodPost, Path: "/my/tickets/{n}/solution", Who: page.Customer, Do: solution},
	}
}

func language(p *page.Request) error {
	p.Speak(p.Get("language"))
	return p.Go(page.Inside(p.Get("then"), "/my/"))
}

// home is the list of the tickets that are open in this browser.
func home(p *page.Request) error {
	var all []api.Ticket
	for _, n := range p.Tickets() {
		t, err := p.For(n).API.Ticket(p.R.Context(), n)
		if err == nil {
			all = append(all, t)
		}
	}
	return p.Show(http.StatusOK, "home", all)
}

// linkPage asks before a link is used: what only looks at a mail's links opens nothing.
func linkPage(p *page.Request) error {
	if p.Bounce() {
		return nil
	}
	return p.Show(http.StatusOK, "link", p.R.PathValue("secret"))
}

func openLink(p *page.Request) error {
	opened, err := page.Ask[api.LinkOpened](p, http.MethodPost, api.PathLinkOpen, api.OpenLink{Secret: p.Get("secret")})
	if err != nil {
		if _, ok := p.Problem(err); !ok && !over(err) {
			return err
		}
		return p.Show(http.StatusGone, "closed", nil)
	}
	p.OpenTicket(opened.Ticket, opened.Token)
	return p.Go(at(opened.Ticket))
}

// leave forgets the tickets, on a computer that others use too.
func leave(p *page.Request) error {
	p.CloseTicket(0)
	return p.Go("/my/")
}
