package cases

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

func (c *Cases) timeline(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	v := r.URL.Query()
	q := tickets.EntryQuery{Ticket: caller.Number, Public: !caller.Inside()}
	var err error
	if q.Before, err = whole(v, "before"); err != nil {
		return err
	}
	if q.After, err = whole(v, "after"); err != nil {
		return err
	}
	limit, err := whole(v, "limit")
	if err != nil || limit > 200 {
		return reply.BadRequest("limit is 1 to 200")
	}
	if q.Limit = int(limit); limit == 0 {
		q.Limit = 100
	}
	var list api.Timeline
	err = c.cfg.Store.DB().View(r.Context(), func(tx *db.Tx) error {
		if err := tickets.Exists(r.Context(), tx, caller.Number); err != nil {
			return err
		}
		list, err = tickets.Entries(r.Context(), tx, q)
		return err
	})
	if err != nil {
		return err
	}
	if !caller.Inside() {
		for i, e := range list.Entries {
			list.Entries[i], _ = rule.EntryForCustomer(e) // all are public
		}
	}
	return reply.JSON(w, http.StatusOK, list)
}

// write takes what a person adds.
func (c *Cases) write(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	if !caller.Inside() {
		if err := c.cfg.Saying(caller.Number); err != nil {
			return err
		}
	}
	var e api.NewEntry
	if err := reply.Read(w, r, &e); err != nil {
		return err
	}
	check := rule.Written
	if !caller.Inside() {
		check = rule.Said
	}
	e, err := check(e)
	if err != nil {
		return err
	}
	var added api.Added
	err = c.tx(r.Context(), func(tx *db.Tx) error {
		if caller.Inside() {
			added.Entry, err = c.written(r.Context(), tx, caller.Number, e, who(caller))
		} else {
			added, err = c.SaidIn(r.Context(), tx, caller.Number, Word{NewEntry: e, admit: func() error { return c.cfg.Admit(r) }})
		}
		return err
	})
	if err != nil {
		return err
	}
	if !caller.Inside() {
		added.Entry, _ = rule.EntryForCustomer(added.Entry) // a customer's own is public
	}
	w.Header().Set("Location", api.EntriesPath(added.Ticket))
	return reply.JSON(w, http.StatusCreated, added)
}

// written is what a member of staff adds. Their first public word opens a new ticket.
func (c *Cases) written(ctx context.Context, tx *db.Tx, number int64, n api.NewEntry, by rule.Who) (api.Entry, error) {
	mentioned := rule.Mentioned(n.Text)
	staff, err := tickets.Staff(ctx, tx, mentioned...)
	if err != nil {
		return api.Entry{}, err
	}
	if err := tickets.Exists(ctx, tx, number); err != nil {
		return api.Entry{}, err
	}
	e := api.Entry{
		Ticket: number, At: c.cfg.Now().UTC(), Kind: n.Kind, Public: n.Public, By: by.Author(), Name: by.Name, Party: n.Party,
		Text: n.Text, Mentions: rule.Staff(staff).Known(mentioned), To: n.To, Minutes: n.Minutes,
	}
	e, made, err := c.attached(ctx, tx, by, e, n)
	if err != nil || !made || !e.Public {
		return e, err
	}
	_, err = c.turn(ctx, tx, number, -1, by, false, func(t api.Ticket, _ time.Time) (api.Ticket, error) { return rule.Told(t), nil })
	return e, err
}

// attached writes e with the files that n names: complete uploads of the ticket.
func (c *Cases) attached(ctx context.Context, tx *db.Tx, by rule.Who, e api.Entry, n api.NewEntry) (api.Entry, bool, error) {
	given, err := store.Attach(ctx, tx, e.Ticket, e.Public, n.Files)
	if errors.Is(err, db.ErrNotFound) {
		return e, false, reply.Invalid("the ticket has no such file, or it has not come whole yet: %s", strings.Join(n.Files, ", "))
	}
	if err != nil {
		return e, false, err
	}
	e.Files = append(e.Files, given...)
	content, err := json.Marshal(n)
	if err != nil {
		return e, false, fmt.Errorf("encode entry: %w", err)
	}
	e, made, err := c.Add(ctx, tx, by, e, n.ID, content)
	return e, made, err
}
