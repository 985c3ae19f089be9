package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const bundleColumns = "id, name, size, sha256, created"

// Bundle reads what is known of a ticket's bundle.
func (s *Store) Bundle(ctx context.Context, ticket int64, id string) (api.Bundle, error) {
	b, err := scanBundle(s.db.QueryRowContext(ctx,
		"SELECT "+bundleColumns+" FROM bundles WHERE id = ? AND ticket = ?", id, ticket))
	if err != nil {
		return api.Bundle{}, fmt.Errorf("read bundle: %w", err)
	}
	return b, nil
}

// OpenBundle opens a bundle's file; the caller closes it.
func (s *Store) OpenBundle(id string) (*os.File, error) {
	if !validID(id) {
		return nil, fmt.Errorf("open bundle: %w", ErrNotFound)
	}
	return os.Open(filepath.Join(s.bundles(), id))
}

func bundlesOf(ctx context.Context, tx *db.Tx, ticket int64) ([]api.Bundle, error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+bundleColumns+" FROM bundles WHERE ticket = ? ORDER BY created", ticket)
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
	err := row.Scan(&b.ID, &b.Name, &b.Size, &b.SHA256, &created)
	b.Created = db.Moment(created)
	return b, db.Named(err)
}
