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

const mailTaken = "another contact has this mail address"

func (x *Customers) readContact(ctx context.Context, id int64) (api.Contact, error) {
	return kept.Contact(ctx, x.cfg.DB, id)
}

// full refuses one too many.
func full(err error, what string) error {
	if errors.Is(err, kept.ErrInUse) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "the organisation has as many %s as fit", what)
	}
	return err
}

func (x *Customers) addContact(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	organisation, p, err := form.Of(w, r, checkContact)
	if err != nil {
		return err
	}
	p.Organisation = organisation
	err = x.change(r.Context(), func(tx *db.Tx) (err error) {
		if p.ID, err = kept.AddContact(r.Context(), tx, p); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "contact.changed", "contact", p.ID, map[string]any{"what": "added", "organisation": organisation})
	})
	if err != nil {
		return full(taken(err, mailTaken), "contacts")
	}
	p.Version = 1
	return made(w, api.ContactPath(p.ID), p)
}

func (x *Customers) changeContact(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, p, err := form.Of(w, r, checkContact)
	if err != nil {
		return err
	}
	p.ID = id
	var now api.Contact
	err = x.change(r.Context(), func(tx *db.Tx) (err error) {
		if err = kept.ChangeContact(r.Context(), tx, p); err != nil {
			return err
		}
		if now, err = kept.Contact(r.Context(), tx, id); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "contact.changed", "contact", id, map[string]any{"what": "changed", "organisation": now.Organisation})
	})
	if err != nil {
		return taken(reply.Now(r.Context(), err, id, x.readContact), mailTaken)
	}
	return reply.JSON(w, http.StatusOK, now)
}

func (x *Customers) deleteContact(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	return x.remove(w, r, c, "contact", kept.DeleteContact, func(ctx context.Context, id int64) (any, error) { return x.readContact(ctx, id) })
}

// remove deletes a contact or an installation.
func (x *Customers) remove(w http.ResponseWriter, r *http.Request, c gate.Caller, what string,
	remove func(context.Context, *db.Tx, int64, int64) error, read func(context.Context, int64) (any, error),
) error {
	id, version, err := form.Versioned(r)
	if err != nil {
		return err
	}
	err = x.change(r.Context(), func(tx *db.Tx) error {
		if err := remove(r.Context(), tx, id, version); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, what+".changed", what, id, map[string]any{"what": "deleted"})
	})
	if err != nil {
		return reply.Now(r.Context(), err, id, read)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func checkContact(p *api.Contact) error {
	err := form.Line("name", &p.Name, api.MaxName, true)
	if err == nil {
		err = form.Mail(&p.Mail)
	}
	if err == nil {
		err = form.Line("phone number", &p.Phone, 60, false)
	}
	if err == nil {
		err = form.Language(&p.Language)
	}
	if err == nil {
		err = form.Line("company", &p.Company, api.MaxName, false)
	}
	if err != nil {
		return err
	}
	slices.Sort(p.Roles)
	p.Roles = slices.Compact(p.Roles)
	for _, role := range p.Roles {
		if !slices.Contains(api.ContactRoles, role) {
			return reply.Invalid("%q is not a role of a contact: %v", role, api.ContactRoles)
		}
	}
	return nil
}
