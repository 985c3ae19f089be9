package customers

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
)

// mayEnter says whether the caller may read how an organisation's systems are
// got into: level 2, an administrator, or who has an open access there.
func (x *Customers) mayEnter(ctx context.Context, d db.Querier, c gate.Caller, organisation int64) (bool, error) {
	if c.Has(api.RoleLevel2) {
		return true, nil
	}
	if c.Staff == nil {
		return false, nil
	}
	return kept.MayEnter(ctx, d, organisation, c.Staff.Name, x.cfg.Now())
}

// ways shows the notes. The look is in the journal in the same transaction: a
// desk that cannot write it down shows nothing.
func (x *Customers) ways(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	var notes api.Ways
	err = x.change(r.Context(), func(tx *db.Tx) (err error) {
		if err = x.enter(r.Context(), tx, c, id); err != nil {
			return err
		}
		if notes, err = kept.Ways(r.Context(), tx, id); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "ways.read", "organisation", id, map[string]any{"version": notes.Version})
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, notes)
}

func (x *Customers) enter(ctx context.Context, tx *db.Tx, c gate.Caller, organisation int64) error {
	may, err := x.mayEnter(ctx, tx, c, organisation)
	if err == nil && !may {
		err = reply.Refuse(http.StatusForbidden, api.KindForbidden,
			"how to get in is shown to level 2, and to who has an open access to this customer's systems")
	}
	return err
}

func (x *Customers) setWays(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, notes, err := form.Of(w, r, func(n *api.Ways) error { return form.Text("text", &n.Text, api.MaxNote, false) })
	if err != nil {
		return err
	}
	notes.By, notes.Updated = c.Actor().Name, x.cfg.Now()
	var now api.Ways
	err = x.change(r.Context(), func(tx *db.Tx) (err error) {
		if err = x.enter(r.Context(), tx, c, id); err != nil {
			return err
		}
		if err = x.waysOf(r.Context(), tx, id, notes); err != nil {
			return err
		}
		if now, err = kept.Ways(r.Context(), tx, id); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "ways.changed", "organisation", id, map[string]any{"version": now.Version})
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, now)
}

// waysOf writes the notes. Those that are there now come with a conflict.
func (x *Customers) waysOf(ctx context.Context, tx *db.Tx, id int64, notes api.Ways) error {
	err := kept.SetWays(ctx, tx, id, notes)
	return reply.Now(ctx, err, id, func(ctx context.Context, id int64) (api.Ways, error) { return kept.Ways(ctx, tx, id) })
}
