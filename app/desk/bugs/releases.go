package bugs

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/bugs/version"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/bugs"
	"github.com/beistand/beistand/app/desk/store/db"
)

// maxFixes bounds one release's list of bugs.
const maxFixes = 500

func (b *Bugs) listReleases(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	v := form.QueryOf(r)
	q := api.ReleaseQuery{Product: v.Text("product", 4*api.MaxName), Limit: v.Limit()}
	if v.Err != nil {
		return v.Err
	}
	list, err := kept.Releases(r.Context(), b.cfg.DB, q.Product, q.Limit)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(x, y api.Release) int { // the newest of one day's first
		if x.Date != y.Date {
			return strings.Compare(y.Date, x.Date)
		}
		return version.Compare(y.Release, x.Release)
	})
	return reply.JSON(w, http.StatusOK, api.ReleaseList{Releases: list})
}

func (b *Bugs) readRelease(ctx context.Context, id int64) (api.Release, error) {
	return kept.Release(ctx, b.cfg.DB, id)
}

func (b *Bugs) release(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	rel, err := b.readRelease(r.Context(), id)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, rel)
}

func (b *Bugs) addRelease(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	rel, err := form.Body(w, r, checkRelease)
	if err != nil {
		return err
	}
	err = b.do(r.Context(), func(tx *db.Tx) error {
		if err := b.known(r.Context(), tx, rel); err != nil {
			return err
		}
		id, err := kept.AddRelease(r.Context(), tx, rel)
		if err != nil {
			return err
		}
		if rel, err = kept.Release(r.Context(), tx, id); err != nil {
			return err
		}
		return b.published(r.Context(), tx, c.Actor(), rel, "added")
	})
	if err != nil {
		return doubled(err)
	}
	w.Header().Set("Location", api.ReleasePath(rel.ID))
	return reply.JSON(w, http.StatusCreated, rel)
}

func (b *Bugs) changeRelease(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, rel, err := form.Of(w, r, checkRelease)
	if err != nil {
		return err
	}
	rel.ID = id
	err = b.do(r.Context(), func(tx *db.Tx) error {
		if err := b.known(r.Context(), tx, rel); err != nil {
			return err
		}
		if err := kept.ChangeRelease(r.Context(), tx, rel); err != nil {
			return err
		}
		now, err := kept.Release(r.Context(), tx, id)
		if err != nil {
			return err
		}
		rel = now
		return b.published(r.Context(), tx, c.Actor(), rel, "changed")
	})
	if err != nil {
		return doubled(reply.Now(r.Context(), err, id, b.readRelease))
	}
	return reply.JSON(w, http.StatusOK, rel)
}

func (b *Bugs) deleteRelease(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, lock, err := form.Versioned(r)
	if err != nil {
		return err
	}
	err = b.do(r.Context(), func(tx *db.Tx) error {
		if err := kept.DeleteRelease(r.Context(), tx, id, lock); err != nil {
			return err
		}
		return b.record(r.Context(), tx, c.Actor(), 0, "release.changed", "release", id, map[string]any{"what": "deleted"})
	})
	if err != nil {
		return reply.Now(r.Context(), err, id, b.readRelease)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// known refuses a release that fixes a bug which is not there, or is another product's.
func (b *Bugs) known(ctx context.Context, tx *db.Tx, r api.Release) error {
	for _, id := range r.Fixes {
		bug, err := kept.Read(ctx, tx, id)
		if errors.Is(err, db.ErrNotFound) || (err == nil && kept.Fold(bug.Product) != kept.Fold(r.Product)) {
			return reply.Invalid("%s has no bug %d", r.Product, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// published notes a release, and of each bug that it fixes that it does.
func (b *Bugs) published(ctx context.Context, tx *db.Tx, who api.Actor, r api.Release, what string) error {
	for _, id := range r.Fixes {
		err := kept.Fixed(ctx, tx, id, r.Release, b.cfg.Now())
		if err == nil {
			err = b.record(ctx, tx, who, 0, "bug.changed", "bug", id, map[string]any{"what": "fixed", "state": api.BugFixed})
		}
		if err != nil && !errors.Is(err, kept.ErrSame) {
			return err
		}
	}
	return b.record(ctx, tx, who, 0, "release.changed", "release", r.ID, map[string]any{"what": what})
}

func doubled(err error) error {
	if errors.Is(err, db.ErrExists) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "the product has this version already")
	}
	return err
}

func checkRelease(r *api.Release) error {
	err := form.Line("product", &r.Product, api.MaxName, true)
	if err == nil {
		err = form.Line("version", &r.Release, api.MaxVersion, true)
	}
	if err == nil {
		_, err = form.Day("date", r.Date)
	}
	if err == nil {
		err = form.Words("notes", r.Notes, api.MaxNote)
	}
	switch {
	case err != nil:
		return err
	case !version.Known(r.Release):
		return reply.Invalid("a version has a number in it")
	case len(r.Fixes) > maxFixes:
		return reply.Invalid("a release lists %d bugs; %d fit", len(r.Fixes), maxFixes)
	}
	slices.Sort(r.Fixes)
	r.Fixes = slices.Compact(r.Fixes)
	return nil
}
