package desk

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store/board"
	"github.com/beistand/beistand/app/desk/store/bugs"
	"github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
)

// teamPolicy is who may work with customers, bugs and views. Nothing of it is a
// customer's; how to get in, and who was let in, is no program's, nor is what is
// somebody's own.
var teamPolicy = []line{
	{endpoint: "GET " + api.PathOrganisations, may: anyStaff | keyRead, ok: 200},
	{endpoint: "POST " + api.PathOrganisations, may: anyStaff | keyCustomers, ok: 201, asks: func(*testing.T, *place) question {
		return question{json: api.Organisation{Name: client.NewTicketID()}}
	}},
	{endpoint: "GET " + api.PathOrganisation, may: anyStaff | keyRead, ok: 200, asks: organisationAsks(nil)},
	{endpoint: "PUT " + api.PathOrganisation, may: anyStaff | keyCustomers, ok: 200, asks: organisationAsks(api.Organisation{Version: 1})},
	{endpoint: "DELETE " + api.PathOrganisation, may: dispatcher | administrator, ok: 204, asks: organisationAsks(nil)},
	{endpoint: "GET " + api.PathWays, may: level2 | administrator, ok: 200, asks: organisationAsks(nil)},
	{endpoint: "PUT " + api.PathWays, may: level2 | administrator, ok: 200, asks: organisationAsks(api.Ways{Text: "Ring first."})},
	{endpoint: "POST " + api.PathContacts, may: anyStaff | keyCustomers, ok: 201, asks: organisationAsks(api.Contact{Name: "Anna"})},
	{endpoint: "PUT " + api.PathContact, may: anyStaff | keyCustomers, ok: 200, asks: contactAsks(api.Contact{Version: 1, Name: "Anne"})},
	{endpoint: "DELETE " + api.PathContact, may: anyStaff | keyCustomers, ok: 204, asks: contactAsks(nil)},
	{endpoint: "POST " + api.PathInstallations, may: anyStaff | keyCustomers, ok: 201, asks: organisationAsks(api.Installed{Product: "Lager"})},
	{endpoint: "PUT " + api.PathInstallation, may: anyStaff | keyCustomers, ok: 200, asks: installationAsks(api.Installed{Version: 1, Product: "Lager"})},
	{endpoint: "DELETE " + api.PathInstallation, may: anyStaff | keyCustomers, ok: 204, asks: installationAsks(nil)},
	{endpoint: "GET " + api.PathAccesses, may: anyStaff, ok: 200},
	{endpoint: "POST " + api.PathAccesses, may: anyStaff, ok: 201, asks: func(t *testing.T, p *place) question {
		return question{json: api.NewAccess{Organisation: p.organisation(t), Why: "a look", Scope: "the log", Until: p.clock.now().Add(time.Hour)}}
	}},
	{endpoint: "GET " + api.PathAccess, may: anyStaff, ok: 200, asks: accessAsks(nil)},
	{endpoint: "PATCH " + api.PathAccess, may: anyStaff, ok: 200, asks: accessAsks(api.AccessChange{Version: 2, State: api.AccessEnded})},
	{endpoint: "POST " + api.PathAccessUses, may: anyStaff, ok: 201, asks: accessAsks(api.NewUse{Version: 2, Note: "looked at the log"})},
	{endpoint: "GET " + api.PathCustomer, may: anyStaff | keyRead, ok: 200},

	{endpoint: "GET " + api.PathBugs, may: anyStaff | keyRead, ok: 200},
	{endpoint: "POST " + api.PathBugs, may: anyStaff | keyBugs, ok: 201, asks: func(*testing.T, *place) question {
		return question{json: api.Bug{Product: "Lager", Title: "It stops"}}
	}},
	{endpoint: "GET " + api.PathBug, may: anyStaff | keyRead, ok: 200, asks: bugAsks(nil)},
	{endpoint: "PUT " + api.PathBug, may: anyStaff | keyBugs, ok: 200, asks: bugAsks(api.Bug{Version: 1, Product: "Lager", Title: "It stands"})},
	{endpoint: "POST " + api.PathBugTickets, may: anyStaff | keyWrite, ok: 200, asks: func(t *testing.T, p *place) question {
		return bugAsks(api.LinkTicket{Ticket: p.ticket})(t, p)
	}},
	{endpoint: "DELETE " + api.PathBugTicket, may: anyStaff | keyWrite, ok: 204, asks: bugAsks(nil)},
	{endpoint: "GET " + api.PathBugTold, may: anyStaff | keyRead, ok: 200, asks: bugAsks(nil)},
	{endpoint: "POST " + api.PathBugTold, may: editor | administrator, ok: 200, asks: bugAsks(api.Tell{Version: 1, What: api.TellFix})},
	{endpoint: "GET " + api.PathReleases, may: anyStaff | keyRead, ok: 200},
	{endpoint: "POST " + api.PathReleases, may: editor | administrator | keyBugs, ok: 201, asks: func(*testing.T, *place) question {
		return question{json: api.Release{Product: client.NewTicketID(), Release: "4.1", Date: "2026-11-30"}}
	}},
	{endpoint: "GET " + api.PathRelease, may: anyStaff | keyRead, ok: 200, asks: releaseAsks(nil)},
	{endpoint: "PUT " + api.PathRelease, may: editor | administrator | keyBugs, ok: 200, asks: releaseAsks(api.Release{Version: 1, Product: "Changed", Release: "4.2", Date: "2026-11-30"})},
	{endpoint: "DELETE " + api.PathRelease, may: editor | administrator | keyBugs, ok: 204, asks: releaseAsks(nil)},

	{endpoint: "GET " + api.PathViews, may: anyStaff | keyRead, ok: 200},
	{endpoint: "GET " + api.PathBoard, may: anyStaff | keyRead, ok: 200},
	{endpoint: "POST " + api.PathBulk, may: dispatcher | administrator, ok: 200, asks: func(_ *testing.T, p *place) question {
		queue := "lager"
		return question{json: api.Bulk{Tickets: []api.BulkTicket{{Number: p.ticket, Version: 1}}, Change: api.BulkChange{Queue: &queue}}}
	}},
	{endpoint: "GET " + api.PathQueues, may: anyStaff | keyRead, ok: 200},
	{endpoint: "PUT " + api.PathQueue, may: dispatcher | administrator, ok: 200, asks: func(*testing.T, *place) question {
		return question{paths: map[string]string{"{id}": client.NewTicketID()}, json: api.SetQueue{Members: []string{"sam"}}}
	}},
	{endpoint: "GET " + api.PathFilters, may: anyStaff | keyRead, ok: 200},
	{endpoint: "POST " + api.PathFilters, may: anyStaff, ok: 201, asks: func(*testing.T, *place) question {
		return question{json: api.Filter{Name: "Everything"}}
	}},
	{endpoint: "PUT " + api.PathFilter, may: dispatcher | administrator, ok: 200, asks: filterAsks(api.Filter{Version: 1, Name: "Changed"})},
	{endpoint: "DELETE " + api.PathFilter, may: dispatcher | administrator, ok: 204, asks: filterAsks(nil)},
	{endpoint: "GET " + api.PathNumbers, may: anyStaff | keyRead, ok: 200},
}

// kept writes something and gives its ID.
func (p *place) kept(t *testing.T, fn func(context.Context, *db.Tx) (int64, error)) (id int64) {
	t.Helper()
	err := p.store.DB().Tx(t.Context(), func(tx *db.Tx) (err error) {
		id, err = fn(t.Context(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (p *place) organisation(t *testing.T) int64 {
	return p.kept(t, func(ctx context.Context, tx *db.Tx) (int64, error) {
		return customers.AddOrganisation(ctx, tx, api.Organisation{Name: client.NewTicketID(), Party: api.PartyCustomer}, p.clock.now())
	})
}

// about asks about one of what make makes. body may be nil.
func about(body any, make func(context.Context, *db.Tx, *testing.T, *place) (int64, error)) asks {
	return func(t *testing.T, p *place) question {
		id := p.kept(t, func(ctx context.Context, tx *db.Tx) (int64, error) { return make(ctx, tx, t, p) })
		return question{paths: map[string]string{"{id}": fmt.Sprint(id)}, query: "version=1", json: body}
	}
}

func organisationAsks(body any) asks {
	return func(t *testing.T, p *place) question {
		if o, changes := body.(api.Organisation); changes {
			o.Name = client.NewTicketID()
			body = o
		}
		return question{paths: map[string]string{"{id}": fmt.Sprint(p.organisation(t))}, query: "version=1", json: body}
	}
}

func contactAsks(body any) asks {
	return func(t *testing.T, p *place) question {
		at := p.organisation(t)
		return about(body, func(ctx context.Context, tx *db.Tx, _ *testing.T, _ *place) (int64, error) {
			return customers.AddContact(ctx, tx, api.Contact{Organisation: at, Name: "Anna"})
		})(t, p)
	}
}

func installationAsks(body any) asks {
	return func(t *testing.T, p *place) question {
		at := p.organisation(t)
		return about(body, func(ctx context.Context, tx *db.Tx, _ *testing.T, p *place) (int64, error) {
			return customers.AddInstallation(ctx, tx, api.Installed{Organisation: at, Product: "Lager"}, p.clock.now())
		})(t, p)
	}
}

// accessAsks is about an access that is open for everybody of the staff.
func accessAsks(body any) asks {
	return func(t *testing.T, p *place) question {
		at := p.organisation(t)
		return about(body, func(ctx context.Context, tx *db.Tx, _ *testing.T, p *place) (int64, error) {
			now := p.clock.now()
			a := api.SystemAccess{
				Organisation: at, Why: "a look", Scope: "the log", By: "sam", For: []string{"dana", "edda", "lewis", "robin", "sam"},
				Requested: now, Until: now.Add(time.Hour),
			}
			id, err := customers.RequestAccess(ctx, tx, a)
			if err != nil {
				return 0, err
			}
			a.ID, a.Version, a.State, a.Granted = id, 1, api.AccessGranted, &now
			return id, customers.ChangeAccess(ctx, tx, a)
		})(t, p)
	}
}

// bugAsks is about a bug that is fixed and that the own ticket is linked to.
func bugAsks(body any) asks {
	return about(body, func(ctx context.Context, tx *db.Tx, _ *testing.T, p *place) (int64, error) {
		id, err := bugs.Add(ctx, tx, api.Bug{Product: "Lager", Title: "It stops", State: api.BugOpen}, p.clock.now())
		if err != nil || body == nil {
			if err == nil {
				_, err = bugs.Link(ctx, tx, id, p.ticket, "sam", p.clock.now())
			}
			return id, err
		}
		if _, tells := body.(api.Tell); tells {
			err = bugs.Change(ctx, tx, api.Bug{ID: id, Version: 1, Product: "Lager", Title: "It stops", State: api.BugFixed, FixedIn: "4.2"}, p.clock.now())
			if err == nil {
				_, err = tx.ExecContext(ctx, "UPDATE bugs SET version = 1 WHERE id = ?", id)
			}
		}
		return id, err
	})
}

func releaseAsks(body any) asks {
	return func(t *testing.T, p *place) question {
		if r, changes := body.(api.Release); changes {
			r.Product = client.NewTicketID()
			body = r
		}
		return about(body, func(ctx context.Context, tx *db.Tx, _ *testing.T, _ *place) (int64, error) {
			return bugs.AddRelease(ctx, tx, api.Release{Product: client.NewTicketID(), Release: "4.1", Date: "2026-11-30"})
		})(t, p)
	}
}

// filterAsks is about a shared filter of the administrator's.
func filterAsks(body any) asks {
	return about(body, func(ctx context.Context, tx *db.Tx, _ *testing.T, _ *place) (int64, error) {
		return board.AddFilter(ctx, tx, api.Filter{Name: "Everything", Owner: "robin", Shared: true})
	})
}
