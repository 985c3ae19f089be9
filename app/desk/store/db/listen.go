package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	quiet       = 15 * time.Second // without a notification, after which the connection is looked at
	quietAnswer = 5 * time.Second
	listenAgain = 500 * time.Millisecond // after the connection broke
)

// Notify tells every Listen on the channel, on every desk, when the transaction
// is committed. The payload is short: an ID. SQLite has nobody to tell.
func (t *Tx) Notify(ctx context.Context, channel, payload string) error {
	if t.kind != PostgreSQL {
		return nil
	}
	_, err := t.ExecContext(ctx, "SELECT pg_notify(?, ?)", channel, payload)
	return err
}

// Listen calls fn with every notification on the channel until ctx ends. It
// connects again by itself; since nothing is heard meanwhile, begun is called
// each time that it listens from then on. failed is told why it does not. On
// SQLite it waits for ctx's end. It has a connection of its own.
func (d *DB) Listen(ctx context.Context, channel string, begun func(), fn func(payload string), failed func(error)) {
	if d.kind != PostgreSQL {
		<-ctx.Done()
		return
	}
	for {
		err := d.listen(ctx, channel, begun, fn)
		if ctx.Err() != nil {
			return
		}
		failed(fmt.Errorf("listen to %s: %w", channel, err))
		t := time.NewTimer(listenAgain)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return
		}
	}
}

func (d *DB) listen(ctx context.Context, channel string, begun func(), fn func(string)) error {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	var why error
	_ = conn.Raw(func(c any) error {
		why = hear(ctx, c.(*stdlib.Conn).Conn(), channel, begun, fn)
		return driver.ErrBadConn // it listens: nobody else is to have it
	})
	if err := conn.Close(); err != nil && !errors.Is(err, driver.ErrBadConn) {
		why = errors.Join(why, err)
	}
	return why
}

// hear returns when the connection is broken or ctx has ended.
func hear(ctx context.Context, conn *pgx.Conn, channel string, begun func(), fn func(string)) error {
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	begun()
	for {
		n, err := within(ctx, quiet, conn.WaitForNotification)
		switch {
		case err == nil:
			fn(n.Payload)
		case ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded):
			return err
		default: // a dead way looks like a quiet one
			if _, err := within(ctx, quietAnswer, func(ctx context.Context) (struct{}, error) { return struct{}{}, conn.Ping(ctx) }); err != nil {
				return err
			}
		}
	}
}

func within[T any](ctx context.Context, longest time.Duration, fn func(context.Context) (T, error)) (T, error) {
	ctx, done := context.WithTimeout(ctx, longest)
	defer done()
	return fn(ctx)
}
