package cases

import (
	"context"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func (c *Cases) patch(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	var change api.TicketChange
	if err := reply.Read(w, r, &change); err != nil {
		return err
	}
	t, err := c.Change(r.Context(), caller.Number, change, who(caller))
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, t)
}

// Change changes a ticket, and gives it as GET shows it to staff. A version that
// is not the ticket's is refused with the ticket as it is.
func (c *Cases) Change(ctx context.Context, number int64, change api.TicketChange, by rule.Who) (t api.Ticket, err error) {
	err = c.tx(ctx, func(tx *db.Tx) error {
		t, err = c.ChangeIn(ctx, tx, number, change, by)
		return err
	})
	return t, err
}

// ChangeIn is Change in a transaction.
func (c *Cases) ChangeIn(ctx context.Context, tx *db.Tx, number int64, change api.TicketChange, by rule.Who) (api.Ticket, error) {
	staff, err := tickets.Staff(ctx, tx, rule.Names(change)...)
	if err != nil {
		return api.Ticket{}, err
	}
	return c.turn(ctx, tx, number, change.Version, by, false, func(t api.Ticket, now time.Time) (api.Ticket, error) {
		next, err := rule.Change(t, change, by, staff, now)
		if err == nil && next.Parent != t.Parent && next.Parent != 0 {
			err = c.adopt(ctx, tx, t.Number, next.Parent)
		}
		if err == nil && c.cfg.Check != nil && (next.Organisation != t.Organisation || next.Person != t.Person || next.Installation != t.Installation) {
			err = c.cfg.Check(ctx, tx, next)
		}
		return next, err
	})
}

// adopt refuses a parent that is not there, or stands below its child.
func (c *Cases) adopt(ctx context.Context, tx *db.Tx, child, parent int64) error {
	if err := tickets.Exists(ctx, tx, parent); err != nil {
		return reply.Invalid("there is no ticket %d to stand below", parent)
	}
	circle, err := tickets.Below(ctx, tx, parent, child)
	if err == nil && circle {
		return rule.Circle()
	}
	return err
}

// turn is one change: the ticket is read, its version compared (-1: any will do),
// what fn makes of it is kept, and the timeline and the journal say so. A change that
// changes nothing is none. public shows the entry to the customer, whose own change it is.
func (c *Cases) turn(ctx context.Context, tx *db.Tx, number, version int64, by rule.Who, public bool,
	fn func(api.Ticket, time.Time) (api.Ticket, error),
) (api.Ticket, error) {
	now := c.cfg.Now().UTC().Truncate(time.Microsecond)
	t, err := tickets.Read(ctx, tx, number)
	if err != nil {
		return t, err
	}
	if version >= 0 && t.Version != version {
		return t, c.stale(ctx, tx, number, by)
	}
	next, err := fn(t, now)
	if err != nil {
		return t, err
	}
	changes := rule.Differences(t, next)
	if len(changes) > 0 {
		if err := tickets.Write(ctx, tx, &next, now); err != nil {
			return t, err
		}
		e := api.Entry{Ticket: number, At: now, Kind: api.EntryChange, Public: public, By: by.Author(), Name: by.Name, Changes: changes}
		if _, _, err := c.Add(ctx, tx, by, e, "", nil); err != nil {
			return t, err
		}
		if err := c.note(ctx, tx, now, by.Actor, number, action(t, next), detailOf(next, changes)); err != nil {
			return t, err
		}
	}
	return c.read(ctx, tx, number, by.Actor.Kind != api.ActorCustomer)
}

// action is the journal's word for what became of a ticket.
func action(before, after api.Ticket) string {
	ended := func(s api.State) bool { return s == api.StateSolved || s == api.StateClosed }
	switch {
	case before.State != after.State && ended(after.State):
		return actClosed
	case ended(before.State) && !ended(after.State):
		return actReopened
	}
	return actChanged
}

// stale refuses with the ticket as it is now.
func (c *Cases) stale(ctx context.Context, tx *db.Tx, number int64, by rule.Who) error {
	current, err := c.read(ctx, tx, number, by.Actor.Kind != api.ActorCustomer)
	if err != nil {
		return err
	}
	return reply.Conflict(current)
}

// read is a ticket as GET shows it: to staff with all that is known, to its
// customer with what is theirs.
func (c *Cases) read(ctx context.Context, tx *db.Tx, number int64, staff bool) (api.Ticket, error) {
	t, err := store.ReadTicket(ctx, tx, number)
	if err != nil {
		return t, err
	}
	for _, fill := range c.cfg.Fill {
		if err := fill(ctx, tx, &t); err != nil {
			return t, err
		}
	}
	if !staff {
		return rule.ForCustomer(t), nil
	}
	t.Suggested = rule.Suggest(t.Priority, t.Impact, t.Critical, c.cfg.Now())
	return t, nil
}

func (c *Cases) show(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	var t api.Ticket
	err := c.cfg.Store.DB().View(r.Context(), func(tx *db.Tx) error {
		var err error
		t, err = c.read(r.Context(), tx, caller.Number, caller.Inside())
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, t)
}

// Tell writes a public word of support's onto a ticket that a person did not
// open for it, as a bug's telling does: a new one is open then, like after any other.
func (c *Cases) Tell(ctx context.Context, tx *db.Tx, by rule.Who, e api.Entry) (api.Entry, error) {
	e, _, err := c.Add(ctx, tx, by, e, "", nil)
	if err != nil {
		return e, err
	}
	_, err = c.turn(ctx, tx, e.Ticket, -1, by, false, func(t api.Ticket, _ time.Time) (api.Ticket, error) { return rule.Told(t), nil })
	return e, err
}
