package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

const maxConns = 24 // to PostgreSQL, whose own limit is 100 for all desks

func openPostgres(ctx context.Context, source string) (*DB, error) {
	c, err := pgx.ParseConfig(source)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	c.DefaultQueryExecMode = pgx.QueryExecModeExec // arguments are what they are in Go, not what the server guesses
	for name, value := range map[string]string{"TimeZone": "UTC", "application_name": "beistand", "synchronous_commit": "on"} {
		c.RuntimeParams[name] = value
	}
	pool := stdlib.OpenDB(*c)
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxConns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := migrate(ctx, PostgreSQL, pool); err != nil {
		return nil, errors.Join(fmt.Errorf("open database at %s: %w", c.Host, Named(err)), pool.Close())
	}
	return &DB{kind: PostgreSQL, write: pool, read: pool}, nil
}

// byIndex has a transaction find its rows by indexes, also in a table of a few:
// one that was read from end to end conflicts with every change to any of its
// rows, until the end of all that run now (its manual, section 13.2.3). Without
// jit, which would be taken for what the other setting makes a query's cost.
func byIndex(ctx context.Context, t *Tx) error {
	_, err := t.ExecContext(ctx, "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
	return err
}

// again says whether PostgreSQL wants the transaction to be run once more:
// serialization_failure and deadlock_detected (its manual, section 13.5).
func again(err error) bool {
	code := sqlState(err)
	return code == "40001" || code == "40P01"
}

// sqlState is PostgreSQL's code of err, "" for any other.
func sqlState(err error) string {
	var pe *pgconn.PgError
	if !errors.As(err, &pe) {
		return ""
	}
	return pe.Code
}

// pause waits longer each time, and never two for the same while. Who lost
// often waits long enough that the others are through: thirty tries are some seconds.
func pause(ctx context.Context, try int) error {
	longest := min(time.Duration(try*try)*time.Millisecond, 400*time.Millisecond)
	t := time.NewTimer(rand.N(longest) + 100*time.Microsecond)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
