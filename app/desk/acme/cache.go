package acme

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/crypto/acme/autocert"

	"github.com/beistand/beistand/app/desk/store/db"
)

// cache keeps in the desk's database what came from one ACME server. Desks that
// share the database share it: one orders, and whichever the server's question
// reaches has the answer.
type cache struct {
	db        *db.DB
	directory string
}

var _ autocert.Cache = cache{}

// Get gives autocert.ErrCacheMiss for what is not there.
func (c cache) Get(ctx context.Context, name string) (content []byte, err error) {
	err = c.db.QueryRowContext(ctx, "SELECT content FROM acme_cache WHERE directory = ? AND name = ?", c.directory, name).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, autocert.ErrCacheMiss
	}
	if err != nil {
		return nil, fmt.Errorf("read certificate of %q: %w", name, err)
	}
	return content, nil
}

// Put is part of autocert.Cache.
func (c cache) Put(ctx context.Context, name string, content []byte) error {
	err := c.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO acme_cache (directory, name, content) VALUES (?, ?, ?)
			ON CONFLICT (directory, name) DO UPDATE SET content = excluded.content`, c.directory, name, content)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep certificate of %q: %w", name, err)
	}
	return nil
}

// Delete is part of autocert.Cache.
func (c cache) Delete(ctx context.Context, name string) error {
	err := c.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM acme_cache WHERE directory = ? AND name = ?", c.directory, name)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete certificate of %q: %w", name, err)
	}
	return nil
}
