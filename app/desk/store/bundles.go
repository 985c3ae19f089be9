package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

const bundleColumns = "id, name, size, sha256, scan, created"

// Bundle reads what is known of a ticket's bundle.
func (s *Store) Bundle(ctx context.Context, ticket int64, id string) (api.Bundle, error) {
	b, err := scanBundle(s.db.QueryRowContext(ctx,
		"SELECT "+bundleColumns+" FROM bundles WHERE id = ? AND ticket = ?", id, ticket))
	if err != nil {
		return api.Bundle{}, fmt.Errorf("read bundle: %w", err)
	}
	return b, nil
}

// Open opens content by its SHA-256, in hex, which a row has; the caller closes it.
func (s *Store) Open(ctx context.Context, sha256 string) (files.Content, error) {
	key, err := objectOf(ctx, s.db, sha256)
	if err != nil {
		return nil, fmt.Errorf("open content %s: %w", sha256, err)
	}
	c, err := s.files.Open(ctx, key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open content %s: it is kept and not there: %s", sha256, err.Error()) // a fault of the desk's, not the asker's
	}
	return c, err
}

func bundlesOf(ctx context.Context, tx *db.Tx, ticket int64) ([]api.Bundle, error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+bundleColumns+" FROM bundles WHERE ticket = ? ORDER BY created, id", ticket)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []api.Bundle
	for rows.Next() {
		b, err := scanBundle(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

func scanBundle(row scanner) (api.Bundle, error) {
	var b api.Bundle
	var created int64
	err := row.Scan(&b.ID, &b.Name, &b.Size, &b.SHA256, &b.Scan, &created)
	b.Created = db.Moment(created)
	return b, db.Named(err)
}
