// Package db is the desk's database: SQLite or PostgreSQL, spoken to in one SQL.
//
// The SQL is what both understand, with "?" for arguments, times in
// microseconds and booleans as 0 and 1. Tables are written once, in SQLite's
// words (migrations); translate.go has what PostgreSQL calls otherwise.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Kind is an engine.
type Kind string

// The engines.
const (
	SQLite     Kind = "sqlite"
	PostgreSQL Kind = "postgresql"
)

// DB is an open database. It is safe for several goroutines, and several
// processes may have the same one open.
type DB struct {
	kind  Kind
	write *sql.DB // SQLite: one connection, since it has one writer, and waiting in Go is fair
	read  *sql.DB // PostgreSQL: the same as write
	group *group  // SQLite's transactions that write
	marks marks
}

// Open opens an SQLite database in the file at source, made with mode 0600 when
// it is not there, or the PostgreSQL database that source, a postgres:// URL,
// names. Its tables are brought up to date first.
func Open(ctx context.Context, source string) (*DB, error) {
	if strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://") {
		return openPostgres(ctx, source)
	}
	return openSQLite(ctx, source)
}

// Close closes the database.
func (d *DB) Close() error {
	if d.read == d.write {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// Kind is the engine, for the few places that have no SQL in common.
func (d *DB) Kind() Kind { return d.kind }

// QueryContext reads rows, outside of any transaction.
func (d *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	query, args, err := d.kind.say(query, args)
	if err != nil {
		return nil, err
	}
	return d.read.QueryContext(ctx, query, args...)
}

// QueryRowContext reads one row, outside of any transaction.
func (d *DB) QueryRowContext(ctx context.Context, query string, args ...any) *Row {
	query, args, err := d.kind.say(query, args)
	if err != nil {
		return &Row{err: err}
	}
	return &Row{row: d.read.QueryRowContext(ctx, query, args...)}
}

// Row is one row, or why there is none.
type Row struct {
	row *sql.Row
	err error
}

// Scan copies the row's columns.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	return r.row.Scan(dest...)
}

// Querier reads: a *DB or a *Tx.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *Row
	Kind() Kind
}

// Tx is a transaction under way.
type Tx struct {
	kind   Kind
	tx     statements
	whole  bool // its statements go on when their contexts end
	marked bool // tell about it, once it is committed
}

// Kind is the engine.
func (t *Tx) Kind() Kind { return t.kind }

// ExecContext changes rows.
func (t *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	ctx, err := t.until(ctx)
	if err != nil {
		return nil, err
	}
	query, args, err = t.kind.say(query, args)
	if err != nil {
		return nil, err
	}
	return t.tx.ExecContext(ctx, query, args...)
}

// QueryContext reads rows as the transaction sees them. They have to be closed
// before the next statement.
func (t *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx, err := t.until(ctx)
	if err != nil {
		return nil, err
	}
	query, args, err = t.kind.say(query, args)
	if err != nil {
		return nil, err
	}
	return t.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext reads one row as the transaction sees it.
func (t *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *Row {
	ctx, err := t.until(ctx)
	if err != nil {
		return &Row{err: err}
	}
	query, args, err = t.kind.say(query, args)
	if err != nil {
		return &Row{err: err}
	}
	return &Row{row: t.tx.QueryRowContext(ctx, query, args...)}
}

// until is how long a statement may go on: one that others share a commit with
// is not broken off in its middle.
func (t *Tx) until(ctx context.Context) (context.Context, error) {
	if !t.whole {
		return ctx, nil
	}
	return context.WithoutCancel(ctx), ctx.Err()
}

// statements are a transaction's, or those of a connection that is in one.
type statements interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// One says whether a statement changed a row, and gives ErrNotFound when it changed none.
func One(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrNotFound)
	}
	return nil
}

// maxTries bounds how often PostgreSQL may ask for a transaction to be run again.
const maxTries = 30

// Tx runs fn as one transaction that is on disk when Tx returns nil. It is
// serializable on both engines: as if no other ran at the same time. PostgreSQL
// may want fn to be run again for that, so fn sets anew whatever it gives out.
func (d *DB) Tx(ctx context.Context, fn func(*Tx) error) error {
	if d.group != nil {
		marked := false
		err := d.group.do(ctx, func(t *Tx) error {
			err := fn(t)
			marked = t.marked
			return err
		})
		if err == nil && marked {
			d.marks.tell()
		}
		return Named(err)
	}
	o := &sql.TxOptions{Isolation: sql.LevelSerializable}
	for try := 1; ; try++ {
		err := d.run(ctx, d.write, o, fn)
		if err == nil || !again(err) || try == maxTries {
			return Named(err)
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

// View runs fn on one moment's state; fn only reads.
func (d *DB) View(ctx context.Context, fn func(*Tx) error) error {
	o := &sql.TxOptions{ReadOnly: true}
	if d.kind == PostgreSQL {
		o.Isolation = sql.LevelRepeatableRead
	}
	return Named(d.run(ctx, d.read, o, fn))
}

func (d *DB) run(ctx context.Context, pool *sql.DB, o *sql.TxOptions, fn func(*Tx) error) error {
	tx, err := pool.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	t := &Tx{kind: d.kind, tx: tx}
	if d.kind == PostgreSQL && o.Isolation == sql.LevelSerializable {
		err = byIndex(ctx, t)
	}
	if err == nil {
		err = fn(t)
	}
	if err != nil {
		if rb := tx.Rollback(); rb != nil && !errors.Is(rb, sql.ErrTxDone) {
			return fmt.Errorf("%w (and roll back: %w)", err, rb)
		}
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if t.marked {
		d.marks.tell()
	}
	return nil
}
