package index

import (
	"context"
	"fmt"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Post is which documents of a block have a term, as search packs it.
type Post struct {
	Term  uint32
	Block int64
	Posts []byte // empty: none
}

// Posts reads terms' posts in the blocks from one up to another, itself included.
func Posts(ctx context.Context, q db.Querier, terms []uint32, from, to int64, each func(Post)) error {
	for part := range parts(terms, manyTerms) {
		args := make([]any, 0, len(part)+2)
		for _, t := range part {
			args = append(args, int64(t))
		}
		rows, err := q.QueryContext(ctx, "SELECT term, block, posts FROM search_posts WHERE term IN ("+tuples(len(part), "?")+") AND block >= ? AND block <= ?",
			append(args, from, to)...)
		if err != nil {
			return fmt.Errorf("read posts: %w", db.Named(err))
		}
		for rows.Next() {
			var p Post
			if err := rows.Scan(&p.Term, &p.Block, &p.Posts); err != nil {
				rows.Close()
				return fmt.Errorf("read posts: %w", err)
			}
			each(p)
		}
		err = rows.Err()
		rows.Close()
		if err != nil {
			return fmt.Errorf("read posts: %w", db.Named(err))
		}
	}
	return nil
}

// PutPosts writes posts in place of what was there.
func PutPosts(ctx context.Context, tx *db.Tx, posts []Post) error {
	full := make([]Post, 0, len(posts))
	for _, p := range posts {
		if len(p.Posts) > 0 {
			full = append(full, p)
			continue
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM search_posts WHERE term = ? AND block = ?", int64(p.Term), p.Block); err != nil {
			return fmt.Errorf("write posts: %w", db.Named(err))
		}
	}
	for part := range parts(full, 150) {
		args := make([]any, 0, 3*len(part))
		for _, p := range part {
			args = append(args, int64(p.Term), p.Block, p.Posts)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO search_posts (term, block, posts) VALUES "+tuples(len(part), "(?, ?, ?)")+
			" ON CONFLICT (term, block) DO UPDATE SET posts = excluded.posts", args...)
		if err != nil {
			return fmt.Errorf("write posts: %w", db.Named(err))
		}
	}
	return nil
}
