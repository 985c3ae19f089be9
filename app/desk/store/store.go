// Package store keeps the desk's tickets in SQLite and their files in folders beside it.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Store is an open database with its folders. It is safe for several goroutines,
// and several processes may have the same one open (the desk, and a command that adds staff).
type Store struct {
	dir    string
	write  *sql.DB // one connection: SQLite has one writer, and waiting in Go is fair
	read   *sql.DB
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
	db := filepath.Join(abs, "desk.db")
	f, err := os.OpenFile(db, os.O_CREATE|os.O_RDWR, 0o600) // SQLite gives its other files the same mode
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if s.write, err = openDB(db, 1); err != nil {
		return nil, err
	}
	if err := migrate(ctx, s.write); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %q: %w", db, full(err)), s.write.Close())
	}
	if s.read, err = openDB(db, 4, "query_only(1)"); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

func (s *Store) uploads() string { return filepath.Join(s.dir, "uploads") }
func (s *Store) bundles() string { return filepath.Join(s.dir, "bundles") }

func openDB(path string, conns int, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "trusted_schema(0)",
	}, pragmas...) {
		q.Add("_pragma", p)
	}
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/… (sqlite.org/uri.html, section 3.1)
	}
	u := url.URL{Scheme: "file", Path: p, RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, fmt.Errorf("open database %q: %w", path, err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// tx runs fn as one transaction that is on disk when tx returns nil.
func (s *Store) tx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return full(err)
	}
	if err := fn(tx); err != nil {
		if rb := tx.Rollback(); rb != nil && !errors.Is(rb, sql.ErrTxDone) {
			return errors.Join(full(err), rb)
		}
		return full(err)
	}
	return full(tx.Commit())
}
