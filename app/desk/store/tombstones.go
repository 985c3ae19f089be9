package store

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Bury leaves a tombstone on a ticket: what was deleted, and why.
func Bury(ctx context.Context, tx *db.Tx, ticket int64, what, why string, now time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO tombstones (ticket, what, why, dug) VALUES (?, ?, ?, ?)", ticket, what, why, db.Micros(now))
	if err != nil {
		return fmt.Errorf("leave tombstone: %w", db.Named(err))
	}
	return nil
}

func tombstonesOf(ctx context.Context, tx *db.Tx, ticket int64) ([]api.Tombstone, error) {
	rows, err := tx.QueryContext(ctx, "SELECT what, why, dug FROM tombstones WHERE ticket = ? ORDER BY id", ticket)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []api.Tombstone
	for rows.Next() {
		var t api.Tombstone
		var at int64
		if err := rows.Scan(&t.What, &t.Why, &at); err != nil {
			return nil, err
		}
		t.At = db.Moment(at)
		list = append(list, t)
	}
	return list, rows.Err()
}
