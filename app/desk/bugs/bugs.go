// Package bugs answers for faults of products, tells the customers of linked tickets, and keeps releases.
package bugs

import (
	"context"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Config is what bugs need.
type Config struct {
	DB      *db.DB
	Log     interface{ Printf(string, ...any) } // what goes wrong while customers are told
	Now     func() time.Time                    // nil: the real one
	Journal Journal

	// Similar gives the bugs that a ticket is similar to, as matches of kind bug, the best first. nil: none.
	Similar func(context.Context, api.Ticket) ([]api.Match, error)

	// Post writes an entry onto a ticket's timeline, with all that follows from
	// it. nil: it is written, and the journal says so.
	Post func(context.Context, *db.Tx, api.Actor, api.Entry) (api.Entry, error)
}

// Journal writes down who has done what, in the transaction that does it. Kick
// is called once that is on disk.
type Journal interface {
	Write(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error
	Kick()
}

// Bugs answers for them. It is safe for several goroutines.
type Bugs struct {
	cfg  Config
	wake chan struct{} // holds one: somebody is to be told
}

// New makes Bugs. Run tells customers.
func New(cfg Config) *Bugs {
	b := &Bugs{cfg: cfg, wake: make(chan struct{}, 1)}
	if b.cfg.Now == nil {
		b.cfg.Now = time.Now
	}
	if b.cfg.Similar == nil {
		b.cfg.Similar = func(context.Context, api.Ticket) ([]api.Match, error) { return nil, nil }
	}
	if b.cfg.Post == nil {
		b.cfg.Post = b.post
	}
	return b
}

// do runs fn as one transaction, and tells who reads the journal.
func (b *Bugs) do(ctx context.Context, fn func(*db.Tx) error) error {
	err := b.cfg.DB.Tx(ctx, fn)
	if err == nil {
		b.cfg.Journal.Kick()
	}
	return err
}

// record writes one line of the journal.
func (b *Bugs) record(ctx context.Context, tx *db.Tx, who api.Actor, ticket int64, action, subject string, id int64, detail map[string]any) error {
	return b.cfg.Journal.Write(ctx, tx, b.cfg.Now(), who, ticket, action, subject+"/"+strconv.FormatInt(id, 10), detail)
}

// post writes an entry and says so.
func (b *Bugs) post(ctx context.Context, tx *db.Tx, who api.Actor, e api.Entry) (api.Entry, error) {
	e, _, err := tickets.AddEntry(ctx, tx, e, "", nil)
	if err != nil {
		return e, err
	}
	return e, b.record(ctx, tx, who, e.Ticket, "entry.added", "ticket", e.Ticket, map[string]any{"entry": e.ID, "public": e.Public, "kind": e.Kind})
}
