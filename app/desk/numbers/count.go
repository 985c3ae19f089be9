package numbers

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/numbers"
)

// Consumer is the name under which Arrived reads the journal.
const Consumer = "numbers"

// Arrived counts a ticket when it is filed, and anew when it is answered,
// changed, solved or opened again. It is a reader of the journal. What a ticket
// added before is kept beside it, so counting it twice changes nothing.
func (n *Numbers) Arrived(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	switch e.Action {
	case "ticket.filed", "ticket.changed", "ticket.closed", "ticket.reopened":
		return n.count(ctx, tx, e.Ticket, 0)
	case "entry.added", "entry.asked":
		var detail struct {
			Public bool `json:"public"`
		}
		if e.Actor.Kind != api.ActorStaff || json.Unmarshal(e.Detail, &detail) != nil || !detail.Public {
			return nil
		}
		return n.count(ctx, tx, e.Ticket, db.Micros(e.At))
	}
	return nil
}

// count counts a ticket. answered is when staff wrote to the customer, 0 for anything else.
func (n *Numbers) count(ctx context.Context, tx *db.Tx, ticket, answered int64) error {
	before, err := kept.Counted(ctx, tx, ticket)
	known := err == nil
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return err
	}
	if known && answered != 0 && before.Answered.Valid {
		return nil // not the first answer
	}
	after, err := kept.Now(ctx, tx, ticket)
	if errors.Is(err, db.ErrNotFound) {
		return nil // deleted meanwhile: what was counted stays
	}
	if err != nil {
		return err
	}
	after.Answered = before.Answered
	if answered != 0 {
		after.Answered.Int64, after.Answered.Valid = answered, true
	}
	if known && before == after {
		return nil
	}
	counted := map[kept.Key]int{}
	if known {
		counted = sums(before, n.cfg.Zone)
	}
	if err := kept.Keep(ctx, tx, ticket, after); err != nil {
		return err
	}
	return kept.Add(ctx, tx, difference(counted, sums(after, n.cfg.Zone)))
}

// past counts some of the tickets that were there before anything was counted,
// and says whether there are more.
func (n *Numbers) past(ctx context.Context) (more bool, err error) {
	err = n.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		list, err := kept.Before(ctx, tx, pastAtOnce)
		more = len(list) == pastAtOnce
		if err != nil || len(list) == 0 {
			return err
		}
		delta := map[kept.Key]int{}
		for _, ticket := range list {
			f, err := kept.Now(ctx, tx, ticket)
			if err != nil {
				return err
			}
			if f.Answered, err = kept.FirstAnswer(ctx, tx, ticket); err != nil {
				return err
			}
			if err := kept.Keep(ctx, tx, ticket, f); err != nil {
				return err
			}
			for k, n := range sums(f, n.cfg.Zone) {
				delta[k] += n
			}
		}
		return kept.Add(ctx, tx, delta)
	})
	return more, err
}
