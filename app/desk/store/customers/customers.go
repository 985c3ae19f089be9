// Package customers keeps organisations, their contacts and installations, and when somebody was let in.
//
// What reads takes a db.Querier, what changes a *db.Tx of the caller's. A change
// of another version than the kept one is db.ErrConflict.
package customers

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

// stale says why no row of the version was changed: another version is there, or none.
func stale(ctx context.Context, tx *db.Tx, table string, id int64, r sql.Result, err error) error {
	if err = db.One(r, err); !errors.Is(err, db.ErrNotFound) {
		if db.Unique(err) {
			return db.ErrExists
		}
		return err
	}
	var version int64
	if err := tx.QueryRowContext(ctx, "SELECT version FROM "+table+" WHERE id = ?", id).Scan(&version); err != nil {
		return db.Named(err)
	}
	return db.ErrConflict
}

// made names what an INSERT … RETURNING id says.
func made(err error) error {
	if db.Unique(err) {
		return db.ErrExists
	}
	return db.Named(err)
}

// each reads rows to their end.
func each(rows *sql.Rows, err error, scan func() error) error {
	if err != nil {
		return db.Named(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(); err != nil {
			return err
		}
	}
	return db.Named(rows.Err())
}

// like is a pattern that finds text anywhere, with ESCAPE '!'.
func like(text string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text) + "%"
}

func null(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }

// fold is a name as it is told apart and ordered.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }
