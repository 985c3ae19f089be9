package office

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

type peopleView struct {
	Staff   []api.StaffMember
	Refused *page.Refused
}

func people(p *page.Request) error { return showPeople(p, http.StatusOK, nil) }

func showPeople(p *page.Request, status int, refused *page.Refused) error {
	all, err := page.Read[api.StaffList](p, api.PathStaff)
	if err != nil {
		return err
	}
	return p.Show(status, "people", peopleView{all.Staff, refused})
}

func roles(p *page.Request) []api.Role {
	all := []api.Role{}
	for _, r := range p.Form["roles"] {
		all = append(all, api.Role(r))
	}
	return all
}

func addPerson(p *page.Request) error {
	err := p.Tell(http.MethodPost, api.PathStaff, api.NewStaff{
		User: p.Get("user"), Name: p.Get("name"), Roles: roles(p), Password: p.Form.Get("password"), Email: p.Get("email"), Subject: p.Get("subject"), Language: p.Get("language"),
	})
	if err == nil {
		return p.Go("/desk/people")
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showPeople(p, refused.Status, refused)
}

type personView struct {
	api.StaffMember
	Refused *page.Refused
	Done    string
}

func person(p *page.Request) error { return showPerson(p, http.StatusOK, personView{}) }

func showPerson(p *page.Request, status int, d personView) error {
	var err error
	if d.StaffMember, err = page.Read[api.StaffMember](p, api.StaffPath(p.R.PathValue("user"))); err != nil {
		return err
	}
	return p.Show(status, "staffmember", d)
}

func afterPerson(p *page.Request, err error, done string) error {
	if err == nil {
		p.Form = nil
		return showPerson(p, http.StatusOK, personView{Done: done})
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showPerson(p, refused.Status, personView{Refused: refused})
}

func savePerson(p *page.Request) error {
	c := api.StaffChange{
		Version: p.Int("version"), Name: new(p.Get("name")), Roles: new(roles(p)), Disabled: new(p.Get("disabled") != ""), Email: new(p.Get("email")),
		Subject: new(p.Get("subject")), Language: new(p.Get("language")),
	}
	if w := p.Form.Get("password"); w != "" {
		c.Password = &w
	}
	return afterPerson(p, p.Tell(http.MethodPatch, api.StaffPath(p.R.PathValue("user")), c), p.T("It was saved."))
}

func dropFactors(p *page.Request) error {
	return afterPerson(p, p.Tell(http.MethodDelete, api.StaffFactorsPath(p.R.PathValue("user")), nil), p.T("The second factors are gone; the password alone is enough until new ones are set up."))
}

func signOutPerson(p *page.Request) error {
	return afterPerson(p, p.Tell(http.MethodDelete, api.StaffSessionsPath(p.R.PathValue("user")), nil), p.T("They are signed out everywhere."))
}

type queueView struct {
	Queues  []api.Queue
	Staff   []api.StaffMember
	Refused *page.Refused
}

func queues(p *page.Request) error { return showQueues(p, http.StatusOK, nil) }

func showQueues(p *page.Request, status int, refused *page.Refused) error {
	all, err := p.API.Queues(p.R.Context())
	if err != nil {
		return err
	}
	staff, err := page.Read[api.StaffList](p, api.PathStaff)
	if err != nil {
		return err
	}
	return p.Show(status, "queues", queueView{all, staff.Staff, refused})
}

func saveQueue(p *page.Request) error {
	_, err := p.API.SetQueue(p.R.Context(), p.Get("name"), api.SetQueue{Version: p.Int("version"), Members: p.Form["members"]})
	if err == nil {
		return p.Go("/desk/queues")
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showQueues(p, refused.Status, refused)
}

type keyView struct {
	Keys    []api.Key
	Made    *api.CreatedKey // shown once
	Refused *page.Refused
	Soon    time.Time
}

func keys(p *page.Request) error { return showKeys(p, http.StatusOK, keyView{}) }

func showKeys(p *page.Request, status int, d keyView) error {
	all, err := page.Read[api.KeyList](p, api.PathKeys)
	if err != nil {
		return err
	}
	d.Keys, d.Soon = all.Keys, p.Now.AddDate(1, 0, 0)
	return p.Show(status, "keys", d)
}

func addKey(p *page.Request) error {
	k := api.NewKey{Name: p.Get("name")}
	for _, s := range p.Form["scopes"] {
		k.Scopes = append(k.Scopes, api.Scope(s))
	}
	if d, err := time.ParseInLocation("2006-01-02", p.Get("expires"), time.Local); err == nil {
		k.Expires = d
	}
	made, err := page.Ask[api.CreatedKey](p, http.MethodPost, api.PathKeys, k)
	if err == nil {
		p.Form = nil
		return showKeys(p, http.StatusOK, keyView{Made: &made})
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showKeys(p, refused.Status, keyView{Refused: refused})
}

func dropKey(p *page.Request) error {
	if err := p.Tell(http.MethodDelete, api.KeyPath(p.R.PathValue("id")), nil); err != nil {
		return err
	}
	return p.Go("/desk/keys")
}

// erasing is the data of the page about personal data.
type erasing struct {
	Who     api.Person
	Data    *api.PersonData
	Refused *page.Refused
}

func erasePage(p *page.Request) error {
	if !p.Me.Is(string(api.RoleAdministrator)) {
		return page.Forbidden()
	}
	return p.Show(http.StatusOK, "erase", erasing{})
}

func who(p *page.Request) api.Person {
	return api.Person{Contact: p.Get("contact"), Staff: p.Get("staff")}
}

// erase shows what there is of somebody, and deletes what was shown.
func erase(p *page.Request) error {
	d := erasing{Who: who(p)}
	var data api.PersonData
	var err error
	if p.Get("seal") != "" {
		data, err = page.Ask[api.PersonData](p, http.MethodPost, api.PathPersonDelete, api.DeletePerson{Person: d.Who, Seal: p.Get("seal"), Reason: p.Get("reason")})
	} else {
		data, err = page.Ask[api.PersonData](p, http.MethodPost, api.PathPersonPreview, d.Who)
	}
	if err == nil {
		d.Data = &data
		return p.Show(http.StatusOK, "erase", d)
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	d.Refused = refused
	return p.Show(refused.Status, "erase", d)
}

// export hands on all that there is of somebody, as a file.
func export(p *page.Request) error {
	return p.PassJSON(api.PathPersonExport, who(p), "person-"+url.PathEscape(strings.ToLower(p.Get("contact")+p.Get("staff")))+".zip")
}
