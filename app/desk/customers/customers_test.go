package customers

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// each runs a test in a house with customers, on both databases.
func each(t *testing.T, test func(h *gatetest.House, x *Customers)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := gatetest.New(t, d)
		x := New(Config{DB: d, Log: h, Now: h.Now, Journal: h})
		h.Serve(x.Routes())
		test(h, x)
	})
}

func add(h *gatetest.House, o api.Organisation) api.Organisation {
	h.Helper()
	h.Must(201, "sam", "POST", api.PathOrganisations, o, &o)
	return o
}

func TestOrganisations(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Customers) {
		o := add(h, api.Organisation{Name: "Beispiel  Müller GmbH", Domains: []string{"Example.com"}, Language: "de", Contract: "until 2027"})
		if o.ID == 0 || o.Version != 1 || o.Party != api.PartyCustomer || len(o.Domains) != 1 || o.Domains[0] != "example.com" || o.WaysOpen {
			t.Fatalf("%+v", o)
		}
		add(h, api.Organisation{Name: "Adler"})
		for name, bad := range map[string]api.Organisation{
			"same name":     {Name: "beispiel müller gmbh"},
			"same domain":   {Name: "Other", Domains: []string{"example.com"}},
			"nobody's":      {Name: "Other", Domains: []string{"gmail.com"}},
			"no name":       {},
			"no party":      {Name: "Other", Party: "friend"},
			"long":          {Name: strings.Repeat("x", api.MaxName+1)},
			"control":       {Name: "a\x00b"},
			"no language":   {Name: "Other", Language: "deutsch bitte"},
			"not a domain":  {Name: "Other", Domains: []string{"nowhere"}},
			"long contract": {Name: "Other", Contract: strings.Repeat("x", api.MaxNote+1)},
		} {
			if status, _ := h.Ask("sam", "POST", api.PathOrganisations, bad, nil); status != 409 && status != 422 {
				t.Errorf("%s: %d", name, status)
			}
		}

		o.Name = "Beispiel AG"
		var now api.Organisation
		h.Must(200, "sam", "PUT", api.OrganisationPath(o.ID), o, &now)
		if now.Version != 2 || now.Name != "Beispiel AG" || now.Contract != "until 2027" {
			t.Errorf("%+v", now)
		}
		if e := h.Must(409, "dana", "PUT", api.OrganisationPath(o.ID), o, nil); !strings.Contains(string(e.Current), "Beispiel AG") {
			t.Errorf("a conflict shows %s", e.Current)
		}

		var list api.OrganisationList
		for text, want := range map[string]string{
			"": "Adler Beispiel AG", "beisp": "Beispiel AG", "example.com": "Beispiel AG", "anna": "Beispiel AG", "be%": "", "nobody": "",
		} {
			if text == "anna" {
				h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "Anna Beispiel"}, nil)
			}
			h.Must(200, "sam", "GET", api.PathOrganisations+"?text="+strings.ReplaceAll(text, "%", "%25"), nil, &list)
			names := []string{}
			for _, o := range list.Organisations {
				names = append(names, o.Name)
			}
			if got := strings.Join(names, " "); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		h.Must(200, "sam", "GET", api.PathOrganisations+"?limit=1", nil, &list)
		if !list.More || len(list.Organisations) != 1 {
			t.Errorf("a page: %+v", list)
		}
		h.Must(200, "sam", "GET", api.PathOrganisations+"?limit=1&after="+list.Organisations[0].Name, nil, &list)
		if list.More || len(list.Organisations) != 1 || list.Organisations[0].Name != "Beispiel AG" {
			t.Errorf("the last page: %+v", list)
		}

		number := h.Ticket(nil)
		h.Change(number, func(t *api.Ticket) { t.Organisation = o.ID })
		h.Must(409, "dana", "DELETE", api.OrganisationPath(o.ID)+"?version=2", nil, nil)
		h.Change(number, func(t *api.Ticket) { t.Organisation = 0 })
		h.Must(409, "dana", "DELETE", api.OrganisationPath(o.ID)+"?version=1", nil, nil)
		h.Must(403, "sam", "DELETE", api.OrganisationPath(o.ID)+"?version=2", nil, nil)
		h.Must(204, "dana", "DELETE", api.OrganisationPath(o.ID)+"?version=2", nil, nil)
		h.Must(404, "sam", "GET", api.OrganisationPath(o.ID), nil, nil)
		h.Must(404, "sam", "GET", api.PathOrganisations+"/x", nil, nil)
	})
}

func TestContacts(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Customers) {
		o := add(h, api.Organisation{Name: "Beispiel"})
		var anna, ben, now api.Contact
		h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{
			Name: "Anna", Mail: "Anna@Example.com", Phone: "+49 30 123", Roles: []api.ContactRole{api.ContactAdmin, api.ContactAdmin, api.ContactPartner},
		}, &anna)
		h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "Ben"}, &ben)
		if anna.Mail != "anna@example.com" || len(anna.Roles) != 2 || anna.Version != 1 || anna.Organisation != o.ID {
			t.Errorf("%+v", anna)
		}
		ben.Mail = "anna@example.com"
		h.Must(409, "sam", "PUT", api.ContactPath(ben.ID), ben, nil)
		ben.Mail = "ben@example.com"
		h.Must(200, "sam", "PUT", api.ContactPath(ben.ID), ben, &now)
		if now.Version != 2 || now.Organisation != o.ID {
			t.Errorf("%+v", now)
		}
		h.Must(409, "sam", "PUT", api.ContactPath(ben.ID), ben, nil)
		h.Must(422, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "X", Roles: []api.ContactRole{"boss"}}, nil)
		h.Must(404, "sam", "POST", api.ContactsPath(o.ID+99), api.Contact{Name: "X"}, nil)

		number := h.Ticket(nil)
		h.Change(number, func(t *api.Ticket) { t.Organisation, t.Person = o.ID, anna.ID })
		h.Must(204, "sam", "DELETE", api.ContactPath(anna.ID)+"?version=1", nil, nil)
		h.Change(number, func(t2 *api.Ticket) {
			if t2.Person != 0 || t2.Organisation != o.ID {
				t.Errorf("the ticket of a contact who is gone: %d %d", t2.Person, t2.Organisation)
			}
		})
		h.Must(200, "sam", "GET", api.OrganisationPath(o.ID), nil, &o)
		if len(o.Contacts) != 1 || o.Contacts[0].Name != "Ben" {
			t.Errorf("%+v", o.Contacts)
		}
	})
}

// TestArrived proves that a ticket is linked to whose it is, that its
// installation learns from it, and that what somebody has said by hand stays.
func TestArrived(t *testing.T) {
	each(t, func(h *gatetest.House, x *Customers) {
		o := add(h, api.Organisation{Name: "Beispiel", Domains: []string{"example.com"}})
		other := add(h, api.Organisation{Name: "Other"})
		var anna api.Contact
		var site api.Installed
		h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "Anna", Mail: "anna@private.example"}, &anna)
		h.Must(201, "sam", "POST", api.InstallationsPath(o.ID), api.Installed{Product: "Lager", ProductVersion: "4.0", Where: "hall 1"}, &site)
		h.Written()
		arrive := func(number int64, action string) {
			h.Tx(func(ctx context.Context, tx *db.Tx) error {
				return x.Arrived(ctx, tx, journal.Entry{At: h.Now(), Action: action, Ticket: number})
			})
		}
		for _, c := range []struct {
			contact              string
			organisation, person int64
			installation         int64
		}{
			{"Anna <anna@private.example>, 0123", o.ID, anna.ID, site.ID},
			{"ben@mail.example.com", o.ID, 0, site.ID},
			{"ben@notexample.com", 0, 0, 0},
			{"phone 0123", 0, 0, 0},
			{"anna@", 0, 0, 0},
			{"", 0, 0, 0},
		} {
			number := h.Ticket(func(n *api.NewTicket) { n.Contact = c.contact })
			arrive(number, "ticket.filed")
			h.Change(number, func(got *api.Ticket) {
				if got.Organisation != c.organisation || got.Person != c.person || got.Installation != c.installation {
					t.Errorf("%q: %d %d %d", c.contact, got.Organisation, got.Person, got.Installation)
				}
			})
			if n := len(h.Entries(number)); n != 0 {
				t.Errorf("%q: the customer is told %d things", c.contact, n)
			}
		}

		number := h.Ticket(nil)
		h.Change(number, func(t *api.Ticket) { t.Organisation = other.ID })
		arrive(number, "ticket.filed")
		h.Change(number, func(got *api.Ticket) {
			if got.Organisation != other.ID {
				t.Errorf("what was said by hand became %d", got.Organisation)
			}
		})

		var now api.Installed
		h.Must(200, "sam", "GET", api.OrganisationPath(o.ID), nil, &o)
		if now = o.Installations[0]; now.ProductVersion != "4.1" || now.Version != 2 {
			t.Errorf("the version was not noted once: %+v", now)
		}
		number = h.Ticket(func(n *api.NewTicket) { n.Contact = "anna@private.example" })
		arrive(number, "ticket.filed")
		h.Tx(func(ctx context.Context, tx *db.Tx) error {
			for i := range api.MaxSighted + 2 {
				if _, err := tx.ExecContext(ctx, "INSERT INTO bundles (id, ticket, name, size, sha256, metadata, created) VALUES (?, ?, 'x.zip', 1, '', '', ?)",
					strings.Repeat(string(rune('a'+i)), 10), number, db.Micros(h.Now().Add(time.Duration(i)*time.Minute))); err != nil {
					return err
				}
			}
			return nil
		})
		arrive(number, "bundle.added")
		arrive(number, "bundle.added")
		h.Must(200, "sam", "GET", api.OrganisationPath(o.ID), nil, &o)
		if got := o.Installations[0].Bundles; len(got) != api.MaxSighted || got[0].Bundle != "gggggggggg" || got[0].Ticket != number {
			t.Errorf("the last bundles: %+v", got)
		}
		h.Must(204, "sam", "DELETE", api.InstallationPath(site.ID)+"?version=2", nil, nil)
		h.Change(number, func(got *api.Ticket) {
			if got.Installation != 0 {
				t.Error("an installation that is gone is on the ticket")
			}
		})
	})
}

func TestWhose(t *testing.T) {
	each(t, func(h *gatetest.House, _ *Customers) {
		number := h.Ticket(nil)
		var m api.CustomerMatch
		h.Must(200, "sam", "GET", api.CustomerPath(number), nil, &m)
		if m.Organisation != nil {
			t.Errorf("%+v", m)
		}
		o := add(h, api.Organisation{Name: "Beispiel", Domains: []string{"example.com"}})
		h.Must(200, "sam", "GET", api.CustomerPath(number), nil, &m)
		if m.Organisation == nil || m.Organisation.ID != o.ID || m.By != api.ByDomain || m.Person != nil {
			t.Errorf("%+v", m)
		}
		var anna api.Contact
		h.Must(201, "sam", "POST", api.ContactsPath(o.ID), api.Contact{Name: "Anna", Mail: "anna@example.com"}, &anna)
		h.Change(number, func(t *api.Ticket) { t.Organisation = o.ID })
		m = api.CustomerMatch{}
		h.Must(200, "sam", "GET", api.CustomerPath(number), nil, &m)
		if m.Organisation != nil || m.Person == nil || m.Person.ID != anna.ID || m.By != api.ByMail {
			t.Errorf("%+v", m)
		}
		h.Must(404, "sam", "GET", api.CustomerPath(number+99), nil, nil)
	})
}
