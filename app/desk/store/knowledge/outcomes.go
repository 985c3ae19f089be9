package knowledge

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Outcome is what came of looking for similar cases.
type Outcome struct {
	At         time.Time
	Ref        string // what helped; "" is nothing
	Ticket     int64  // 0: no case was sent
	FirstCheck bool
}

// Count keeps an outcome; a ticket's later one is in place of its earlier one.
// It gives the ref that no longer counts for that ticket, "" is none.
func Count(ctx context.Context, tx *db.Tx, o Outcome) (before string, err error) {
	if o.Ticket != 0 {
		if before, err = Uncount(ctx, tx, o.Ticket); err != nil {
			return "", err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO outcomes (at, ref, ticket, first) VALUES (?, ?, ?, ?)", db.Micros(o.At), o.Ref, reference(o.Ticket), o.FirstCheck)
	if err != nil {
		return "", fmt.Errorf("count outcome: %w", db.Named(err))
	}
	return before, nil
}

// Uncount takes a ticket's outcome back, and gives what it was.
func Uncount(ctx context.Context, tx *db.Tx, ticket int64) (ref string, err error) {
	rows, err := tx.QueryContext(ctx, "DELETE FROM outcomes WHERE ticket = ? RETURNING ref", ticket)
	if err != nil {
		return "", fmt.Errorf("count outcome: %w", db.Named(err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&ref); err != nil {
			return "", fmt.Errorf("count outcome: %w", err)
		}
	}
	return ref, db.Named(rows.Err())
}

// Outcomes sums up a time, the first moment inclusive.
func Outcomes(ctx context.Context, q db.Querier, from, to time.Time) (api.Outcomes, error) {
	o := api.Outcomes{From: from, To: to, Best: []api.Match{}}
	err := q.QueryRowContext(ctx, `SELECT count(ticket), coalesce(sum(CASE WHEN ticket IS NOT NULL THEN first ELSE 0 END), 0),
		coalesce(sum(CASE WHEN ticket IS NOT NULL AND ref <> '' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN ticket IS NULL THEN 1 ELSE 0 END), 0)
		FROM outcomes WHERE at >= ? AND at < ?`, db.Micros(from), db.Micros(to)).Scan(&o.Closed, &o.FirstCheck, &o.WithMatch, &o.Unsent)
	if err != nil {
		return o, fmt.Errorf("count outcomes: %w", db.Named(err))
	}
	return o, nil
}

// Helpful is a ref and how often it helped.
type Helpful struct {
	Ref   string
	Count int
}

// MostHelpful is what helped most in a time.
func MostHelpful(ctx context.Context, q db.Querier, from, to time.Time, limit int) ([]Helpful, error) {
	return helpful(ctx, q, "at >= ? AND at < ? AND ref <> '' GROUP BY ref ORDER BY count(*) DESC, ref LIMIT ?", db.Micros(from), db.Micros(to), limit)
}

// HelpedOf is how often each of some refs has helped.
func HelpedOf(ctx context.Context, q db.Querier, refs []string) (map[string]int, error) {
	m := map[string]int{}
	if len(refs) == 0 {
		return m, nil
	}
	args := make([]any, len(refs))
	for i, r := range refs {
		args[i] = r
	}
	list, err := helpful(ctx, q, "ref IN ("+marks(len(refs))+") GROUP BY ref", args...)
	for _, h := range list {
		m[h.Ref] = h.Count
	}
	return m, err
}

func helpful(ctx context.Context, q db.Querier, where string, args ...any) ([]Helpful, error) {
	rows, err := q.QueryContext(ctx, "SELECT ref, count(*) FROM outcomes WHERE "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("count outcomes: %w", db.Named(err))
	}
	defer rows.Close()
	var list []Helpful
	for rows.Next() {
		var h Helpful
		if err := rows.Scan(&h.Ref, &h.Count); err != nil {
			return nil, fmt.Errorf("count outcomes: %w", err)
		}
		list = append(list, h)
	}
	return list, db.Named(rows.Err())
}
