package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// Scanner is a row, or one of several.
type Scanner interface{ Scan(dest ...any) error }

// All reads every row that a query gives, each by scan; none is an empty list.
func All[T any](ctx context.Context, d Querier, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	list := []T{}
	rows, err := d.QueryContext(ctx, query, args...)
	if err != nil {
		return list, Named(err)
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return list, err
		}
		list = append(list, one)
	}
	return list, Named(rows.Err())
}

// Value scans a row of one column.
func Value[T any](row Scanner) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}

// Changed says why a change by ID and version changed no row: another version
// is there (ErrConflict), or none (ErrNotFound). What must be its own and is
// another one's is ErrExists.
func Changed(ctx context.Context, tx *Tx, table string, id int64, r sql.Result, err error) error {
	if err = Own(One(r, err)); !errors.Is(err, ErrNotFound) {
		return err
	}
	var version int64
	if err := tx.QueryRowContext(ctx, "SELECT version FROM "+table+" WHERE id = ?", id).Scan(&version); err != nil {
		return Named(err)
	}
	return ErrConflict
}

// Own names err, and is ErrExists for what must be its own and is another one's.
func Own(err error) error {
	if Unique(err) {
		return ErrExists
	}
	return Named(err)
}

// Like is a pattern that finds text anywhere, with ESCAPE '!'.
func Like(text string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text) + "%"
}
