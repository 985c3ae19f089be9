// Package staff is the console's pages for daily work on tickets.
package staff

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
	get := func(path string, do func(*page.Request) error) page.Row {
		return page.Row{Method: http.MethodGet, Path: path, Who: page.Staff, Do: Known(do)}
	}
	post := func(path string, do func(*page.Request) error) page.Row {
		return page.Row{Method: http.MethodPost, Path: path, Who: page.Staff, Do: Known(do)}
	}
	return []page.Row{
		{Method: http.MethodGet, Path: "/desk/signin", Do: signInPage},
		{Method: http.MethodPost, Path: "/desk/signin", Do: signIn},
		{Method: http.MethodPost, Path: "/desk/signin/second", Do: secondStep},
		{Method: http.MethodPost, Path: "/desk/signin/passkey", Do: passkeyBegin},
		{Method: http.MethodPost, Path: "/desk/signin/passkey/finish", Do: passkeyFinish},
		{Method: http.MethodPost, Path: api.PageOIDC, Do: oidcStart},
		{Method: http.MethodGet, Path: api.PageOIDC, Do: oidcFinish},
		{Method: http.MethodPost, Path: "/desk/language", Do: language},
		{Method: http.MethodPost, Path: "/desk/signout", Who: page.Staff, Do: signOut},
		get("/desk/{$}", inbox),
		post("/desk/bulk", bulk),
		post("/desk/filters", saveFilter),
		post("/desk/filters/{id}/delete", deleteFilter),
		get("/desk/events", deskEvents),
		get("/desk/new", newTicketPage),
		post("/desk/new", newTicket),
		get("/desk/tickets/{n}", ticketPage),
		get("/desk/tickets/{n}/events", ticketEvents),
		get("/desk/tickets/{n}/bundles/{id}", bundle),
		get("/desk/tickets/{n}/files/{id}", file),
		get("/desk/sessions/{id}/record", record),
		post("/desk/tickets/{n}/change", change),
		post("/desk/tickets/{n}/plan", plan),
		post("/desk/tickets/{n}/promises", promises),
		post("/desk/tickets/{n}/critical", critical),
		post("/desk/tickets/{n}/entries", addEntry),
		post("/desk/tickets/{n}/request", request),
		post("/desk/tickets/{n}/close", closing),
		post("/desk/tickets/{n}/bugs", linkBug),
		post("/desk/tickets/{n}/access", requestAccess),
		post("/desk/tickets/{n}/link", makeLink),
	}
}

// Known says on the page who looks, before it is made.
func Known(do func(*page.Request) error) func(*page.Request) error {
	return func(p *page.Request) error {
		me, err := page.Read[api.Me](p, api.PathMe)
		if err != nil {
			return err
		}
		p.Me = page.Me{Name: me.User, Display: me.Name}
		for _, r := range me.Roles {
			p.Me.Roles = append(p.Me.Roles, string(r))
		}
		return do(p)
	}
}

func language(p *page.Request) error {
	p.Speak(p.Get("language"))
	return p.Go(p.Get("then"))
}
