// Package makers is the console's pages for bugs, and the releases that fix them.
package makers

import (
	"embed"
	"net/http"
	"net/url"
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

// Rows are the pages and forms.
func Rows() []page.Row {
	return []page.Row{
		staff.Get("/desk/bugs", list),
		staff.Get("/desk/bugs/new", blank),
		staff.Post("/desk/bugs/new", save),
		staff.Get("/desk/bugs/{id}", one),
		staff.Post("/desk/bugs/{id}", save),
		staff.Post("/desk/bugs/{id}/tickets", link),
		staff.Post("/desk/bugs/{id}/tell", tell),
		staff.Get("/desk/releases", releases),
		staff.Post("/desk/releases", saveRelease),
	}
}

func at(id int64) string { return "/desk/bugs/" + strconv.FormatInt(id, 10) }

type listView struct {
	Text, Product, State string
	Bugs                 []api.Bug
	Next                 string
}

func list(p *page.Request) error {
	v := p.R.URL.Query()
	d := listView{Text: page.Short(strings.TrimSpace(v.Get("text")), 200), Product: strings.TrimSpace(v.Get("product")), State: v.Get("state")}
	q := api.BugQuery{Text: d.Text, Product: d.Product, Limit: 50}
	q.Before, _ = strconv.ParseInt(v.Get("before"), 10, 64)
	if d.State != "" {
		q.States = []api.BugState{api.BugState(d.State)}
	}
	var err error
	if d.Bugs, err = p.API.Bugs(p.R.Context(), q); err != nil {
		return err
	}
	if len(d.Bugs) == q.Limit {
		next := url.Values{"text": {d.Text}, "product": {d.Product}, "state": {d.State}, "before": {strconv.FormatInt(d.Bugs[q.Limit-1].ID, 10)}}
		d.Next = "/desk/bugs?" + next.Encode()
	}
	return p.Show(http.StatusOK, "bugs-page", d)
}

// view is the page of one bug; a new one has no ID.
type view struct {
	api.Bug
	Told    []api.Telling
	Ticket  int64 // that a new bug is made from
	Refused *page.Refused
}

func blank(p *page.Request) error {
	d := view{}
	d.Ticket, _ = strconv.ParseInt(p.R.URL.Query().Get("ticket"), 10, 64)
	if d.Ticket > 0 {
		t, err := p.API.Ticket(p.R.Context(), d.Ticket)
		if err != nil {
			return err
		}
		d.Title, d.Product, d.Module, d.Since, d.State = t.Title, t.Product, t.Module, t.ProductVersion, api.BugOpen
	}
	return p.Show(http.StatusOK, "bug", d)
}

func one(p *page.Request) error { return show(p, http.StatusOK, nil) }

func show(p *page.Request, status int, refused *page.Refused) error {
	b, err := p.API.Bug(p.R.Context(), p.Number("id"))
	if err != nil {
		return err
	}
	told, err := p.API.Tellings(p.R.Context(), b.ID)
	if err != nil {
		return err
	}
	return p.Show(status, "bug", view{Bug: b, Told: told, Refused: refused})
}

func after(p *page.Request, err error) error {
	if err == nil {
		return p.Go(at(p.Number("id")))
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return show(p, refused.Status, refused)
}

func save(p *page.Request) error {
	b := api.Bug{
		ID: p.Number("id"), Version: p.Int("version"), Product: p.Get("product"), Module: p.Get("module"), Title: p.Get("title"),
		Description: strings.TrimSpace(p.Form.Get("description")), Ref: p.Get("ref"), State: api.BugState(p.Get("state")), Since: p.Get("since"),
		FixedIn: p.Get("fixed_in"), Workaround: p.Spoken("workaround"), Fix: p.Spoken("fix"),
	}
	saved, err := p.API.SaveBug(p.R.Context(), b)
	if err == nil {
		if ticket := p.Int("ticket"); ticket > 0 && b.ID == 0 {
			if _, err := p.API.LinkBug(p.R.Context(), saved.ID, ticket); err != nil {
				return err
			}
		}
		return p.Go(at(saved.ID))
	}
	if b.ID != 0 {
		return after(p, err)
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return p.Show(refused.Status, "bug", view{Refused: refused, Ticket: p.Int("ticket")})
}

func link(p *page.Request) error {
	if n := p.Int("unlink"); n > 0 {
		return after(p, p.API.UnlinkBug(p.R.Context(), p.Number("id"), n))
	}
	_, err := p.API.LinkBug(p.R.Context(), p.Number("id"), p.Int("ticket"))
	return after(p, err)
}

// tell tells every linked customer what is known by now.
func tell(p *page.Request) error {
	_, err := p.API.TellBug(p.R.Context(), p.Number("id"), api.Tell{Version: p.Int("version"), What: api.TellWhat(p.Get("what"))})
	return after(p, err)
}

type releaseView struct {
	Product  string
	Releases []api.Release
	Refused  *page.Refused
}

func releases(p *page.Request) error { return showReleases(p, http.StatusOK, nil) }

func showReleases(p *page.Request, status int, refused *page.Refused) error {
	d := releaseView{Product: strings.TrimSpace(p.R.URL.Query().Get("product")), Refused: refused}
	var err error
	if d.Releases, err = p.API.Releases(p.R.Context(), api.ReleaseQuery{Product: d.Product, Limit: 200}); err != nil {
		return err
	}
	return p.Show(status, "releases", d)
}

func saveRelease(p *page.Request) error {
	r := api.Release{ID: p.Int("id"), Version: p.Int("version"), Product: p.Get("product"), Release: p.Get("release"), Date: p.Get("date"), Notes: p.Spoken("notes")}
	for _, s := range strings.FieldsFunc(p.Get("fixes"), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' }) {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			r.Fixes = append(r.Fixes, n)
		}
	}
	var err error
	if p.Get("do") == "delete" {
		err = p.API.DeleteRelease(p.R.Context(), r.ID, r.Version)
	} else {
		_, err = p.API.SaveRelease(p.R.Context(), r)
	}
	if err == nil {
		return p.Go("/desk/releases")
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showReleases(p, refused.Status, refused)
}
