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

func (x *Customers) readInstallation(ctx context.Context, id int64) (api.Installed, error) {
	return kept.Installation(ctx, x.cfg.DB, id)
}

func (x *Customers) addInstallation(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	organisation, i, err := form.Of(w, r, checkInstallation)
	if err != nil {
		return err
	}
	i.Organisation = organisation
	err = x.change(r.Context(), func(tx *db.Tx) error {
		id, err := kept.AddInstallation(r.Context(), tx, i, x.cfg.Now())
		if err != nil {
			return err
		}
		if err := x.record(r.Context(), tx, c.Actor(), 0, "installation.changed", "installation", id,
			map[string]any{"what": "added", "organisation": organisation}); err != nil {
			return err
		}
		i, err = kept.Installation(r.Context(), tx, id)
		return err
	})
	if err != nil {
		return full(err, "installations")
	}
	return made(w, api.InstallationPath(i.ID), i)
}

func (x *Customers) changeInstallation(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, i, err := form.Of(w, r, checkInstallation)
	if err != nil {
		return err
	}
	i.ID = id
	var now api.Installed
	err = x.change(r.Context(), func(tx *db.Tx) (err error) {
		if err = kept.ChangeInstallation(r.Context(), tx, i, x.cfg.Now()); err != nil {
			return err
		}
		if now, err = kept.Installation(r.Context(), tx, id); err != nil {
			return err
		}
		return x.record(r.Context(), tx, c.Actor(), 0, "installation.changed", "installation", id,
			map[string]any{"what": "changed", "organisation": now.Organisation})
	})
	if err != nil {
		return reply.Now(r.Context(), err, id, x.readInstallation)
	}
	return reply.JSON(w, http.StatusOK, now)
}

func (x *Customers) deleteInstallation(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	return x.remove(w, r, c, "installation", kept.DeleteInstallation, func(ctx context.Context, id int64) (any, error) { return x.readInstallation(ctx, id) })
}

func checkInstallation(i *api.Installed) error {
	err := form.Line("product", &i.Product, api.MaxName, true)
	if err == nil {
		err = form.Line("product's version", &i.ProductVersion, api.MaxVersion, false)
	}
	if err == nil {
		err = form.Line("place", &i.Where, api.MaxName, false)
	}
	if err == nil {
		err = form.Text("note", &i.Note, api.MaxNote, false)
	}
	return err
}
