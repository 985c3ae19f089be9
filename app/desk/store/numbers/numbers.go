// Package numbers keeps what was counted of tickets: sums by week and part, and of each ticket what is in them.
package numbers

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Facts are what of a ticket is counted. Times are microseconds since 1970.
type Facts struct {
	Filed                 int64
	Kind, Product, Module string
	Answered, Solved      sql.NullInt64
	Cause                 string
	FirstCheck            bool
}

// Counted is what of a ticket is in the sums; db.ErrNotFound when nothing is.
func Counted(ctx context.Context, d db.Querier, ticket int64) (Facts, error) {
	return scan(d.QueryRowContext(ctx, `SELECT filed, kind, product, module, answered, solved, cause, first_check
		FROM counted WHERE ticket = ?`, ticket))
}

// Now is what of a ticket would be counted now, but for when it was first answered.
func Now(ctx context.Context, d db.Querier, ticket int64) (Facts, error) {
	return scan(d.QueryRowContext(ctx, `SELECT created, kind, product, module, NULL, closed,
		CASE WHEN closed IS NULL THEN '' ELSE cause END, CASE WHEN closed IS NULL THEN 0 ELSE first_check END
		FROM tickets WHERE number = ?`, ticket))
}

func scan(row *db.Row) (Facts, error) {
	var f Facts
	var first int
	err := row.Scan(&f.Filed, &f.Kind, &f.Product, &f.Module, &f.Answered, &f.Solved, &f.Cause, &first)
	f.FirstCheck = first != 0
	return f, db.Named(err)
}

// Keep keeps what of a ticket is in the sums.
func Keep(ctx context.Context, tx *db.Tx, ticket int64, f Facts) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO counted (ticket, filed, kind, product, module, answered, solved, cause, first_check)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ticket) DO UPDATE SET filed = excluded.filed, kind = excluded.kind,
		product = excluded.product, module = excluded.module, answered = excluded.answered, solved = excluded.solved,
		cause = excluded.cause, first_check = excluded.first_check`,
		ticket, f.Filed, f.Kind, f.Product, f.Module, f.Answered, f.Solved, f.Cause, f.FirstCheck)
	return err
}

// The scopes of a sum.
const (
	All = iota
	Product
	Module // of a product
)

// Key names one sum.
type Key struct {
	Scope           int
	Product, Module string
	Week            int64 // days from 1970-01-01 to its Monday
	Measure, Place  string
}

// atOnce bounds a statement's arguments: SQLite takes 32766, and shorter ones are kept prepared.
const atOnce = 40

// Add adds to sums.
func Add(ctx context.Context, tx *db.Tx, deltas map[Key]int) error {
	var args []any
	flush := func() error {
		if len(args) == 0 {
			return nil
		}
		rows := strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?, ?, ?), ", len(args)/7), ", ")
		_, err := tx.ExecContext(ctx, "INSERT INTO numbers (scope, product, module, week, measure, place, n) VALUES "+rows+
			" ON CONFLICT (scope, product, module, week, measure, place) DO UPDATE SET n = numbers.n + excluded.n", args...)
		args = args[:0]
		return err
	}
	for k, n := range deltas {
		if n == 0 {
			continue
		}
		args = append(args, k.Scope, k.Product, k.Module, k.Week, k.Measure, k.Place, n)
		if len(args) == 7*atOnce {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// Before gives tickets that were filed before anything was counted, the newest
// first, at most limit; none when all are counted.
func Before(ctx context.Context, d db.Querier, limit int) ([]int64, error) {
	var least sql.NullInt64
	if err := d.QueryRowContext(ctx, "SELECT min(ticket) FROM counted").Scan(&least); err != nil {
		return nil, db.Named(err)
	}
	query, args := "SELECT number FROM tickets", []any{}
	if least.Valid {
		query, args = query+" WHERE number < ?", append(args, least.Int64)
	}
	return db.All(ctx, d, db.Value[int64], query+" ORDER BY number DESC LIMIT ?", append(args, limit)...)
}

// FirstAnswer is when staff first wrote something public onto a ticket.
func FirstAnswer(ctx context.Context, d db.Querier, ticket int64) (sql.NullInt64, error) {
	var at sql.NullInt64
	err := db.Named(d.QueryRowContext(ctx, `SELECT e.written FROM entries e JOIN staff s ON s.name = e.author
		WHERE e.ticket = ? AND e.public = 1 ORDER BY e.id LIMIT 1`, ticket).Scan(&at))
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	return at, err
}
