package index

import (
	"context"
	"fmt"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Term is a term as it is kept.
type Term struct {
	ID      uint32
	Term    string
	Inside  int64 // documents that have it and that staff alone see
	Outside int64 // and that everybody sees
}

// manyTerms is how many terms are asked for at once.
const manyTerms = 250

// Terms reads those of the terms that are there.
func Terms(ctx context.Context, q db.Querier, terms []string) (map[string]Term, error) {
	m := make(map[string]Term, len(terms))
	for part := range parts(terms, manyTerms) {
		args := make([]any, len(part))
		for i, t := range part {
			args[i] = t
		}
		if err := readTerms(ctx, q, m, "term IN ("+tuples(len(part), "?")+")", args...); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// Beginning reads terms that begin with a prefix, in their order.
func Beginning(ctx context.Context, q db.Querier, prefix string, limit int) (map[string]Term, error) {
	m := map[string]Term{}
	return m, readTerms(ctx, q, m, "term >= ? AND term < ? ORDER BY term LIMIT ?", prefix, prefix+"\U0010ffff", limit)
}

func readTerms(ctx context.Context, q db.Querier, into map[string]Term, where string, args ...any) error {
	rows, err := q.QueryContext(ctx, "SELECT id, term, inside, outside FROM search_terms WHERE "+where, args...)
	if err != nil {
		return fmt.Errorf("read terms: %w", db.Named(err))
	}
	defer rows.Close()
	for rows.Next() {
		var t Term
		if err := rows.Scan(&t.ID, &t.Term, &t.Inside, &t.Outside); err != nil {
			return fmt.Errorf("read terms: %w", err)
		}
		into[t.Term] = t
	}
	return db.Named(rows.Err())
}

// Know gives each term its number; new ones get the next.
func Know(ctx context.Context, tx *db.Tx, terms []string) (map[string]uint32, error) {
	found, err := Terms(ctx, tx, terms)
	if err != nil {
		return nil, err
	}
	ids := make(map[string]uint32, len(terms))
	var unknown []string
	for _, t := range terms {
		if k, ok := found[t]; ok {
			ids[t] = k.ID
		} else if _, ok := ids[t]; !ok {
			ids[t] = 0
			unknown = append(unknown, t)
		}
	}
	if len(unknown) == 0 {
		return ids, nil
	}
	last, err := Add(ctx, tx, StateTerm, int64(len(unknown)))
	if err != nil {
		return nil, err
	}
	next := uint32(last) - uint32(len(unknown))
	for part := range parts(unknown, manyTerms) {
		args := make([]any, 0, 2*len(part))
		for _, t := range part {
			next++
			ids[t] = next
			args = append(args, int64(next), t)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO search_terms (id, term) VALUES "+tuples(len(part), "(?, ?)"), args...); err != nil {
			return nil, fmt.Errorf("write terms: %w", db.Named(err))
		}
	}
	return ids, nil
}

// Count is how many documents more, or fewer, have a term.
type Count struct {
	Term            uint32
	Inside, Outside int64
}

// Recount adds to how many documents have terms, and forgets terms that none has.
func Recount(ctx context.Context, tx *db.Tx, counts []Count) error {
	for part := range parts(counts, 150) {
		args := make([]any, 0, 3*len(part))
		fewer := make([]any, 0, len(part))
		for _, c := range part {
			args = append(args, int64(c.Term), c.Inside, c.Outside)
			if c.Inside < 0 || c.Outside < 0 {
				fewer = append(fewer, int64(c.Term))
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE search_terms SET inside = inside + v.column2, outside = outside + v.column3
			FROM (VALUES `+tuples(len(part), "(CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))")+`) AS v WHERE search_terms.id = v.column1`, args...)
		if err == nil && len(fewer) > 0 {
			_, err = tx.ExecContext(ctx, "DELETE FROM search_terms WHERE inside = 0 AND outside = 0 AND id IN ("+tuples(len(fewer), "?")+")", fewer...)
		}
		if err != nil {
			return fmt.Errorf("count documents of terms: %w", db.Named(err))
		}
	}
	return nil
}

// Forget forgets terms that no document has, once no document waits for its posts.
func Forget(ctx context.Context, tx *db.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM search_terms WHERE inside = 0 AND outside = 0
		AND NOT EXISTS (SELECT 1 FROM search_docs WHERE fresh > 0)`)
	if err != nil {
		return fmt.Errorf("forget terms: %w", db.Named(err))
	}
	return nil
}
