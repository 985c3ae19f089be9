package hooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
)

const (
	lease     = 2 * time.Minute // a delivery that a desk has taken and not told the end of
	keepFor   = 30 * 24 * time.Hour
	patience  = 7 * 24 * time.Hour // of failing without an end, until a webhook is switched off
	tidyEvery = time.Hour
)

// Run takes what the journal says and sends what is due, until ctx ends.
func (h *Hooks) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() {
		if err := h.cfg.Journal.Consume(ctx, "hooks", h.take); err != nil {
			h.cfg.Log.Printf("webhooks: %v", err)
		}
	})
	all.Go(func() { h.sending(ctx) })
	all.Wait()
	h.client.CloseIdleConnections()
}

// take makes deliveries of one entry, for whoever is told of such.
func (h *Hooks) take(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	known := false
	for _, a := range api.HookActions {
		known = known || a == e.Action
	}
	if !known {
		return nil
	}
	all, err := read(ctx, tx, "WHERE enabled = 1")
	if err != nil {
		return err
	}
	for _, k := range all {
		for _, pattern := range k.Actions {
			if !matches(pattern, e.Action) {
				continue
			}
			d, err := made(k.ID, fmt.Sprintf("evt_%d_%d", e.Seq, k.ID), e)
			if err != nil {
				return err
			}
			if err := add(ctx, tx, d, h.cfg.Now()); err != nil {
				return err
			}
			break
		}
	}
	h.wake()
	return nil
}

func made(hook int64, id string, e journal.Entry) (delivery, error) {
	body, err := json.Marshal(api.HookEvent{
		ID: id, At: e.At.UTC(), Action: e.Action, Ticket: e.Ticket, Subject: e.Subject, Actor: e.Actor.Kind, Detail: e.Detail,
	})
	return delivery{Delivery: api.Delivery{ID: id, Action: e.Action, Ticket: e.Ticket, At: e.At}, hook: hook, body: body}, err
}

func (h *Hooks) wake() {
	select {
	case h.kick <- struct{}{}:
	default:
	}
}

// sending gives each webhook that has something due a sender of its own: one
// that does not answer holds up no other.
func (h *Hooks) sending(ctx context.Context) {
	tick := time.NewTicker(h.cfg.Wait)
	defer tick.Stop()
	var senders sync.WaitGroup
	defer senders.Wait()
	var busy sync.Map // of webhooks, by ID
	var tidied time.Time
	for {
		due, err := h.due(ctx)
		for _, id := range due {
			if _, sends := busy.LoadOrStore(id, true); sends {
				continue
			}
			senders.Go(func() {
				err := h.drain(ctx, id)
				busy.Delete(id)
				if err == nil {
					h.wake() // for what became due after the last look
				} else if ctx.Err() == nil {
					h.cfg.Log.Printf("webhook %d: %v", id, err)
				}
			})
		}
		if now := h.cfg.Now(); err == nil && now.Sub(tidied) > tidyEvery {
			tidied = now
			err = h.tidy(ctx, now)
		}
		if err != nil && ctx.Err() == nil {
			h.cfg.Log.Printf("webhooks: %v", err)
		}
		select {
		case <-tick.C:
		case <-h.kick:
		case <-ctx.Done():
			return
		}
	}
}

// due are the webhooks that something is to be sent to.
func (h *Hooks) due(ctx context.Context) ([]int64, error) {
	all, err := read(ctx, h.cfg.DB, "WHERE enabled = 1 AND EXISTS (SELECT 1 FROM deliveries WHERE hook = hooks.id AND next <= ?)", db.Micros(h.cfg.Now()))
	var ids []int64
	for _, k := range all {
		ids = append(ids, k.ID)
	}
	return ids, err
}

// drain sends one after the other what is due for a webhook.
func (h *Hooks) drain(ctx context.Context, hook int64) error {
	for {
		d, err := h.claim(ctx, hook)
		if err != nil || d == nil {
			return err
		}
		if err := h.deliver(ctx, *d); err != nil {
			return err
		}
	}
}

// claim takes the next that is due for a webhook, so that no other desk does; nil: there is none.
func (h *Hooks) claim(ctx context.Context, hook int64) (due *delivery, err error) {
	now := h.cfg.Now()
	err = h.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		due = nil
		list, err := scanDeliveries(tx.QueryContext(ctx, "SELECT "+deliveryColumns+` FROM deliveries
			WHERE hook = ? AND next <= ? AND EXISTS (SELECT 1 FROM hooks WHERE hooks.id = deliveries.hook AND enabled = 1)
			ORDER BY next, id LIMIT 1`, hook, db.Micros(now)))
		if err != nil || len(list) == 0 {
			return err
		}
		due = &list[0]
		_, err = tx.ExecContext(ctx, "UPDATE deliveries SET next = ? WHERE id = ?", db.Micros(now.Add(lease)), due.ID)
		return err
	})
	return due, err
}

// deliver tries once and keeps what came of it.
func (h *Hooks) deliver(ctx context.Context, d delivery) error {
	k, err := one(ctx, h.cfg.DB, d.hook)
	if errors.Is(err, db.ErrNotFound) {
		return nil // deleted meanwhile, and its deliveries with it
	}
	if err != nil {
		return err
	}
	status, failed := h.send(ctx, k, d)
	if ctx.Err() != nil {
		return nil // the desk stops: the try counts for nothing and is made again
	}
	now := h.cfg.Now()
	text, next, done := "", (*time.Time)(nil), (*time.Time)(nil)
	switch {
	case failed == nil:
		done = &now
	case d.Tries < len(waits):
		at := now.Add(waits[d.Tries])
		text, next = why(failed), &at
	default:
		text = why(failed) + "; given up"
	}
	return h.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE deliveries SET tries = tries + 1, next = ?, done = ?, status = ?, error = ? WHERE id = ?",
			db.NullMicros(next), db.NullMicros(done), status, text, d.ID)
		if err != nil {
			return err
		}
		now, err := one(ctx, tx, d.hook)
		if errors.Is(err, db.ErrNotFound) {
			return nil // deleted while it was told
		}
		if err != nil {
			return err
		}
		return h.judge(ctx, tx, now, text)
	})
}

// judge keeps whether a webhook works, and switches one off that has not for long.
func (h *Hooks) judge(ctx context.Context, tx *db.Tx, k kept, failure string) error {
	now := h.cfg.Now().UTC().Truncate(time.Microsecond)
	switch {
	case failure == "" && k.Failing == nil:
		return nil
	case failure == "":
		k.Failing, k.Why = nil, ""
	case k.Failing == nil:
		k.Failing, k.Why = &now, failure
	case now.Sub(*k.Failing) > patience && k.Enabled:
		k.Enabled, k.Why = false, "switched off, since nothing has arrived for a week: "+failure
		k.Version++
	default:
		k.Why = failure
	}
	return update(ctx, tx, k)
}

func (h *Hooks) tidy(ctx context.Context, now time.Time) error {
	return h.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM deliveries WHERE made < ?", db.Micros(now.Add(-keepFor)))
		return err
	})
}

// try sends a test at once and answers with what came of it.
func (h *Hooks) try(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	k, err := one(r.Context(), h.cfg.DB, id)
	if err != nil {
		return err
	}
	now := h.cfg.Now()
	d, err := made(id, fmt.Sprintf("test_%d_%d", id, now.UnixMicro()), journal.Entry{At: now, Actor: c.Actor(), Action: "hook.test", Subject: fmt.Sprintf("hook/%d", id)})
	if err != nil {
		return err
	}
	d.Tries = 1
	if d.Status, err = h.send(r.Context(), k, d); err != nil {
		d.Error = why(err)
	} else {
		d.Done = &now
	}
	return reply.JSON(w, http.StatusOK, d.Delivery)
}
