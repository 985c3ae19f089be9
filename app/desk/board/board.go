// Package board is what a team works from: views, queues, saved filters, bulk changes and the stand-up.
package board

import (
	"context"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Config is what a board needs.
type Config struct {
	DB      *db.DB
	Log     interface{ Printf(string, ...any) }
	Now     func() time.Time // nil: the real one
	Journal Journal
	Cases   Cases
}

// Journal writes down who has done what, in the transaction that does it. Kick
// is called once that is on disk.
type Journal interface {
	Write(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error
	Kick()
}

// Cases changes tickets as their own page does, with all rules.
type Cases interface {
	// Change changes a ticket for the caller; a version that is not the
	// ticket's, and what they may not, is refused.
	Change(ctx context.Context, by gate.Caller, number int64, change api.TicketChange) (api.Ticket, error)
}

// Board answers. It is safe for several goroutines.
type Board struct{ cfg Config }

// New makes a Board.
func New(cfg Config) *Board {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Board{cfg}
}

// do runs fn as one transaction, and tells who reads the journal.
func (b *Board) do(ctx context.Context, fn func(*db.Tx) error) error {
	err := b.cfg.DB.Tx(ctx, fn)
	if err == nil {
		b.cfg.Journal.Kick()
	}
	return err
}
