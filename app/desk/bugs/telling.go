package bugs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/bugs"
	"github.com/beistand/beistand/app/desk/store/db"
)

const (
	tellPatience = 3 * time.Second // whoever asks waits so long for the end of it
	tellAgain    = time.Minute     // Run looks without having been told: another desk may have stopped half-way
	tellShown    = 20              // tellings of a bug, with what became of each ticket
)

func (b *Bugs) told(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	var list []api.Telling
	err = b.cfg.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if _, err = kept.Read(r.Context(), tx, id); err != nil {
			return err
		}
		if list, err = kept.Tellings(r.Context(), tx, id, tellShown); err != nil {
			return err
		}
		for i := range list {
			if list[i], err = kept.Telling(r.Context(), tx, list[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.TellingList{Tellings: list})
}

func (b *Bugs) tell(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var t api.Tell
	id, err := form.ID(r)
	if err == nil {
		err = reply.Read(w, r, &t)
	}
	if err != nil {
		return err
	}
	var telling int64
	err = b.do(r.Context(), func(tx *db.Tx) error {
		bug, err := kept.Read(r.Context(), tx, id)
		if err != nil {
			return err
		}
		if bug.Version != t.Version {
			return db.ErrConflict
		}
		if err := tellable(bug, t.What); err != nil {
			return err
		}
		if telling, err = kept.Begin(r.Context(), tx, bug, t.What, c.Actor().Name, b.cfg.Now()); err != nil {
			return err
		}
		return b.record(r.Context(), tx, c.Actor(), 0, "bug.told", "bug", id, map[string]any{"telling": telling, "what": t.What})
	})
	if err != nil {
		return reply.Now(r.Context(), err, id, b.read)
	}
	patience, enough := context.WithTimeout(r.Context(), tellPatience)
	defer enough()
	if err := b.deliver(patience, telling); err != nil && patience.Err() == nil {
		b.cfg.Log.Printf("bugs: telling %d: %v", telling, err)
	}
	b.kick()
	now, err := kept.Telling(r.Context(), b.cfg.DB, telling)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, now)
}

// tellable refuses to tell what is not there.
func tellable(b api.Bug, what api.TellWhat) error {
	workaround, fix := len(b.Workaround) > 0, b.FixedIn != "" && b.State == api.BugFixed
	switch {
	case what != api.TellWorkaround && what != api.TellFix && what != api.TellBoth:
		return reply.Invalid("what is told is one of workaround, fix, both")
	case what != api.TellFix && !workaround:
		return reply.Invalid("there is no workaround that could be told")
	case what != api.TellWorkaround && !fix:
		return reply.Invalid("it is not fixed in any version")
	}
	return nil
}

func (b *Bugs) kick() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Run goes on with tellings that were begun, here or by another desk, until ctx ends.
func (b *Bugs) Run(ctx context.Context) {
	tick := time.NewTicker(tellAgain)
	defer tick.Stop()
	for {
		open, err := kept.Open(ctx, b.cfg.DB)
		for _, id := range open { // one that cannot be told keeps no other from it
			if one := b.deliver(ctx, id); one != nil {
				err = errors.Join(err, fmt.Errorf("telling %d: %w", id, one))
			}
		}
		if err != nil && ctx.Err() == nil {
			b.cfg.Log.Printf("bugs: tell: %v", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		case <-tick.C:
		}
	}
}

// deliver tells everybody who waits, a ticket a transaction: one that cannot be
// told keeps nobody else from it. Two that deliver at once tell nobody twice.
func (b *Bugs) deliver(ctx context.Context, telling int64) error {
	bug, what, by, err := kept.Texts(ctx, b.cfg.DB, telling)
	if err != nil {
		return err
	}
	for {
		list, err := kept.Waiting(ctx, b.cfg.DB, telling, 100)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return b.cfg.DB.Tx(ctx, func(tx *db.Tx) error { return kept.Through(ctx, tx, telling) })
		}
		for _, ticket := range list {
			if err := b.deliverTo(ctx, telling, ticket, bug, what, by); err != nil {
				return err
			}
		}
	}
}

func (b *Bugs) deliverTo(ctx context.Context, telling, ticket int64, bug api.Bug, what api.TellWhat, by string) error {
	problem := b.do(ctx, func(tx *db.Tx) error {
		still, err := kept.IsWaiting(ctx, tx, telling, ticket)
		if err != nil || !still {
			return err
		}
		one := api.ToldOne{Ticket: ticket, Result: api.ToldAlready}
		if one.Entry, err = b.inform(ctx, tx, api.Actor{Kind: api.ActorStaff, Name: by}, ticket, bug, what); err != nil {
			return err
		}
		if one.Entry != 0 {
			one.Result = api.ToldNow
		}
		return kept.Came(ctx, tx, telling, one)
	})
	if problem == nil || ctx.Err() != nil {
		return problem
	}
	b.cfg.Log.Printf("bugs: telling %d, ticket %d: %v", telling, ticket, problem)
	return b.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		return kept.Came(ctx, tx, telling, api.ToldOne{Ticket: ticket, Result: api.ToldFailed, Error: "it could not be written; the desk's log says why"})
	})
}

// inform writes onto a ticket what its customer has not been told of a bug, and
// gives the entry; 0 when they have had all of it.
func (b *Bugs) inform(ctx context.Context, tx *db.Tx, who api.Actor, ticket int64, bug api.Bug, what api.TellWhat) (int64, error) {
	t, err := kept.ReportedBy(ctx, tx, ticket)
	if err != nil {
		return 0, err
	}
	var fresh []part
	for _, p := range parts(bug, what, t.Language) {
		had, err := kept.Had(ctx, tx, bug.ID, ticket, p.digest)
		if err != nil {
			return 0, err
		}
		if !had {
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return 0, nil
	}
	e := api.Entry{
		Ticket: ticket, At: b.cfg.Now(), Kind: api.EntryNote, Public: true, By: who.Name, Ref: "bug/" + strconv.FormatInt(bug.ID, 10),
		Text: letter(fresh, who.Kind == api.ActorRule, t.Language),
	}
	if who.Kind == api.ActorRule {
		e.By = api.ActorRule
	} else {
		if e.Name, err = kept.Called(ctx, tx, who.Name); err != nil {
			return 0, err
		}
	}
	if e, err = b.cfg.Post(ctx, tx, who, e); err != nil {
		return 0, fmt.Errorf("tell ticket %d: %w", ticket, err)
	}
	for _, p := range fresh {
		if err := kept.Give(ctx, tx, bug.ID, ticket, p.digest, e.ID); err != nil {
			return 0, err
		}
	}
	return e.ID, nil
}
