package db

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

const readers = 4 // connections that only read

func openSQLite(ctx context.Context, path string) (*DB, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // SQLite gives its other files the same mode
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	d := &DB{kind: SQLite}
	if d.write, err = sqlitePool(path, 1); err != nil {
		return nil, err
	}
	if err := migrate(ctx, SQLite, d.write); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %q: %w", path, Named(err)), d.write.Close())
	}
	if d.read, err = sqlitePool(path, readers, "query_only(1)"); err != nil {
		return nil, errors.Join(err, d.write.Close())
	}
	d.group = newGroup(d.write)
	return d, nil
}

func sqlitePool(path string, conns int, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_txlock": {"immediate"}}
	if len(pragmas) > 0 {
		q.Set("_txlock", "deferred") // a reader takes no lock
	}
	for _, p := range append([]string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "trusted_schema(0)", "cache_size(-8000)",
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
