package journal

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

const (
	channel = "beistand_journal" // of notifications: the number of the chain's last entry
	atOnce  = 200                // entries in one step of sealing, reading, verifying
)

// seal gives committed entries their places in the chain, up to atOnce of them,
// and says how many. One desk does it at a time. SQLite has nothing to seal.
//
// A reader that goes by the numbers so never passes one that is still to be
// committed: what has a number is committed, and the next has the next.
func (j *Journal) seal(ctx context.Context) (sealed int, err error) {
	if j.db.Kind() != db.PostgreSQL {
		return 0, nil
	}
	err = j.db.Committed(ctx, func(tx *db.Tx) error {
		sealed = 0
		if err := tx.Lock(ctx, channel); err != nil {
			return err
		}
		ids, waiting, err := pending(ctx, tx)
		if err != nil || len(waiting) == 0 {
			return err
		}
		seq, before, err := head(ctx, tx)
		if err != nil {
			return err
		}
		args := make([]any, 0, 3*len(waiting))
		for i := range waiting {
			seq++
			waiting[i].Seq = seq
			before = waiting[i].link(before)
			args = append(args, ids[i], seq, before)
		}
		_, err = tx.ExecContext(ctx, `WITH place (id, seq, hash) AS (VALUES `+strings.TrimSuffix(strings.Repeat("(?::bigint, ?::bigint, ?::bytea), ", len(ids)), ", ")+`),
			taken AS (DELETE FROM journal_pending w USING place p WHERE w.id = p.id RETURNING w.*)
			INSERT INTO journal (`+rowColumns+`)
			SELECT p.seq, t.at, t.kind, t.name, t.address, t.ticket, t.action, t.subject, t.detail, t.salt, t.private, p.hash
			FROM taken t JOIN place p ON t.id = p.id`, args...)
		if err != nil {
			return err
		}
		sealed = len(ids)
		return tx.Notify(ctx, channel, strconv.FormatInt(seq, 10))
	})
	if err != nil {
		return 0, fmt.Errorf("seal journal: %w", err)
	}
	return sealed, nil
}

// pending are committed entries without a place, in the order of their writing:
// who wrote after another's commit comes after it.
func pending(ctx context.Context, tx *db.Tx) (ids []int64, waiting []row, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, 0, at, kind, name, address, ticket, action, subject, detail, salt, private, private
		FROM journal_pending ORDER BY id LIMIT ?`, atOnce)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		r, err := scanRow(behind{rows, &id})
		if err != nil {
			return nil, nil, err
		}
		ids, waiting = append(ids, id), append(waiting, r)
	}
	return ids, waiting, rows.Err()
}

// behind scans a column before those that scanRow knows.
type behind struct {
	rows interface{ Scan(...any) error }
	id   *int64
}

func (b behind) Scan(dest ...any) error { return b.rows.Scan(append([]any{b.id}, dest...)...) }
