package customers

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/bugs/version"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
)

// mailForm finds a mail address in what somebody wrote how to reach them.
var mailForm = late.Regexp(`[^\s<>()\[\]",;:\\@]+@[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]`)

// match says whose a ticket with these facts may be: 0 is nobody known.
func match(ctx context.Context, d db.Querier, f kept.Facts) (organisation, person, installation int64, how string, err error) {
	organisation = f.Organisation
	if mail := strings.ToLower(mailForm().FindString(f.Contact)); mail != "" {
		o, p, by, err := kept.ByMail(ctx, d, mail)
		switch {
		case errors.Is(err, db.ErrNotFound) || (err == nil && organisation != 0 && organisation != o):
		case err != nil:
			return 0, 0, 0, "", err
		default:
			organisation, person, how = o, p, by
		}
	}
	if organisation == 0 || f.Product == "" {
		return organisation, person, 0, how, nil
	}
	installation, err = kept.OnlyInstallation(ctx, d, organisation, f.Product)
	if errors.Is(err, db.ErrNotFound) {
		installation, err = 0, nil
	}
	return organisation, person, installation, how, err
}

// Consumer is the name under which Arrived reads the journal.
const Consumer = "customers"

// Arrived links a ticket that was filed to whose it is, and notes version and
// bundles at its installation. It is a reader of the journal; the customer is
// told nothing of it.
func (x *Customers) Arrived(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	switch e.Action {
	case "ticket.filed", "ticket.changed", "bundle.added":
	default:
		return nil
	}
	f, err := kept.FactsOf(ctx, tx, e.Ticket)
	if errors.Is(err, db.ErrNotFound) {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	if e.Action == "ticket.filed" && f.Organisation == 0 {
		if f, err = x.link(ctx, tx, e.Ticket, f); err != nil {
			return err
		}
	}
	if f.Installation == 0 {
		return nil
	}
	return x.sight(ctx, tx, e, f)
}

func (x *Customers) link(ctx context.Context, tx *db.Tx, ticket int64, f kept.Facts) (kept.Facts, error) {
	organisation, person, installation, how, err := match(ctx, tx, f)
	if err != nil || organisation == 0 {
		return f, err
	}
	if err := kept.Link(ctx, tx, ticket, organisation, person, installation); err != nil {
		return f, err
	}
	f.Organisation, f.Person, f.Installation = organisation, person, installation
	return f, x.record(ctx, tx, api.Actor{Kind: api.ActorRule}, ticket, "ticket.changed", "ticket", ticket,
		map[string]any{"fields": []string{"organisation", "person", "installation"}, "by": how})
}

// sight notes what a ticket says of its installation.
func (x *Customers) sight(ctx context.Context, tx *db.Tx, e journal.Entry, f kept.Facts) error {
	if version.Known(f.ProductVersion) && e.Action != "bundle.added" {
		err := kept.Saw(ctx, tx, f.Installation, f.ProductVersion, e.At)
		if err == nil {
			err = x.record(ctx, tx, api.Actor{Kind: api.ActorRule}, e.Ticket, "installation.changed", "installation", f.Installation,
				map[string]any{"what": "seen", "product_version": f.ProductVersion})
		}
		if err != nil && !errors.Is(err, kept.ErrSame) {
			return err
		}
	}
	list, err := kept.BundlesOf(ctx, tx, e.Ticket)
	if err != nil {
		return err
	}
	for _, s := range list {
		s.ProductVersion = f.ProductVersion
		if err := kept.SawBundle(ctx, tx, f.Installation, s); err != nil {
			return err
		}
	}
	return nil
}

// whose says whose a ticket may be, as far as it does not say so itself.
func (x *Customers) whose(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	ticket, err := form.Ticket(r)
	if err != nil {
		return err
	}
	var m api.CustomerMatch
	err = x.cfg.DB.View(r.Context(), func(tx *db.Tx) error {
		m = api.CustomerMatch{}
		f, err := kept.FactsOf(r.Context(), tx, ticket)
		if err != nil {
			return err
		}
		organisation, person, installation, how, err := match(r.Context(), tx, f)
		if err != nil {
			return err
		}
		if organisation != 0 && f.Organisation == 0 {
			o, err := kept.Organisation(r.Context(), tx, organisation)
			if err != nil {
				return err
			}
			o.Contacts, o.Installations, o.Accesses = nil, nil, nil
			m.Organisation, m.By = &o, how
		}
		if person != 0 && f.Person == 0 {
			p, err := kept.Contact(r.Context(), tx, person)
			if err != nil {
				return err
			}
			m.Person, m.By = &p, how
		}
		if installation != 0 && f.Installation == 0 {
			i, err := kept.Installation(r.Context(), tx, installation)
			if err != nil {
				return err
			}
			m.Installation = &i
		}
		return nil
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, m)
}
