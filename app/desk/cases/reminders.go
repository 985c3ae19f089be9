package cases

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// remindersAtOnce bounds one round; what is left has its turn in the next.
const remindersAtOnce = 200

// byDesk is who writes reminders.
var byDesk = rule.Who{Actor: api.Actor{Kind: api.ActorDesk}, Dispatcher: true}

// Remind writes the reminders of promises that are due at now: an internal entry
// that mentions the ticket's owner or, without one, those who watch it. Each is
// written once: that it was is kept with it, in one transaction.
func (c *Cases) Remind(ctx context.Context, now time.Time) error {
	due, err := tickets.Reminders(ctx, c.cfg.Store.DB(), now, remindersAtOnce)
	if err != nil {
		return err
	}
	var errs []error
	for _, d := range due {
		err := c.tx(ctx, func(tx *db.Tx) error { return c.remind(ctx, tx, d, now) })
		if !errors.Is(err, db.ErrNotFound) { // another desk was quicker, or the promise has changed
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (c *Cases) remind(ctx context.Context, tx *db.Tx, d tickets.Due, now time.Time) error {
	if err := tickets.Reminded(ctx, tx, d); err != nil {
		return err
	}
	t, err := tickets.Read(ctx, tx, d.Ticket)
	if err != nil {
		return err
	}
	whom := t.Watchers
	if t.Owner != "" {
		whom = []string{t.Owner}
	}
	what := d.What
	if what == api.PromiseFix || what == api.PromiseWorkaround {
		what = say(c.cfg.Language, what, nil)
	}
	text := say(c.cfg.Language, textReminder, map[string]string{"What": what, "Due": d.Promise.Due.In(now.Location()).Format("2006-01-02 15:04")})
	for _, name := range whom {
		text += " @" + name
	}
	e := api.Entry{Ticket: d.Ticket, At: now.UTC(), Kind: api.EntryNote, By: byDesk.Author(), Text: text, Mentions: whom}
	_, _, err = c.Add(ctx, tx, byDesk, e, "", nil)
	return err
}
