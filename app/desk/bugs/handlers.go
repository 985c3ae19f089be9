package bugs

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/bugs/version"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/bugs"
	"github.com/beistand/beistand/app/desk/store/db"
)

// How much is shown beside one bug.
const (
	shownTickets  = 200
	shownTellings = 20
)

func (b *Bugs) list(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	v := form.QueryOf(r)
	q := api.BugQuery{
		Text: v.Words("text", 200), Product: v.Text("product", 4*api.MaxName), Ticket: v.Number("ticket"),
		Before: v.Number("before"), Limit: v.Limit(),
	}
	for _, s := range v.Texts("state", 20) {
		q.States = append(q.States, api.BugState(s))
	}
	if v.Err != nil {
		return v.Err
	}
	list, err := kept.List(r.Context(), b.cfg.DB, q)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.BugList{Bugs: list})
}

func (b *Bugs) bug(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	bug, err := b.read(r.Context(), id)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, bug)
}

// read is one bug with its tickets and who was told, as one moment saw them.
func (b *Bugs) read(ctx context.Context, id int64) (bug api.Bug, err error) {
	err = b.cfg.DB.View(ctx, func(tx *db.Tx) (err error) {
		if bug, err = kept.Read(ctx, tx, id); err != nil {
			return err
		}
		if bug.Tickets, err = kept.Tickets(ctx, tx, id, shownTickets); err != nil {
			return err
		}
		bug.Tellings, err = kept.Tellings(ctx, tx, id, shownTellings)
		return err
	})
	return bug, err
}

func (b *Bugs) add(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	bug, err := form.Body(w, r, check)
	if err != nil {
		return err
	}
	if err := mayPublish(c, api.Bug{}, bug); err != nil {
		return err
	}
	err = b.do(r.Context(), func(tx *db.Tx) (err error) {
		if bug.ID, err = kept.Add(r.Context(), tx, bug, b.cfg.Now()); err != nil {
			return err
		}
		return b.record(r.Context(), tx, c.Actor(), 0, "bug.changed", "bug", bug.ID, map[string]any{"what": "added"})
	})
	if err != nil {
		return err
	}
	if bug, err = b.read(r.Context(), bug.ID); err != nil {
		return err
	}
	w.Header().Set("Location", api.BugPath(bug.ID))
	return reply.JSON(w, http.StatusCreated, bug)
}

func (b *Bugs) change(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, bug, err := form.Of(w, r, check)
	if err != nil {
		return err
	}
	bug.ID = id
	err = b.do(r.Context(), func(tx *db.Tx) error {
		before, err := kept.Read(r.Context(), tx, id)
		if err != nil {
			return err
		}
		if err := mayPublish(c, before, bug); err != nil && before.Version == bug.Version {
			return err
		}
		if err := kept.Change(r.Context(), tx, bug, b.cfg.Now()); err != nil {
			return err
		}
		return b.record(r.Context(), tx, c.Actor(), 0, "bug.changed", "bug", id, map[string]any{"what": "changed", "state": bug.State})
	})
	if err != nil {
		return reply.Now(r.Context(), err, id, b.read)
	}
	return b.bug(w, r, c)
}

// mayPublish refuses a change of what customers are told, unless by an editor or a key.
func mayPublish(c gate.Caller, before, after api.Bug) error {
	same := maps.Equal(before.Workaround, after.Workaround) && maps.Equal(before.Fix, after.Fix) &&
		before.FixedIn == after.FixedIn && (before.State == after.State || after.State != api.BugFixed)
	if same || c.Key != nil || c.Has(api.RoleEditor) {
		return nil
	}
	return reply.Refuse(http.StatusForbidden, api.KindForbidden, "what customers are told of a bug is written by an editor")
}

func check(b *api.Bug) error {
	if b.State == "" {
		b.State = api.BugOpen
	}
	err := form.Line("product", &b.Product, api.MaxName, true)
	for _, f := range []struct {
		name string
		text *string
		most int
		need bool
	}{
		{"title", &b.Title, api.MaxTitle, true},
		{"module", &b.Module, api.MaxName, false},
		{"reference", &b.Ref, api.MaxName, false},
		{"first version", &b.Since, api.MaxVersion, false},
		{"fixed version", &b.FixedIn, api.MaxVersion, false},
	} {
		if err == nil {
			err = form.Line(f.name, f.text, f.most, f.need)
		}
	}
	if err == nil {
		err = form.Text("description", &b.Description, api.MaxNote, false)
	}
	if err == nil {
		err = form.Words("workaround", b.Workaround, api.MaxNote)
	}
	if err == nil {
		err = form.Words("sentence about the fix", b.Fix, api.MaxNote)
	}
	switch {
	case err != nil:
		return err
	case !slices.Contains(api.BugStates, b.State):
		return reply.Invalid("the state of a bug is one of %v", api.BugStates)
	case b.FixedIn != "" && !version.Known(b.FixedIn), b.Since != "" && !version.Known(b.Since):
		return reply.Invalid("a version has a number in it")
	case b.State == api.BugFixed && b.FixedIn == "":
		return reply.Invalid("say in which version it is fixed")
	case b.FixedIn != "" && b.Since != "" && version.Compare(b.FixedIn, b.Since) <= 0:
		return reply.Invalid("it cannot be fixed in %s and be there since %s", b.FixedIn, b.Since)
	}
	return nil
}

func (b *Bugs) link(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var l api.LinkTicket
	id, err := form.ID(r)
	if err == nil {
		err = reply.Read(w, r, &l)
	}
	if err != nil {
		return err
	}
	err = b.do(r.Context(), func(tx *db.Tx) error {
		made, err := kept.Link(r.Context(), tx, id, l.Ticket, c.Actor().Name, b.cfg.Now())
		if err != nil || !made {
			return err
		}
		return b.record(r.Context(), tx, c.Actor(), l.Ticket, "bug.linked", "bug", id, map[string]any{"bug": id})
	})
	if err != nil {
		return err
	}
	return b.bug(w, r, c)
}

func (b *Bugs) unlink(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	ticket, err := form.Ticket(r)
	if err != nil {
		return err
	}
	err = b.do(r.Context(), func(tx *db.Tx) error {
		if err := kept.Unlink(r.Context(), tx, id, ticket); err != nil {
			return err
		}
		return b.record(r.Context(), tx, c.Actor(), ticket, "bug.unlinked", "bug", id, map[string]any{"bug": id})
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
