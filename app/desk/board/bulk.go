package board

import (
	"context"
	"net/http"
	"slices"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// maxNames bounds whom one change adds to watchers, or takes from them.
const maxNames = 50

func (b *Board) bulk(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var all api.Bulk
	if err := reply.Read(w, r, &all); err != nil {
		return err
	}
	if err := checkBulk(&all); err != nil {
		return err
	}
	done := api.BulkDone{Results: make([]api.BulkResult, 0, len(all.Tickets))}
	for _, t := range all.Tickets {
		if err := r.Context().Err(); err != nil {
			return err // whoever asked has gone
		}
		result := api.BulkResult{Number: t.Number}
		changed, err := b.one(r.Context(), c, t, all.Change)
		if err == nil {
			result.Version = changed.Version
			done.Changed++
		} else {
			told := reply.To(err)
			result.Kind, result.Message = told.Body.Kind, told.Body.Message
			if told.Status >= http.StatusInternalServerError {
				b.cfg.Log.Printf("bulk change of ticket %d: %v", t.Number, err)
			}
		}
		done.Results = append(done.Results, result)
	}
	return reply.JSON(w, http.StatusOK, done)
}

// one changes one ticket, as its own page would.
func (b *Board) one(ctx context.Context, c gate.Caller, t api.BulkTicket, change api.BulkChange) (api.Ticket, error) {
	one := api.TicketChange{
		Version: t.Version, Owner: change.Owner, Queue: change.Queue, State: change.State, WaitingFor: change.WaitingFor, Urgency: change.Urgency,
	}
	if len(change.Watch)+len(change.Unwatch) > 0 {
		now, err := tickets.Read(ctx, b.cfg.DB, t.Number)
		if err != nil {
			return now, err
		}
		list := watching(now.Watchers, change.Watch, change.Unwatch)
		one.Watchers = &list
	}
	return b.cfg.Cases.Change(ctx, c, t.Number, one)
}

// watching are the watchers after a change, each once.
func watching(now, add, remove []string) []string {
	list := []string{}
	for _, name := range append(slices.Clone(now), add...) {
		if !slices.Contains(list, name) && !slices.Contains(remove, name) {
			list = append(list, name)
		}
	}
	return list
}

func checkBulk(all *api.Bulk) error {
	c := all.Change
	switch {
	case len(all.Tickets) == 0:
		return reply.Invalid("there is no ticket to change")
	case len(all.Tickets) > api.MaxBulk:
		return reply.Invalid("there are %d tickets; %d are changed at once", len(all.Tickets), api.MaxBulk)
	case c.Owner == nil && c.Queue == nil && c.State == nil && c.Urgency == nil && len(c.Watch)+len(c.Unwatch) == 0:
		return reply.Invalid("there is nothing to change")
	case c.State != nil && (*c.State == api.StateSolved || *c.State == api.StateClosed):
		return reply.Invalid("each ticket has a solution of its own, so many are not solved at once")
	case len(c.Watch) > maxNames || len(c.Unwatch) > maxNames:
		return reply.Invalid("at most %d watchers are changed at once", maxNames)
	}
	for _, names := range [][]string{c.Watch, c.Unwatch} {
		for i := range names {
			if err := form.Staff(&names[i]); err != nil {
				return err
			}
		}
	}
	seen := map[int64]bool{}
	for _, t := range all.Tickets {
		if seen[t.Number] {
			return reply.Invalid("ticket %d is there twice", t.Number)
		}
		seen[t.Number] = true
	}
	return nil
}
