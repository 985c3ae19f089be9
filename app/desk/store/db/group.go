package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// A commit of SQLite's waits for the disk, whatever is in it: transactions that
// wait for each other anyway share one.
const (
	groupMost = 64                    // transactions in one commit
	groupTime = 10 * time.Millisecond // from the first one's begin; after it nobody else joins
)

// group is SQLite's one writer. Each transaction is a savepoint of the commit
// that it shares; one that fails takes back its own changes alone. None is told
// that it is done before all of them are on disk. If that fails, each is tried
// again by itself, so that it hears of its own error and of no other's.
type group struct {
	pool    *sql.DB
	turn    chan struct{} // holds one: who has it has the connection, and what follows
	open    *batch        // nil: no transaction is under way
	waiting atomic.Int64  // for the turn; each takes it, whatever happens meanwhile
}

// batch is one commit under way.
type batch struct {
	conn  *sql.Conn
	begun time.Time
	size  int
	done  chan struct{} // closed when err holds
	err   error
}

func newGroup(pool *sql.DB) *group { return &group{pool: pool, turn: make(chan struct{}, 1)} }

// do runs fn as one transaction.
func (g *group) do(ctx context.Context, fn func(*Tx) error) error {
	b, err := g.join(ctx, fn)
	if b == nil || err != nil {
		return err
	}
	<-b.done
	if b.err == nil || b.size == 1 {
		return b.err
	}
	return g.alone(ctx, fn)
}

// join runs fn in the commit that is under way, or begins one, and ends it when
// nobody waits to join.
func (g *group) join(ctx context.Context, fn func(*Tx) error) (*batch, error) {
	g.waiting.Add(1)
	g.turn <- struct{}{}
	g.waiting.Add(-1)
	defer func() { <-g.turn }()
	b := g.open
	if err := ctx.Err(); err != nil {
		g.close(false)
		return nil, err
	}
	if b == nil {
		var err error
		if b, err = g.begin(ctx); err != nil {
			return nil, err
		}
		g.open = b
	}
	defer g.close(false) // also under a panic of fn's
	err := b.run(ctx, fn)
	if err == nil {
		b.size++
	}
	return b, err
}

func (g *group) begin(ctx context.Context) (*batch, error) {
	conn, err := g.pool.Conn(context.WithoutCancel(ctx))
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(context.WithoutCancel(ctx), "BEGIN IMMEDIATE"); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &batch{conn: conn, begun: time.Now(), done: make(chan struct{})}, nil
}

// run is fn between its savepoint and its release.
func (b *batch) run(ctx context.Context, fn func(*Tx) error) error {
	quiet := context.WithoutCancel(ctx) // SQLite takes the whole transaction back when a change is interrupted
	if _, err := b.conn.ExecContext(quiet, "SAVEPOINT one"); err != nil {
		b.spoil(err)
		return err
	}
	kept := false
	defer func() {
		if kept {
			return
		}
		if _, err := b.conn.ExecContext(quiet, "ROLLBACK TO one; RELEASE one"); err != nil {
			b.spoil(err) // a full disk takes everything back by itself
		}
	}()
	if err := fn(&Tx{kind: SQLite, tx: b.conn, whole: true}); err != nil {
		return err
	}
	if _, err := b.conn.ExecContext(quiet, "RELEASE one"); err != nil {
		return err
	}
	kept = true
	return nil
}

// spoil says that nothing of the batch can be kept.
func (b *batch) spoil(err error) {
	if b.err == nil {
		b.err = err
	}
}

// close ends the commit under way when nobody waits to join it, when it is long
// enough, or when now. Who calls it has the turn.
func (g *group) close(now bool) {
	b := g.open
	if b == nil {
		return
	}
	if !now && b.err == nil && g.waiting.Load() > 0 && b.size < groupMost && time.Since(b.begun) < groupTime {
		return // the next one closes it
	}
	g.open = nil
	if b.err == nil {
		_, b.err = b.conn.ExecContext(context.Background(), "COMMIT")
	}
	if b.err != nil {
		// After some errors it is rolled back already, which this then says.
		_, _ = b.conn.ExecContext(context.Background(), "ROLLBACK")
	}
	if err := b.conn.Close(); b.err == nil && err != nil {
		b.err = fmt.Errorf("give the connection back: %w", err)
	}
	close(b.done)
}

// alone runs fn in a commit of its own.
func (g *group) alone(ctx context.Context, fn func(*Tx) error) error {
	g.waiting.Add(1)
	g.turn <- struct{}{}
	g.waiting.Add(-1)
	defer func() { <-g.turn }()
	g.close(true)
	if err := ctx.Err(); err != nil {
		return err
	}
	b, err := g.begin(ctx)
	if err != nil {
		return err
	}
	g.open = b
	defer g.close(true)
	if err := b.run(ctx, fn); err != nil {
		return err
	}
	b.size++
	g.close(true)
	return b.err
}
