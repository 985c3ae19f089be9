package cases

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Follow writes sessions that are over onto their tickets' timelines, and books
// what they took. It follows the journal: what it writes, it writes once.
func (c *Cases) Follow(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	id, is := strings.CutPrefix(e.Subject, "session/")
	if !is || e.Action != store.SessionChanged {
		return nil
	}
	var noted store.NotedSession
	if json.Unmarshal(e.Detail, &noted) != nil || noted.State != "ended" {
		return nil // or its detail was erased
	}
	n, err := c.cfg.Store.Session(ctx, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil // it was deleted since
	}
	if err != nil || n.Ended == nil {
		return err
	}
	by := rule.Who{Actor: api.Actor{Kind: api.ActorStaff, Name: n.Staff}, Name: n.Supporter}
	over := api.Entry{
		Ticket: n.Ticket, At: *n.Ended, Kind: api.EntrySession, Public: n.Consented != nil, By: by.Author(), Name: by.Name, Ref: n.ID,
	}
	if _, _, err := c.Add(ctx, tx, by, over, "", nil); err != nil || n.Started == nil {
		return err
	}
	booked := over
	booked.Kind, booked.Public, booked.Minutes = api.EntryTime, false, minutes(n.Ended.Sub(*n.Started))
	_, _, err = c.Add(ctx, tx, by, booked, "", nil)
	return err
}

// minutes rounds up: whoever has looked for ten seconds has looked.
func minutes(d time.Duration) int { return max(1, int((d+time.Minute-1)/time.Minute)) }
