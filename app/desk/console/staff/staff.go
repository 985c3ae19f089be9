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
		Get("/desk/{$}", inbox),
		Post("/desk/bulk", bulk),
		Post("/desk/filters", saveFilter),
		Post("/desk/filters/{id}/delete", deleteFilter),
		Get("/desk/events", deskEvents),
		Get("/desk/new", newTicketPage),
		Post("/desk/new", newTicket),
		Get("/desk/tickets/{n}", ticketPage),
		Get("/desk/tickets/{n}/events", ticketEvents),
		Get("/desk/tickets/{n}/bundles/{id}", bundle),
		Get("/desk/tickets/{n}/files/{id}", file),
		Get("/desk/sessions/{id}/record", record),
		Post("/desk/tickets/{n}/change", change),
		Post("/desk/tickets/{n}/plan", plan),
		Post("/desk/tickets/{n}/promises", promises),
		Post("/desk/tickets/{n}/critical", critical),
		Files("/desk/tickets/{n}/entries", addEntry),
		Post("/desk/tickets/{n}/request", request),
		Post("/desk/tickets/{n}/close", closing),
		Post("/desk/tickets/{n}/bugs", linkBug),
		Post("/desk/tickets/{n}/access", requestAccess),
		Post("/desk/tickets/{n}/link", makeLink),
		Post("/desk/tickets/{n}/screen", screen),
	}
}

// Get is a page of staff's; whoever looks is known to it.
func Get(path string, do func(*page.Request) error) page.Row { return row(http.MethodGet, path, do) }

// Post is a form of staff's.
func Post(path string, do func(*page.Request) error) page.Row {
	return row(http.MethodPost, path, do)
}

// Files is a form of staff's that comes with files.
func Files(path string, do func(*page.Request) error) page.Row {
	r := Post(path, do)
	r.Files = true
	return r
}

func row(method, path string, do func(*page.Request) error) page.Row {
	return page.Row{Method: method, Path: path, Who: page.Staff, Do: known(do)}
}

// known says on the page who looks, before it is made.
func known(do func(*page.Request) error) func(*page.Request) error {
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

// Nowhere answers what is no page, in the frame of whoever is signed in.
func Nowhere(p *page.Request) error {
	if p.SignedIn() {
		return known(page.Nowhere)(p)
	}
	return page.Nowhere(p)
}

func language(p *page.Request) error {
	p.Speak(p.Get("language"))
	return p.Go(p.Get("then"))
}
