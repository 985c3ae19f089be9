package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
)

// How desks take turns at a folder.
const (
	beatEvery = 5 * time.Second
	// silence is after how much of it another desk takes over: many beats, since
	// a database may be slow. A mail that both should take is one ticket all the same: it is known by its mark.
	silence = 30 * time.Second
)

// errTurn is that another desk fetches.
var errTurn = errors.New("another desk fetches the mails")

// turn is one desk's at one folder. Desks' clocks may differ: how long
// another's beat stands still is measured here. One goroutine has it.
type turn struct {
	db     *db.DB
	folder string
	name   string // of this desk, while it runs

	last  kept.Fetcher // as it was seen
	since time.Time    // when it was seen first
}

func newTurn(d *db.DB, folder string) *turn { return &turn{db: d, folder: folder, name: rand.Text()} }

// take has the turn at now, or gives errTurn.
func (t *turn) take(ctx context.Context, now time.Time) error {
	err := t.db.Tx(ctx, func(tx *db.Tx) error {
		f, err := kept.FetcherOf(ctx, tx, t.folder)
		if err != nil {
			return err
		}
		if f != t.last {
			t.last, t.since = f, now
		}
		if f.Holder != "" && f.Holder != t.name && now.Sub(t.since) < silence {
			return errTurn
		}
		return kept.SetFetcher(ctx, tx, t.folder, f, t.name)
	})
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrConflict) {
		return errTurn // another was quicker
	}
	return err
}

// give lets another desk have the turn at once.
func (t *turn) give(ctx context.Context) error {
	err := t.db.Tx(ctx, func(tx *db.Tx) error {
		f, err := kept.FetcherOf(ctx, tx, t.folder)
		if err != nil || f.Holder != t.name {
			return err
		}
		return kept.SetFetcher(ctx, tx, t.folder, f, "")
	})
	if err != nil {
		return fmt.Errorf("let another desk fetch mails: %w", err)
	}
	return nil
}

// hold has fetch run whenever it is this desk's turn, until ctx ends. fetch's context
// ends when the turn could not be kept: well before another desk takes it.
func (t *turn) hold(ctx context.Context, fetch func(context.Context), say func(error)) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := t.take(ctx, time.Now()); err == nil {
			t.held(ctx, tick.C, fetch, say)
		} else if !errors.Is(err, errTurn) && ctx.Err() == nil {
			say(err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// held fetches for as long as the turn is kept, and gives it up.
func (t *turn) held(ctx context.Context, tick <-chan time.Time, fetch func(context.Context), say func(error)) {
	fetching, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		fetch(fetching)
	}()
	kept := time.Now()
	for fetching.Err() == nil {
		select {
		case <-fetching.Done():
		case <-tick:
			asked, done := context.WithTimeout(fetching, silence/6)
			now := time.Now()
			switch err := t.take(asked, now); {
			case err == nil:
				kept = now
			case errors.Is(err, errTurn) || time.Since(kept) > silence/2:
				cancel()
			}
			done()
		}
	}
	cancel()
	<-ended
	last, done := context.WithTimeout(context.WithoutCancel(ctx), silence/6)
	defer done()
	if err := t.give(last); err != nil {
		say(err)
	}
}
