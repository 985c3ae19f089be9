// Package customers is the console's pages for organisations: contacts, installations, and access to their systems.
package customers

import (
	"embed"
	"net/http"
	"strconv"
	"strings"
	"time"

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
		staff.Get("/desk/organisations", list),
		staff.Get("/desk/organisations/new", blank),
		staff.Post("/desk/organisations/new", save),
		staff.Get("/desk/organisations/{id}", one),
		staff.Post("/desk/organisations/{id}", save),
		staff.Post("/desk/organisations/{id}/delete", remove),
		staff.Post("/desk/organisations/{id}/contacts", contact),
		staff.Post("/desk/organisations/{id}/installations", installation),
		staff.Get("/desk/organisations/{id}/ways", ways),
		staff.Post("/desk/organisations/{id}/ways", saveWays),
		staff.Post("/desk/organisations/{id}/access", request),
		staff.Get("/desk/accesses/{id}", access),
		staff.Post("/desk/accesses/{id}", move),
		staff.Post("/desk/accesses/{id}/uses", use),
	}
}

func at(id int64) string { return "/desk/organisations/" + strconv.FormatInt(id, 10) }

type listView struct {
	Text string
	List api.OrganisationList
	Next string
}

func list(p *page.Request) error {
	v := p.R.URL.Query()
	q := api.OrganisationQuery{Text: page.Short(strings.TrimSpace(v.Get("text")), 200), After: v.Get("after")}
	all, err := p.API.Organisations(p.R.Context(), q)
	if err != nil {
		return err
	}
	d := listView{Text: q.Text, List: all}
	if all.More && len(all.Organisations) > 0 {
		d.Next = all.Organisations[len(all.Organisations)-1].Name
	}
	return p.Show(http.StatusOK, "organisations", d)
}

// view is the page of one organisation; a new one has no ID.
type view struct {
	api.Organisation
	Refused *page.Refused
	Way     *api.Ways
	Staff   []api.StaffMember
	Now     time.Time
}

func blank(p *page.Request) error { return p.Show(http.StatusOK, "organisation", view{}) }

func one(p *page.Request) error { return show(p, http.StatusOK, nil, nil) }

func show(p *page.Request, status int, refused *page.Refused, way *api.Ways) error {
	o, err := p.API.Organisation(p.R.Context(), p.Number("id"))
	if err != nil {
		return err
	}
	return p.Show(status, "organisation", view{Organisation: o, Refused: refused, Way: way, Staff: staff.People(p), Now: p.Now})
}

// after goes back to the organisation, or shows it with what was refused.
func after(p *page.Request, err error) error {
	if err == nil {
		return p.Go(at(p.Number("id")))
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return show(p, refused.Status, refused, nil)
}

func save(p *page.Request) error {
	o := api.Organisation{
		ID: p.Number("id"), Version: p.Int("version"), Name: p.Get("name"), Domains: p.Lines("domains"), Language: p.Get("language"), Contract: p.Get("contract"),
	}
	saved, err := p.API.SaveOrganisation(p.R.Context(), o)
	if err == nil {
		return p.Go(at(saved.ID))
	}
	if o.ID != 0 {
		return after(p, err)
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return p.Show(refused.Status, "organisation", view{Refused: refused})
}

func remove(p *page.Request) error {
	if err := p.API.DeleteOrganisation(p.R.Context(), p.Number("id"), p.Int("version")); err != nil {
		return after(p, err)
	}
	return p.Go("/desk/organisations")
}

func contact(p *page.Request) error {
	c := api.Contact{
		ID: p.Int("id"), Version: p.Int("version"), Organisation: p.Number("id"), Name: p.Get("name"), Mail: p.Get("mail"), Phone: p.Get("phone"),
		Language: p.Get("language"), Company: p.Get("company"),
	}
	for _, r := range p.Form["roles"] {
		c.Roles = append(c.Roles, api.ContactRole(r))
	}
	if p.Get("do") == "delete" {
		return after(p, p.API.DeleteContact(p.R.Context(), c.ID, c.Version))
	}
	_, err := p.API.SaveContact(p.R.Context(), c)
	return after(p, err)
}

func installation(p *page.Request) error {
	i := api.Installed{
		ID: p.Int("id"), Version: p.Int("version"), Organisation: p.Number("id"), Product: p.Get("product"), ProductVersion: p.Get("product_version"),
		Where: p.Get("where"), Note: p.Get("note"),
	}
	if p.Get("do") == "delete" {
		return after(p, p.API.DeleteInstallation(p.R.Context(), i.ID, i.Version))
	}
	_, err := p.API.SaveInstallation(p.R.Context(), i)
	return after(p, err)
}

// ways shows the notes on how to get in. That they were looked at is in the journal.
func ways(p *page.Request) error {
	w, err := p.API.Ways(p.R.Context(), p.Number("id"))
	if err != nil {
		return err
	}
	return show(p, http.StatusOK, nil, &w)
}

func saveWays(p *page.Request) error {
	_, err := p.API.SaveWays(p.R.Context(), p.Number("id"), api.Ways{Version: p.Int("version"), Text: strings.TrimSpace(p.Form.Get("text"))})
	if err == nil {
		return p.Go(at(p.Number("id")) + "/ways")
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	w, rerr := p.API.Ways(p.R.Context(), p.Number("id"))
	if rerr != nil {
		return rerr
	}
	return show(p, refused.Status, refused, &w)
}
