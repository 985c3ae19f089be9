// Package customers answers for organisations, their contacts and installations, and access to their systems.
package customers

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Config is what customers need.
type Config struct {
	DB      *db.DB
	Log     interface{ Printf(string, ...any) } // what goes wrong while accesses are ended
	Now     func() time.Time                    // nil: the real one
	Journal Journal
}

// Journal writes down who has done what, in the transaction that does it. Kick
// is called once that is on disk.
type Journal interface {
	Write(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error
	Kick()
}

// Customers answers for them. It is safe for several goroutines.
type Customers struct{ cfg Config }

// New makes Customers.
func New(cfg Config) *Customers {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Customers{cfg}
}

// change runs fn as one transaction, and tells who reads the journal.
func (x *Customers) change(ctx context.Context, fn func(*db.Tx) error) error {
	err := x.cfg.DB.Tx(ctx, fn)
	if err == nil {
		x.cfg.Journal.Kick()
	}
	return err
}

// record writes one line of the journal.
func (x *Customers) record(ctx context.Context, tx *db.Tx, who api.Actor, ticket int64, action, subject string, id int64, detail map[string]any) error {
	return x.cfg.Journal.Write(ctx, tx, x.cfg.Now(), who, ticket, action, subject+"/"+strconv.FormatInt(id, 10), detail)
}

// taken names what a record has that must be its own.
func taken(err error, what string) error {
	if errors.Is(err, db.ErrExists) {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "%s", what)
	}
	return err
}

// made answers a new record.
func made(w http.ResponseWriter, path string, v any) error {
	w.Header().Set("Location", path)
	return reply.JSON(w, http.StatusCreated, v)
}
