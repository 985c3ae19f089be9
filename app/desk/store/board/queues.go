package board

import (
	"context"
	"errors"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// QueuesOf are the queues that a member of staff looks after, by name.
func QueuesOf(ctx context.Context, d db.Querier, staff string) ([]string, error) {
	return db.All(ctx, d, db.Value[string], "SELECT queue FROM staff_queues WHERE staff = ? ORDER BY queue", staff)
}

// Queue reads one queue's people; one that nobody was ever put to has version 0.
func Queue(ctx context.Context, d db.Querier, name string) (api.Queue, error) {
	q := api.Queue{Name: name, Members: []string{}}
	err := db.Named(d.QueryRowContext(ctx, "SELECT version FROM queues WHERE name = ?", name).Scan(&q.Version))
	if errors.Is(err, db.ErrNotFound) {
		return q, nil
	}
	if err != nil {
		return q, err
	}
	list, err := db.All(ctx, d, db.Value[string], "SELECT staff FROM staff_queues WHERE queue = ? ORDER BY staff", name)
	q.Members = append(q.Members, list...)
	return q, err
}

// Staffed are the queues that were ever given people, by name.
func Staffed(ctx context.Context, d db.Querier) ([]string, error) {
	return db.All(ctx, d, db.Value[string], "SELECT name FROM queues ORDER BY name")
}

// SetQueue writes who looks after a queue. Another version than the kept one is
// db.ErrConflict, one queue too many ErrFull.
func SetQueue(ctx context.Context, tx *db.Tx, name string, version int64, members []string) error {
	now, err := Queue(ctx, tx, name)
	if err != nil {
		return err
	}
	if now.Version != version {
		return db.ErrConflict
	}
	if version == 0 {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM queues").Scan(&n); err != nil {
			return err
		}
		if n >= api.MaxQueues {
			return ErrFull
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO queues (name, version) VALUES (?, 1)
		ON CONFLICT (name) DO UPDATE SET version = queues.version + 1`, name); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM staff_queues WHERE queue = ?", name); err != nil {
		return err
	}
	for _, staff := range members {
		if _, err := tx.ExecContext(ctx, "INSERT INTO staff_queues (staff, queue) VALUES (?, ?)", staff, name); err != nil {
			return err
		}
	}
	return nil
}
