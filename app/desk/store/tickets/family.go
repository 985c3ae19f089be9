package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

// maxDepth bounds how deep tickets may stand below each other.
const maxDepth = 16

// Below says whether ticket stands somewhere below above, or is it: above as
// its child would be a circle. A family deeper than it may be counts as one.
func Below(ctx context.Context, q db.Querier, ticket, above int64) (bool, error) {
	for range maxDepth {
		if ticket == above {
			return true, nil
		}
		var parent sql.NullInt64
		err := q.QueryRowContext(ctx, "SELECT parent FROM tickets WHERE number = ?", ticket).Scan(&parent)
		if errors.Is(err, sql.ErrNoRows) || err == nil && !parent.Valid {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("look above ticket %d: %w", ticket, db.Named(err))
		}
		ticket = parent.Int64
	}
	return true, nil
}

func children(ctx context.Context, q db.Querier, number int64) ([]int64, error) {
	return numbers(q.QueryContext(ctx, "SELECT number FROM tickets WHERE parent = ? ORDER BY number LIMIT 1000", number))
}

func numbers(rows *sql.Rows, err error) ([]int64, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

func words(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func watchers(ctx context.Context, q db.Querier, number int64) ([]string, error) {
	return words(q.QueryContext(ctx, "SELECT staff FROM watchers WHERE ticket = ? ORDER BY staff", number))
}

func setWatchers(ctx context.Context, tx *db.Tx, number int64, names []string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM watchers WHERE ticket = ?", number); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := tx.ExecContext(ctx, "INSERT INTO watchers (staff, ticket) VALUES (?, ?) ON CONFLICT DO NOTHING", name, number); err != nil {
			return err
		}
	}
	return nil
}

// Staff gives those of names who are staff, and not disabled, by lower case, as they are written.
func Staff(ctx context.Context, q db.Querier, names ...string) (map[string]string, error) {
	known := map[string]string{}
	if len(names) == 0 {
		return known, nil
	}
	args := make([]any, len(names))
	for i, n := range names {
		args[i] = strings.ToLower(n)
	}
	list, err := words(q.QueryContext(ctx, "SELECT name FROM staff WHERE disabled = 0 AND lower(name) IN ("+marks(len(names))+")", args...))
	if err != nil {
		return nil, fmt.Errorf("look for staff: %w", db.Named(err))
	}
	for _, n := range list {
		known[strings.ToLower(n)] = n
	}
	return known, nil
}

// marks are n "?".
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// Belongs keeps whose a ticket is; 0 is nobody's.
func Belongs(ctx context.Context, tx *db.Tx, number, organisation, person, installation int64) error {
	err := db.One(tx.ExecContext(ctx, "UPDATE tickets SET organisation = ?, person = ?, installation = ? WHERE number = ?",
		reference(organisation), reference(person), reference(installation), number))
	if err != nil {
		return fmt.Errorf("write whose ticket %d is: %w", number, err)
	}
	return nil
}
