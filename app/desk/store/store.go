// Package store keeps the desk's tickets in a database and their files in folders.
package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Store is an open database with its folders. It is safe for several goroutines,
// and several processes may have the same one open (desks, and a command that adds staff).
type Store struct {
	dir    string
	db     *db.DB
	files  Options
	hashes chan struct{} // guards memory: one slot a password hash being worked on
}

// Open opens or makes the store in dir (mode 0700) and brings its tables up to date.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open store %q: %w", dir, err)
	}
	s := &Store{dir: abs, files: o.withDefaults(), hashes: make(chan struct{}, 2)}
	for _, d := range []string{abs, s.uploads(), s.bundles()} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("open store: %w", err)
		}
	}
	source := o.Database
	if source == "" {
		source = filepath.Join(abs, "desk.db")
	}
	if s.db, err = db.Open(ctx, source); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// DB is the database, for what else is kept in it.
func (s *Store) DB() *db.DB { return s.db }

func (s *Store) uploads() string { return filepath.Join(s.dir, "uploads") }
func (s *Store) bundles() string { return filepath.Join(s.dir, "bundles") }

// tx runs fn as one transaction that is on disk when tx returns nil; fn may run again.
func (s *Store) tx(ctx context.Context, fn func(*db.Tx) error) error { return s.db.Tx(ctx, fn) }
