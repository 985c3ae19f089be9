package customers

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
)

func (x *Customers) listOrganisations(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	v := form.QueryOf(r)
	q := api.OrganisationQuery{Text: v.Words("text", 200), After: v.Text("after", 4*api.MaxName), Limit: v.Limit()}
	if v.Err != nil {
		return v.Err
	}
	list, err := kept.Organisations(r.Context(), x.cfg.DB, q)
	if err != nil {
		return err
	}
	more := len(list) > q.Limit
	if more {
		list = list[:q.Limit]
	}
	return reply.JSON(w, http.StatusOK, api.OrganisationList{Organisations: list, More: more})
}

func (x *Customers) organisation(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	return x.showOrganisation(w, r, c, id, http.StatusOK)
}

// showOrganisation answers with all of it, and whether the caller may read how to get in.
func (x *Customers) showOrganisation(w http.ResponseWriter, r *http.Request, c gate.Caller, id int64, status int) error {
	o, err := x.organisationFor(c)(r.Context(), id)
	if err != nil {
		return err
	}
	if o.WaysOpen, err = x.mayEnter(r.Context(), x.cfg.DB, c, id); err != nil {
		return err
	}
	if status == http.StatusCreated {
		w.Header().Set("Location", api.OrganisationPath(id))
	}
	return reply.JSON(w, status, o)
}

// organisationFor reads an organisation as the caller sees it. Who gets into its
// systems is not a program's to know.
func (x *Customers) organisationFor(c gate.Caller) func(context.Context, int64) (api.Organisation, error) {
	return func(ctx context.Context, id int64) (o api.Organisation, err error) {
		err = x.cfg.DB.View(ctx, func(tx *db.Tx) (err error) {
			o, err = kept.Organisation(ctx, tx, id)
			return err
		})
		if c.Staff == nil {
			o.Accesses = nil
		}
		return o, err
	}
}

const nameTaken = "another organisation has this name or one of these domains"

func (x *Customers) addOrganisation(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	o, err := form.Body(w, r, checkOrganisation)
	if err != nil {
		return err
	}
	var id int64
	err = x.change(r.Context(), func(tx *db.Tx) (err error) {
		if id, err = kept.AddOrganisation(r.Context(), tx, o, x.cfg.Now()); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "organisation.changed", "organisation", id, map[string]any{"what": "added"})
	})
	if err != nil {
		return taken(err, nameTaken)
	}
	return x.showOrganisation(w, r, c, id, http.StatusCreated)
}

func (x *Customers) changeOrganisation(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, o, err := form.Of(w, r, checkOrganisation)
	if err != nil {
		return err
	}
	o.ID = id
	err = x.change(r.Context(), func(tx *db.Tx) error {
		if err := kept.ChangeOrganisation(r.Context(), tx, o, x.cfg.Now()); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "organisation.changed", "organisation", id, map[string]any{"what": "changed"})
	})
	if err != nil {
		return taken(reply.Now(r.Context(), err, id, x.organisationFor(c)), nameTaken)
	}
	return x.showOrganisation(w, r, c, id, http.StatusOK)
}

func (x *Customers) deleteOrganisation(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, version, err := form.Versioned(r)
	if err != nil {
		return err
	}
	err = x.change(r.Context(), func(tx *db.Tx) error {
		if err := kept.DeleteOrganisation(r.Context(), tx, id, version); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "organisation.changed", "organisation", id, map[string]any{"what": "deleted"})
	})
	if errors.Is(err, kept.ErrInUse) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "tickets or accesses are linked to this organisation, so it stays")
	}
	if err != nil {
		return reply.Now(r.Context(), err, id, x.organisationFor(c))
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// everybodys are domains whose addresses belong to anybody: none of them is an organisation's.
var everybodys = []string{
	"aol.com", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.de",
	"icloud.com", "kpnmail.nl", "live.com", "live.nl", "mail.com", "me.com", "msn.com", "outlook.com", "outlook.de", "proton.me",
	"protonmail.com", "t-online.de", "web.de", "xs4all.nl", "yahoo.com", "yahoo.de", "ziggo.nl",
}

func checkOrganisation(o *api.Organisation) error {
	if o.Party == "" {
		o.Party = api.PartyCustomer
	}
	if !slices.Contains([]api.Party{api.PartyCustomer, api.PartyPartner, api.PartyVendor}, o.Party) {
		return reply.Invalid("the party of an organisation is one of customer, partner, vendor")
	}
	err := form.Line("name", &o.Name, api.MaxName, true)
	if err == nil {
		err = form.Language(&o.Language)
	}
	if err == nil {
		err = form.Text("contract note", &o.Contract, api.MaxNote, false)
	}
	if err != nil {
		return err
	}
	if len(o.Domains) > api.MaxDomains {
		return reply.Invalid("there are %d domains; %d fit", len(o.Domains), api.MaxDomains)
	}
	for i := range o.Domains {
		if err := form.Domain(&o.Domains[i]); err != nil {
			return err
		}
		if slices.Contains(everybodys, o.Domains[i]) {
			return reply.Invalid("anybody can have an address at %s, so it is not a domain of an organisation's", o.Domains[i])
		}
	}
	slices.Sort(o.Domains)
	o.Domains = slices.Compact(o.Domains)
	return nil
}
