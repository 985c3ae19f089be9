package board

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const filterColumns = "id, version, owner, shared, name, query"

func scanFilter(row db.Scanner) (api.Filter, error) {
	var f api.Filter
	var shared int
	var query string
	if err := row.Scan(&f.ID, &f.Version, &f.Owner, &shared, &f.Name, &query); err != nil {
		return f, db.Named(err)
	}
	f.Shared = shared != 0
	if err := json.Unmarshal([]byte(query), &f.Query); err != nil {
		return f, fmt.Errorf("decode filter %d: %w", f.ID, err)
	}
	return f, nil
}

// Filters are a member of staff's and those that are shared, by name.
func Filters(ctx context.Context, d db.Querier, staff string) ([]api.Filter, error) {
	return db.All(ctx, d, scanFilter, "SELECT "+filterColumns+" FROM filters WHERE owner = ? OR shared = 1 ORDER BY name, id LIMIT 1000", staff)
}

// Filter reads one.
func Filter(ctx context.Context, d db.Querier, id int64) (api.Filter, error) {
	return scanFilter(d.QueryRowContext(ctx, "SELECT "+filterColumns+" FROM filters WHERE id = ?", id))
}

// ErrFull says that one more does not fit.
var ErrFull = errors.New("no more fit")

// AddFilter keeps f and gives its ID; ErrFull when its owner has as many as fit.
func AddFilter(ctx context.Context, tx *db.Tx, f api.Filter) (int64, error) {
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM filters WHERE owner = ?", f.Owner).Scan(&n); err != nil {
		return 0, err
	}
	if n >= api.MaxFilters {
		return 0, ErrFull
	}
	query, err := json.Marshal(f.Query)
	if err != nil {
		return 0, fmt.Errorf("encode filter: %w", err)
	}
	var id int64
	err = tx.QueryRowContext(ctx, "INSERT INTO filters (version, owner, shared, name, query) VALUES (1, ?, ?, ?, ?) RETURNING id",
		f.Owner, f.Shared, f.Name, string(query)).Scan(&id)
	return id, db.Named(err)
}

// ChangeFilter writes f over the one with its ID and version; it stays its owner's.
func ChangeFilter(ctx context.Context, tx *db.Tx, f api.Filter) error {
	query, err := json.Marshal(f.Query)
	if err != nil {
		return fmt.Errorf("encode filter: %w", err)
	}
	return conflict(db.One(tx.ExecContext(ctx, "UPDATE filters SET version = version + 1, shared = ?, name = ?, query = ? WHERE id = ? AND version = ?",
		f.Shared, f.Name, string(query), f.ID, f.Version)))
}

// DeleteFilter deletes one.
func DeleteFilter(ctx context.Context, tx *db.Tx, id, version int64) error {
	return conflict(db.One(tx.ExecContext(ctx, "DELETE FROM filters WHERE id = ? AND version = ?", id, version)))
}

// conflict names what a filter that was read before in the same transaction has: another version.
func conflict(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return db.ErrConflict
	}
	return err
}
