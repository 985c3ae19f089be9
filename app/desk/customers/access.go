package customers

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func (x *Customers) listAccesses(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	v := form.QueryOf(r)
	q := api.AccessQuery{
		Organisation: v.Number("organisation"), Ticket: v.Number("ticket"), Open: v.Flag("open"), Before: v.Number("before"), Limit: v.Limit(),
	}
	if v.Err != nil {
		return v.Err
	}
	list, err := kept.Accesses(r.Context(), x.cfg.DB, q)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.AccessList{Accesses: list})
}

func (x *Customers) access(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	a, err := x.readAccess(r.Context(), id)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, a)
}

func (x *Customers) readAccess(ctx context.Context, id int64) (api.SystemAccess, error) {
	return kept.Access(ctx, x.cfg.DB, id)
}

func (x *Customers) requestAccess(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var n api.NewAccess
	if err := reply.Read(w, r, &n); err != nil {
		return err
	}
	now := x.cfg.Now()
	a, err := requested(n, c.Actor().Name, now)
	if err != nil {
		return err
	}
	err = x.change(r.Context(), func(tx *db.Tx) error {
		if err := x.places(r.Context(), tx, a); err != nil {
			return err
		}
		if err := staffed(r.Context(), tx, a.For); err != nil {
			return err
		}
		id, err := kept.RequestAccess(r.Context(), tx, a)
		if err != nil {
			return err
		}
		if a, err = kept.Access(r.Context(), tx, id); err != nil {
			return err
		}
		return x.tell(r.Context(), tx, c.Actor(), a, "", a.Why+"\n"+a.Scope)
	})
	if err != nil {
		return err
	}
	return made(w, api.AccessPath(a.ID), a)
}

// requested is n as it is kept.
func requested(n api.NewAccess, by string, now time.Time) (api.SystemAccess, error) {
	err := form.Text("reason", &n.Why, api.MaxScope, true)
	if err == nil {
		err = form.Text("scope", &n.Scope, api.MaxScope, true)
	}
	for i := range n.For {
		if err == nil {
			err = form.Staff(&n.For[i])
		}
	}
	switch {
	case err != nil:
	case len(n.For) > 50:
		err = reply.Invalid("an access is for at most 50 people")
	case !n.Until.After(now):
		err = reply.Invalid("the access would be over before it begins")
	case n.Until.After(now.Add(api.MaxAccess)):
		err = reply.Invalid("an access lasts %d days at most", int(api.MaxAccess.Hours()/24))
	case n.Organisation == 0:
		err = reply.Invalid("the organisation is missing")
	}
	if err != nil {
		return api.SystemAccess{}, err
	}
	people := append([]string{by}, n.For...)
	slices.Sort(people)
	return api.SystemAccess{
		Organisation: n.Organisation, Installation: n.Installation, Ticket: n.Ticket, Why: n.Why, Scope: n.Scope,
		By: by, For: slices.Compact(people), Requested: now, Until: n.Until,
	}, nil
}

// places checks that an access is to something that is there, and together.
func (x *Customers) places(ctx context.Context, tx *db.Tx, a api.SystemAccess) error {
	if _, err := kept.Ways(ctx, tx, a.Organisation); err != nil {
		return missing(err, reply.Invalid("there is no organisation %d", a.Organisation))
	}
	if a.Installation != 0 {
		none := reply.Invalid("the organisation has no installation %d", a.Installation)
		if i, err := kept.Installation(ctx, tx, a.Installation); err != nil {
			return missing(err, none)
		} else if i.Organisation != a.Organisation {
			return none
		}
	}
	if a.Ticket != 0 {
		none := reply.Invalid("ticket %d is not of this organisation", a.Ticket)
		if f, err := kept.FactsOf(ctx, tx, a.Ticket); err != nil {
			return missing(err, none)
		} else if f.Organisation != 0 && f.Organisation != a.Organisation {
			return none
		}
	}
	return nil
}

// staffed puts names of staff as they are written, and refuses what is none.
func staffed(ctx context.Context, tx *db.Tx, names []string) error {
	known, err := tickets.Staff(ctx, tx, names...)
	if err != nil {
		return err
	}
	for i, n := range names {
		name, ok := known[strings.ToLower(n)]
		if !ok {
			return reply.Invalid("%q is not a name of staff", n)
		}
		names[i] = name
	}
	return nil
}

// missing refuses what a body names and is not there.
func missing(err error, as *reply.Refusal) error {
	if errors.Is(err, db.ErrNotFound) {
		return as
	}
	return err
}

func (x *Customers) changeAccess(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, change, err := form.Of(w, r, checkChange)
	if err != nil {
		return err
	}
	var now api.SystemAccess
	err = x.change(r.Context(), func(tx *db.Tx) error {
		before, err := kept.Access(r.Context(), tx, id)
		if err != nil {
			return err
		}
		if before.Version != change.Version {
			return reply.Conflict(before)
		}
		granter := api.Contact{}
		if change.State == api.AccessGranted {
			none := reply.Invalid("say which contact of the organisation has granted it")
			if granter, err = kept.Contact(r.Context(), tx, change.GrantedBy); err != nil {
				return missing(err, none)
			}
			if granter.Organisation != before.Organisation {
				return none
			}
		}
		after, err := moved(before, change, granter.Name, c.Actor().Name, x.cfg.Now())
		if err != nil {
			return err
		}
		if err := kept.ChangeAccess(r.Context(), tx, after); err != nil {
			return err
		}
		if now, err = kept.Access(r.Context(), tx, id); err != nil {
			return err
		}
		return x.tell(r.Context(), tx, c.Actor(), now, before.State, change.Reason)
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, now)
}

func checkChange(c *api.AccessChange) error {
	if err := form.Text("reason", &c.Reason, api.MaxScope, false); err != nil {
		return err
	}
	return form.Line("way in which it was granted", &c.How, api.MaxName, false)
}

func (x *Customers) useAccess(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, use, err := form.Of(w, r, func(u *api.NewUse) error { return form.Text("note", &u.Note, api.MaxScope, true) })
	if err != nil {
		return err
	}
	var now api.SystemAccess
	err = x.change(r.Context(), func(tx *db.Tx) error {
		before, err := kept.Access(r.Context(), tx, id)
		if err != nil {
			return err
		}
		switch at := x.cfg.Now(); {
		case !slices.Contains(before.For, c.Actor().Name):
			return reply.Refuse(http.StatusForbidden, api.KindForbidden, "this access was not granted to you")
		case before.Version != use.Version:
			return reply.Conflict(before)
		case before.State != api.AccessGranted || !before.Until.After(at):
			return reply.Refuse(http.StatusConflict, api.KindConflict, "this access is not open")
		default:
			err = kept.UseAccess(r.Context(), tx, id, use.Version, api.AccessUse{At: at, By: c.Actor().Name, Note: use.Note})
		}
		if errors.Is(err, kept.ErrInUse) {
			return reply.Refuse(http.StatusConflict, api.KindConflict, "this access has %d uses, which are all that fit; end it and ask for a new one", api.MaxUses)
		}
		if err != nil {
			return err
		}
		if now, err = kept.Access(r.Context(), tx, id); err != nil {
			return err
		}
		return x.tell(r.Context(), tx, c.Actor(), now, now.State, use.Note)
	})
	if err != nil {
		return err
	}
	return made(w, api.AccessPath(id), now)
}
