package cases

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// What the journal is told.
const (
	actFiled    = "ticket.filed"
	actChanged  = "ticket.changed"
	actClosed   = "ticket.closed"
	actReopened = "ticket.reopened"
	actEntry    = "entry.added"
	actAsked    = "entry.asked"
)

func (c *Cases) note(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action string, detail any) error {
	b, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("encode %s: %w", action, err)
	}
	return journal.Write(ctx, tx, journal.Entry{
		At: at, Actor: by, Ticket: ticket, Action: action, Subject: fmt.Sprintf("ticket/%d", ticket), Detail: b,
	})
}

// tx runs fn, and wakes those who follow the journal.
func (c *Cases) tx(ctx context.Context, fn func(*db.Tx) error) error {
	err := c.cfg.Store.DB().Tx(ctx, fn)
	if err == nil && c.cfg.Kick != nil {
		c.cfg.Kick()
	}
	return err
}

// changedDetail is what the journal keeps of a change: which fields, and short
// ones with what they were and are. What people have written stays on the ticket.
type changedDetail struct {
	Version int64         `json:"version"`
	Changes []api.Changed `json:"changes"`
	State   api.State     `json:"state,omitempty"` // the new one, when it is another
}

// told are the fields whose content the journal keeps.
var told = map[string]bool{
	"kind": true, "impact": true, "queue": true, "level": true, "level_at": true, "owner": true, "state": true, "parent": true,
	"organisation": true, "person": true, "installation": true, "product": true, "product_version": true, "module": true, "cause": true,
}

const maxTold = 100 // characters

func detailOf(t api.Ticket, changes []api.Changed) changedDetail {
	d := changedDetail{Version: t.Version}
	for _, ch := range changes {
		if ch.Field == "state" {
			d.State = t.State
		}
		if !told[ch.Field] || utf8.RuneCountInString(ch.From)+utf8.RuneCountInString(ch.To) > maxTold {
			ch.From, ch.To = "", ""
		}
		d.Changes = append(d.Changes, ch)
	}
	return d
}

// entryDetail is what the journal keeps of an entry.
type entryDetail struct {
	Entry    int64         `json:"entry"`
	Public   bool          `json:"public"`
	Kind     api.EntryKind `json:"kind"`
	Mentions []string      `json:"mentions,omitempty"`
}

// Add writes an entry onto a timeline and tells the journal of it. uid and content
// are AddEntry's; an entry that was there before is told of no more.
func (c *Cases) Add(ctx context.Context, tx *db.Tx, by rule.Who, e api.Entry, uid string, content []byte) (api.Entry, bool, error) {
	e, made, err := tickets.AddEntry(ctx, tx, e, uid, content)
	if err != nil || !made {
		return e, made, err
	}
	action := actEntry
	if e.Kind == api.EntryRequest {
		action = actAsked
	}
	return e, true, c.note(ctx, tx, e.At, by.Actor, e.Ticket, action, entryDetail{Entry: e.ID, Public: e.Public, Kind: e.Kind, Mentions: e.Mentions})
}
