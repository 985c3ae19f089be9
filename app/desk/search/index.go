package search

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/index"
)

// Source has the texts that are to be found.
type Source interface {
	// Documents gives the documents of these that there are, as they are now.
	Documents(ctx context.Context, q db.Querier, docs []int64) ([]Document, error)

	// All gives the next numbers of a room above one, in order; none is the end.
	All(ctx context.Context, q db.Querier, room Room, above int64, limit int) ([]int64, error)
}

type logger interface {
	Printf(format string, args ...any)
}

// Config is what an index is made of.
type Config struct {
	DB     *db.DB
	Source Source
	Log    logger
	Now    func() time.Time // nil is time.Now
}

// Index finds documents. It is safe for several goroutines; Run, Catch and
// Merge are for one at a time.
type Index struct {
	db     *db.DB
	source Source
	log    logger
	now    func() time.Time
	kick   chan struct{}
	tail   tail

	lastSeq    int64 // of Run alone
	lastChange time.Time
}

// New makes an index over the database.
func New(c Config) *Index {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Index{db: c.DB, source: c.Source, log: c.Log, now: c.Now, kick: make(chan struct{}, 1)}
}

// renew makes the index anew when its terms were made by another version.
func (x *Index) renew(ctx context.Context) error {
	v, err := index.State(ctx, x.db, index.StateTerms)
	if err != nil || v == terms.Version {
		return err
	}
	if v != 0 {
		x.log.Printf("index: made anew, since words are looked at in another way")
	}
	return x.Rebuild(ctx)
}

// Rebuild empties the index and says that everything is due. It is found
// again, the oldest first, as Run comes to it. Killed in between, it is begun
// anew: that the terms are this version's is said last.
func (x *Index) Rebuild(ctx context.Context) error {
	err := x.db.Tx(ctx, func(tx *db.Tx) error { return index.Empty(ctx, tx) })
	for room := Room(0); room < rooms && err == nil; room++ {
		err = x.allDue(ctx, room)
	}
	if err == nil {
		err = x.db.Tx(ctx, func(tx *db.Tx) error {
			v, err := index.State(ctx, tx, index.StateTerms)
			if err == nil {
				_, err = index.Add(ctx, tx, index.StateTerms, terms.Version-v)
			}
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	x.Kick()
	return nil
}

// allDue says of a whole room that it is due.
func (x *Index) allDue(ctx context.Context, room Room) error {
	for above := int64(0); ; {
		var numbers []int64
		err := x.db.Tx(ctx, func(tx *db.Tx) (err error) {
			if numbers, err = x.source.All(ctx, tx, room, above, 5000); err != nil || len(numbers) == 0 {
				return err
			}
			docs := make([]int64, len(numbers))
			for i, n := range numbers {
				docs[i] = room.Doc(n)
			}
			return index.Due(ctx, tx, docs...)
		})
		if err != nil || len(numbers) == 0 {
			return err
		}
		above = numbers[len(numbers)-1]
	}
}
