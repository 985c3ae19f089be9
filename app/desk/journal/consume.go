package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

const (
	consumeAtOnce = 50          // entries in one transaction
	waitFirst     = time.Second // after fn has refused an entry; doubled each time
	waitLongest   = time.Minute
	breath        = 20 * time.Millisecond // between transactions that are not full
)

// Consume calls fn with every entry, in order, until ctx ends: a new name
// begins with the first there is, a known one where it stopped. What fn writes
// with tx and that the entry is done are one transaction, so it is done once,
// whatever crashes. Of several desks, one works at a name at a time.
//
// fn may be called again for an entry whose transaction was not kept, so it
// does nothing but by tx. An error of fn is logged and the same entry tried
// again after a while; the ones behind it wait. An entry that fn has no use
// for, it returns nil for. The error is always nil.
func (j *Journal) Consume(ctx context.Context, name string, fn func(context.Context, *db.Tx, Entry) error) error {
	most, wait := consumeAtOnce, waitFirst
	for ctx.Err() == nil {
		moved := j.movement() // before looking, so that nothing falls in between
		good, more, err := j.step(ctx, name, most, fn)
		most = consumeAtOnce
		pause := lookEvery
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && good > 0:
			most = good // the ones before the one that it is about
			continue
		case err != nil:
			j.log.Printf("journal: %s: %v", name, err)
			moved, pause, wait = nil, wait, min(2*wait, waitLongest)
		case good > 0:
			wait = waitFirst
		}
		if more {
			continue
		}
		if good > 0 { // the next ones come together: a transaction for each of them would hold up who writes
			rest(ctx, nil, breath)
			continue
		}
		rest(ctx, moved, pause) // not for ever: another desk may have had the name, or written
	}
	return nil
}

func rest(ctx context.Context, until <-chan struct{}, most time.Duration) {
	t := time.NewTimer(most)
	defer t.Stop()
	select {
	case <-until:
	case <-t.C:
	case <-ctx.Done():
	}
}

func (j *Journal) movement() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.moved
}

// step does up to most entries in one transaction. good are those that fn took,
// which are undone with an error; more says that others wait.
func (j *Journal) step(ctx context.Context, name string, most int, fn func(context.Context, *db.Tx, Entry) error) (good int, more bool, err error) {
	done, all, err := j.Done(ctx, name)
	if err != nil || done == all {
		return 0, false, err
	}
	err = j.db.Tx(ctx, func(tx *db.Tx) error {
		good, more = 0, false
		held, err := tx.TryLock(ctx, "journal: "+name)
		if err != nil || !held {
			return err
		}
		cursor, err := place(ctx, tx, name)
		if err != nil {
			return err
		}
		entries, err := read(ctx, tx, cursor)
		if err != nil {
			return err
		}
		// SQLite's transactions share commits: this one sees what is not there
		// for anybody else yet, and fn may look at what an entry is about by another connection.
		entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.Seq > all })
		more = len(entries) > most
		entries = entries[:min(most, len(entries))]
		for _, e := range entries {
			if err := fn(ctx, tx, e); err != nil {
				return fmt.Errorf("entry %d, %s: %w", e.Seq, e.Action, err)
			}
			cursor = e.Seq
			good++
		}
		return db.One(tx.ExecContext(ctx, "UPDATE journal_cursors SET seq = ? WHERE name = ?", cursor, name))
	})
	return good, more && err == nil, err
}

// place is how far name has come; a new name is put at the beginning.
func place(ctx context.Context, tx *db.Tx, name string) (cursor int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT seq FROM journal_cursors WHERE name = ?", name).Scan(&cursor)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = tx.ExecContext(ctx, "INSERT INTO journal_cursors (name, seq) VALUES (?, 0)", name)
	}
	return cursor, err
}

// Done says how far the consumer of that name has come, and how far the journal goes.
func (j *Journal) Done(ctx context.Context, name string) (done, all int64, err error) {
	err = j.db.QueryRowContext(ctx, `SELECT coalesce((SELECT seq FROM journal_cursors WHERE name = ?), 0),
		coalesce((SELECT max(seq) FROM journal), 0)`, name).Scan(&done, &all)
	if err != nil {
		return 0, 0, fmt.Errorf("read journal's cursor: %w", db.Named(err))
	}
	return done, all, nil
}
