package index

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Doc is a document as the index knows it.
type Doc struct {
	Doc      int64
	Fresh    int64
	Vector   []byte // empty: it is gone
	Posted   []byte
	Product  string
	Version  string
	Language string
	At       int64
	Helped   int64
}

const docColumns = "doc, fresh, vector, posted, product, version, language, at, helped"

// Put keeps documents with their terms; their Fresh is set, Posted is what it was.
func Put(ctx context.Context, tx *db.Tx, docs []Doc) error {
	last, err := Add(ctx, tx, StateSeq, int64(len(docs)))
	if err != nil {
		return err
	}
	next := last - int64(len(docs))
	for part := range parts(docs, 60) {
		args := make([]any, 0, 8*len(part))
		for i := range part {
			next++
			d := &part[i]
			d.Fresh = next
			args = append(args, d.Doc, d.Fresh, d.Vector, []byte{}, d.Product, d.Version, d.Language, d.At, d.Helped)
		}
		// What was posted is the vector that is replaced, unless an earlier change left something else.
		_, err := tx.ExecContext(ctx, "INSERT INTO search_docs ("+docColumns+") VALUES "+tuples(len(part), "(?, ?, ?, ?, ?, ?, ?, ?, ?)")+`
			ON CONFLICT (doc) DO UPDATE SET posted = CASE WHEN search_docs.fresh = 0 THEN search_docs.vector ELSE search_docs.posted END,
			fresh = excluded.fresh, vector = excluded.vector, product = excluded.product, version = excluded.version,
			language = excluded.language, at = excluded.at, helped = excluded.helped`, args...)
		if err != nil {
			return fmt.Errorf("write documents of index: %w", db.Named(err))
		}
	}
	return nil
}

// Fresh gives documents whose posts are not written and that changed after a
// change, in the order of their changes.
func Fresh(ctx context.Context, q db.Querier, after int64, limit int) ([]Doc, error) {
	return docs(ctx, q, "fresh > ? AND fresh > 0 ORDER BY fresh LIMIT ?", after, limit)
}

// Docs reads documents by their numbers, in any order.
func Docs(ctx context.Context, q db.Querier, numbers []int64) ([]Doc, error) {
	var list []Doc
	for part := range parts(numbers, manyTerms) {
		args := make([]any, len(part))
		for i, n := range part {
			args[i] = n
		}
		some, err := docs(ctx, q, "doc IN ("+tuples(len(part), "?")+")", args...)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

func docs(ctx context.Context, q db.Querier, where string, args ...any) ([]Doc, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+docColumns+" FROM search_docs WHERE "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read documents of index: %w", db.Named(err))
	}
	defer rows.Close()
	var list []Doc
	for rows.Next() {
		var d Doc
		if err := rows.Scan(&d.Doc, &d.Fresh, &d.Vector, &d.Posted, &d.Product, &d.Version, &d.Language, &d.At, &d.Helped); err != nil {
			return nil, fmt.Errorf("read documents of index: %w", err)
		}
		list = append(list, d)
	}
	return list, db.Named(rows.Err())
}

// Orphans gives those of a room's documents, from first up to before behind, whose
// articles are there no more, at most limit.
func Orphans(ctx context.Context, q db.Querier, first, behind int64, limit int) ([]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT doc FROM search_docs WHERE doc >= ? AND doc < ?
		AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = search_docs.doc - ?) ORDER BY doc LIMIT ?`, first, behind, first, limit)
	if err != nil {
		return nil, fmt.Errorf("read documents of index: %w", db.Named(err))
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var doc int64
		if err := rows.Scan(&doc); err != nil {
			return nil, fmt.Errorf("read documents of index: %w", err)
		}
		list = append(list, doc)
	}
	return list, db.Named(rows.Err())
}

// Number and change of a document whose posts are not written.
type Number struct{ Doc, Fresh int64 }

// FreshNumbers gives all of them.
func FreshNumbers(ctx context.Context, q db.Querier) ([]Number, error) {
	rows, err := q.QueryContext(ctx, "SELECT doc, fresh FROM search_docs WHERE fresh > 0")
	if err != nil {
		return nil, fmt.Errorf("read documents of index: %w", db.Named(err))
	}
	defer rows.Close()
	var list []Number
	for rows.Next() {
		var n Number
		if err := rows.Scan(&n.Doc, &n.Fresh); err != nil {
			return nil, fmt.Errorf("read documents of index: %w", err)
		}
		list = append(list, n)
	}
	return list, db.Named(rows.Err())
}

// Last is the highest block that has a document whose posts are written, between two numbers.
func Last(ctx context.Context, q db.Querier, from, to int64) (int64, error) {
	var last sql.NullInt64
	err := q.QueryRowContext(ctx, "SELECT max(doc) FROM search_docs WHERE doc >= ? AND doc < ?", from, to).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("read documents of index: %w", db.Named(err))
	}
	if !last.Valid {
		return -1, nil
	}
	return last.Int64, nil
}

// SetPosted says what may stand in the posts of a document that is about to be written.
func SetPosted(ctx context.Context, tx *db.Tx, doc int64, posted []byte) error {
	if _, err := tx.ExecContext(ctx, "UPDATE search_docs SET posted = ? WHERE doc = ? AND fresh > 0", posted, doc); err != nil {
		return fmt.Errorf("write documents of index: %w", db.Named(err))
	}
	return nil
}

// Merged says that a document's posts are written as they were at a change.
// One that is gone is forgotten. A document that has changed meanwhile stays fresh.
func Merged(ctx context.Context, tx *db.Tx, d Doc) (bool, error) {
	query, args := "UPDATE search_docs SET fresh = 0, posted = ? WHERE doc = ? AND fresh = ?", []any{[]byte{}, d.Doc, d.Fresh}
	if len(d.Vector) == 0 {
		query, args = "DELETE FROM search_docs WHERE doc = ? AND fresh = ?", args[1:]
	}
	r, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return false, fmt.Errorf("write documents of index: %w", db.Named(err))
	}
	n, err := r.RowsAffected()
	return n == 1, err
}
