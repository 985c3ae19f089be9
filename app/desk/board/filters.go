package board

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/board"
	"github.com/beistand/beistand/app/desk/store/db"
)

// maxQuery bounds a saved query, in bytes of JSON.
const maxQuery = 8 << 10

func (b *Board) listFilters(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	list, err := kept.Filters(r.Context(), b.cfg.DB, c.StaffName())
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.FilterList{Filters: list})
}

func (b *Board) addFilter(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	f, err := readFilter(w, r)
	if err != nil {
		return err
	}
	f.Owner = c.Actor().Name
	err = b.do(r.Context(), func(tx *db.Tx) (err error) {
		if f.ID, err = kept.AddFilter(r.Context(), tx, f); err != nil {
			return err
		}
		return b.filterChanged(r, tx, c, f.ID, "added")
	})
	if errors.Is(err, kept.ErrFull) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "you have %d filters; more are not kept", api.MaxFilters)
	}
	if err != nil {
		return err
	}
	f.Version = 1
	w.Header().Set("Location", api.FilterPath(f.ID))
	return reply.JSON(w, http.StatusCreated, f)
}

func (b *Board) changeFilter(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	f, err := readFilter(w, r)
	if err != nil {
		return err
	}
	f.ID = id
	err = b.do(r.Context(), func(tx *db.Tx) error {
		before, err := own(r, tx, c, id)
		if err != nil {
			return err
		}
		if before.Version != f.Version {
			return reply.Conflict(before)
		}
		if err := kept.ChangeFilter(r.Context(), tx, f); err != nil {
			return err
		}
		now, err := kept.Filter(r.Context(), tx, id)
		if err != nil {
			return err
		}
		f.Owner = now.Owner
		return b.filterChanged(r, tx, c, id, "changed")
	})
	if err != nil {
		return err
	}
	f.Version++
	return reply.JSON(w, http.StatusOK, f)
}

func (b *Board) deleteFilter(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, version, err := form.Versioned(r)
	if err != nil {
		return err
	}
	err = b.do(r.Context(), func(tx *db.Tx) error {
		before, err := own(r, tx, c, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return reply.Conflict(before)
		}
		if err := kept.DeleteFilter(r.Context(), tx, id, version); err != nil {
			return err
		}
		return b.filterChanged(r, tx, c, id, "deleted")
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// own reads a filter that the caller may change. Another one's that is not
// shared is not there.
func own(r *http.Request, tx *db.Tx, c gate.Caller, id int64) (api.Filter, error) {
	f, err := kept.Filter(r.Context(), tx, id)
	switch {
	case err != nil:
	case f.Owner == c.Actor().Name, f.Shared && c.Has(api.RoleDispatcher):
	case f.Shared:
		err = reply.Refuse(http.StatusForbidden, api.KindForbidden, "this filter is somebody else's; a dispatcher may change it")
	default:
		err = db.ErrNotFound
	}
	return f, err
}

func (b *Board) filterChanged(r *http.Request, tx *db.Tx, c gate.Caller, id int64, what string) error {
	return b.cfg.Journal.Write(r.Context(), tx, b.cfg.Now(), c.Actor(), 0, "filter.changed", "filter/"+strconv.FormatInt(id, 10),
		map[string]any{"what": what})
}

func readFilter(w http.ResponseWriter, r *http.Request) (api.Filter, error) {
	var f api.Filter
	if err := reply.Read(w, r, &f); err != nil {
		return f, err
	}
	if err := form.Line("name", &f.Name, api.MaxName, true); err != nil {
		return f, err
	}
	f.Query.Before, f.Query.Limit = 0, 0 // where a page begins is not the filter's
	if err := form.Line("text", &f.Query.Text, 400, false); err != nil {
		return f, err
	}
	text, err := json.Marshal(f.Query)
	if err != nil || len(text) > maxQuery {
		return f, reply.Invalid("the filter has more conditions than fit")
	}
	return f, nil
}
