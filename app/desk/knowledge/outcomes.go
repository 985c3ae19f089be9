package knowledge

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
)

var outcomeParams = []gate.Param{{Name: "from", Says: "2026-11-01; 30 days ago if not given"}, {Name: "to", Says: "the day after the last; today if not given"}}

// mostBest is how many of those that helped most are told of.
const mostBest = 20

// helped counts that something published was the answer before a case was sent.
func (k *Knowledge) helped(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var h api.Helped
	if err := reply.Read(w, r, &h); err != nil {
		return err
	}
	if _, _, _, ok := parseRef(h.Ref); !ok {
		return reply.Invalid("the ref is not one of a match")
	}
	if k.cfg.Thanks != nil {
		if err := k.cfg.Thanks(r, h.Ref); err != nil {
			return err
		}
	}
	err := k.tx(r.Context(), func(tx *db.Tx) error {
		docs, err := docsOf(r.Context(), tx, h.Ref, true)
		if err != nil {
			return err
		}
		if len(docs) == 0 {
			return db.ErrNotFound
		}
		if _, err := knowledge.Count(r.Context(), tx, knowledge.Outcome{At: k.cfg.Now(), Ref: h.Ref}); err != nil {
			return err
		}
		return k.index.Due(r.Context(), tx, docs...)
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// closed counts a case that has ended, in the place of what was counted of it before.
func (k *Knowledge) closed(ctx context.Context, tx *db.Tx, t api.Ticket) error {
	ref := t.Closing.Helped
	if _, _, _, ok := parseRef(ref); !ok {
		ref = ""
	}
	before, err := knowledge.Count(ctx, tx, knowledge.Outcome{At: t.Closing.At, Ref: ref, Ticket: t.Number, FirstCheck: t.Closing.FirstCheck})
	if err != nil {
		return err
	}
	return k.recount(ctx, tx, before, ref)
}

// recount says that how often something helped is another figure now.
func (k *Knowledge) recount(ctx context.Context, tx *db.Tx, refs ...string) error {
	for _, ref := range refs {
		docs, err := docsOf(ctx, tx, ref, false)
		if err == nil && len(docs) > 0 {
			err = k.index.Due(ctx, tx, docs...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *Knowledge) outcomes(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	f := form.QueryOf(r)
	first, last := f.Text("from", 10), f.Text("to", 10)
	if f.Err != nil {
		return f.Err
	}
	to := k.cfg.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 1)
	var err error
	if last != "" {
		if to, err = form.Day("to", last); err != nil {
			return err
		}
	}
	from := to.AddDate(0, 0, -30)
	if first != "" {
		if from, err = form.Day("from", first); err != nil {
			return err
		}
	}
	var o api.Outcomes
	err = k.db.View(r.Context(), func(tx *db.Tx) error {
		if o, err = knowledge.Outcomes(r.Context(), tx, from, to); err != nil {
			return err
		}
		o.Best, err = k.best(r.Context(), tx, from, to)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, o)
}

// best are the matches that helped most in a time. What is gone is left out.
func (k *Knowledge) best(ctx context.Context, tx *db.Tx, from, to time.Time) ([]api.Match, error) {
	most, err := knowledge.MostHelpful(ctx, tx, from, to, mostBest)
	list := []api.Match{}
	for _, h := range most {
		docs, derr := docsOf(ctx, tx, h.Ref, false)
		if err = errors.Join(err, derr); err != nil {
			return nil, err
		}
		for _, doc := range docs {
			m, merr := k.matches(ctx, tx, []search.Result{{Doc: doc}}, nil, "")
			if err = errors.Join(err, merr); err != nil {
				return nil, err
			}
			if len(m) > 0 && !isShadow(doc) {
				m[0].Helped = h.Count
				list = append(list, m[0])
			}
		}
	}
	return list, err
}

// isShadow says that a document is another's, as customers see it.
func isShadow(doc int64) bool {
	room, _ := search.Split(doc)
	return room == search.PublicBugs
}

func ignoreMissing(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}
