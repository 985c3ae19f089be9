package db

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date, each step in a transaction of its own.
// Of several desks that start on one PostgreSQL, one does it and the others wait.
func migrate(ctx context.Context, kind Kind, db *sql.DB) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if kind == PostgreSQL {
		dialect = goose.DialectPostgres
		one, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		options = append(options, goose.WithSessionLocker(one))
	}
	p, err := goose.NewProvider(dialect, db, translated{steps, kind}, options...)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// translated is the migrations in an engine's words.
type translated struct {
	fs.FS
	kind Kind
}

func (t translated) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	text, err := fs.ReadFile(t.FS, name)
	if err != nil {
		return nil, err
	}
	return page{f, bytes.NewReader([]byte(translate(t.kind, string(text))))}, nil
}

// page is a file with another content.
type page struct {
	fs.File
	text *bytes.Reader
}

func (p page) Read(b []byte) (int, error) { return p.text.Read(b) }
