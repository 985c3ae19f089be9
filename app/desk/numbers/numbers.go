// Package numbers counts how the work goes, by week and by part of the products, and never by person.
package numbers

import (
	"context"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Config is what numbers need.
type Config struct {
	DB   *db.DB
	Log  interface{ Printf(string, ...any) }
	Now  func() time.Time // nil: the real one
	Zone *time.Location   // of days and hours; nil is the machine's. Another one counts only from then on
}

// Numbers counts and answers. It is safe for several goroutines.
type Numbers struct{ cfg Config }

// New makes Numbers.
func New(cfg Config) *Numbers {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Zone == nil {
		cfg.Zone = time.Local
	}
	return &Numbers{cfg}
}

// pastAtOnce bounds a transaction that counts older tickets.
const pastAtOnce = 500

// Run counts the tickets that were there before anything was counted, then ends.
func (n *Numbers) Run(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := n.past(ctx)
		if err != nil && ctx.Err() == nil {
			n.cfg.Log.Printf("numbers: count older tickets: %v", err)
		}
		if !more || err != nil {
			return
		}
	}
}
