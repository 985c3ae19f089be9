// Package index keeps what texts are found by: queries alone.
//
// Documents are written with their terms at once (search_docs, fresh); which
// documents have a term (search_posts) is written later, for many documents
// together, since a common term's posts are changed by almost every document.
package index

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

// The states that are kept, each a number.
const (
	StateSeq     = "seq"     // the last change of a document
	StateTerm    = "term"    // the last term's number
	StateMerged  = "merged"  // how often posts were written
	StateInside  = "inside"  // documents that staff alone see, of those whose posts are written
	StateOutside = "outside" // and that everybody sees
	StateTerms   = "terms"   // terms.Version of all that is here
)

// State reads one, 0 when it is not there.
func State(ctx context.Context, q db.Querier, name string) (int64, error) {
	var v int64
	err := db.Named(q.QueryRowContext(ctx, "SELECT value FROM search_state WHERE name = ?", name).Scan(&v))
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return 0, fmt.Errorf("read state of index: %w", err)
	}
	return v, nil
}

// States reads all.
func States(ctx context.Context, q db.Querier) (map[string]int64, error) {
	m := map[string]int64{}
	rows, err := q.QueryContext(ctx, "SELECT name, value FROM search_state")
	if err != nil {
		return nil, fmt.Errorf("read state of index: %w", db.Named(err))
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var v int64
		if err := rows.Scan(&name, &v); err != nil {
			return nil, fmt.Errorf("read state of index: %w", err)
		}
		m[name] = v
	}
	return m, db.Named(rows.Err())
}

// Add adds n to a state and gives what it is then.
func Add(ctx context.Context, tx *db.Tx, name string, n int64) (int64, error) {
	var v int64
	err := tx.QueryRowContext(ctx, `INSERT INTO search_state (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = search_state.value + excluded.value RETURNING value`, name, n).Scan(&v)
	if err != nil {
		return 0, fmt.Errorf("write state of index: %w", db.Named(err))
	}
	return v, nil
}

// Due says that documents' texts have changed.
func Due(ctx context.Context, tx *db.Tx, docs ...int64) error {
	for part := range parts(docs, 200) {
		args := make([]any, len(part))
		for i, doc := range part {
			args[i] = doc
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO search_due (doc, turn) VALUES "+tuples(len(part), "(?, 1)")+
			" ON CONFLICT (doc) DO UPDATE SET turn = search_due.turn + 1", args...)
		if err != nil {
			return fmt.Errorf("note change for index: %w", db.Named(err))
		}
	}
	return nil
}

// DueDoc is a document to look at.
type DueDoc struct{ Doc, Turn int64 }

// ListDue gives documents to look at, the lowest first.
func ListDue(ctx context.Context, q db.Querier, limit int) ([]DueDoc, error) {
	rows, err := q.QueryContext(ctx, "SELECT doc, turn FROM search_due ORDER BY doc LIMIT ?", limit)
	if err != nil {
		return nil, fmt.Errorf("read changes for index: %w", db.Named(err))
	}
	defer rows.Close()
	var list []DueDoc
	for rows.Next() {
		var d DueDoc
		if err := rows.Scan(&d.Doc, &d.Turn); err != nil {
			return nil, fmt.Errorf("read changes for index: %w", err)
		}
		list = append(list, d)
	}
	return list, db.Named(rows.Err())
}

// Looked says that documents were looked at as they were at their turn.
func Looked(ctx context.Context, tx *db.Tx, docs []DueDoc) error {
	for part := range parts(docs, 200) {
		args := make([]any, 0, 2*len(part))
		for _, d := range part {
			args = append(args, d.Doc, d.Turn)
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM search_due WHERE "+strings.TrimPrefix(strings.Repeat(" OR (doc = ? AND turn = ?)", len(part)), " OR "), args...)
		if err != nil {
			return fmt.Errorf("note what the index has: %w", db.Named(err))
		}
	}
	return nil
}

// Empty takes everything out of the index but what is due.
func Empty(ctx context.Context, tx *db.Tx) error {
	for _, table := range []string{"search_posts", "search_terms", "search_docs"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
			return fmt.Errorf("empty index: %w", db.Named(err))
		}
	}
	// The numbers go on, so that no desk takes what it knows for what is there.
	if _, err := tx.ExecContext(ctx, "UPDATE search_state SET value = 0 WHERE name = ? OR name = ?", StateInside, StateOutside); err != nil {
		return fmt.Errorf("empty index: %w", db.Named(err))
	}
	_, err := Add(ctx, tx, StateMerged, 1)
	return err
}

// tuples is one n times, with commas.
func tuples(n int, one string) string {
	return strings.TrimSuffix(strings.Repeat(one+", ", n), ", ")
}

// parts gives a list in pieces, since a statement takes so many arguments.
func parts[T any](list []T, n int) func(func([]T) bool) {
	return func(yield func([]T) bool) {
		for len(list) > 0 {
			k := min(n, len(list))
			if !yield(list[:k]) {
				return
			}
			list = list[k:]
		}
	}
}
