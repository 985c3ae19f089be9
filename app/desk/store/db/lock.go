package db

import (
	"context"
	"database/sql"
)

// Committed runs fn as one transaction whose every statement sees what others
// have committed by then. It is for who keeps others out by Lock; everybody
// else takes Tx. On SQLite, where one writes at a time, it is Tx.
func (d *DB) Committed(ctx context.Context, fn func(*Tx) error) error {
	if d.kind != PostgreSQL {
		return d.Tx(ctx, fn)
	}
	o := &sql.TxOptions{Isolation: sql.LevelReadCommitted}
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

// Lock waits until no other transaction holds the lock of this name, and holds
// it to the transaction's end. In a serializable transaction it comes too late
// for what was read before: use Committed. SQLite has one writer anyway.
func (t *Tx) Lock(ctx context.Context, name string) error {
	if t.kind != PostgreSQL {
		return nil
	}
	_, err := t.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", name)
	return err
}

// TryLock is Lock that does not wait. It says whether it holds the lock.
func (t *Tx) TryLock(ctx context.Context, name string) (held bool, err error) {
	if t.kind != PostgreSQL {
		return true, nil
	}
	err = t.QueryRowContext(ctx, "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))", name).Scan(&held)
	return held, err
}

// Alone runs fn while no other process with this database does the work of
// that name, and not at all when one does. fn has transactions of its own.
func (d *DB) Alone(ctx context.Context, work string, fn func() error) error {
	if d.kind != PostgreSQL {
		return fn()
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // which gives the lock back, as the connection's end does
	held, err := (&Tx{kind: d.kind, tx: tx}).TryLock(ctx, "work: "+work)
	if err != nil || !held {
		return err
	}
	return fn()
}
