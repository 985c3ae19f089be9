package db_test

import (
	"errors"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// Who waited for the lock sees what the one before has committed.
func TestLock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		exec(t, d, "CREATE TABLE counts (n INTEGER)")
		exec(t, d, "INSERT INTO counts (n) VALUES (0)")
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				err := d.Committed(ctx, func(tx *db.Tx) error {
					if err := tx.Lock(ctx, "count"); err != nil {
						return err
					}
					var n int
					if err := tx.QueryRowContext(ctx, "SELECT n FROM counts").Scan(&n); err != nil {
						return err
					}
					_, err := tx.ExecContext(ctx, "UPDATE counts SET n = ?", n+1)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		var n int
		if err := d.QueryRowContext(ctx, "SELECT n FROM counts").Scan(&n); err != nil || n != 16 {
			t.Errorf("%d %v, want 16", n, err)
		}
	})
}

func TestAlone(t *testing.T) {
	source := dbtest.URL(t)
	a, b := dbtest.Open(t, source), dbtest.Open(t, source)
	ran := ""
	work := func(d *db.DB, name, mark string, inside func() error) error {
		return d.Alone(t.Context(), name, func() error {
			ran += mark
			return inside()
		})
	}
	nothing := func() error { return nil }
	err := work(a, "sweep", "1", func() error {
		return errors.Join(work(b, "sweep", "not", nothing), work(b, "other", "2", nothing))
	})
	if err = errors.Join(err, work(b, "sweep", "3", nothing)); err != nil || ran != "123" {
		t.Errorf("ran %q: %v", ran, err)
	}
	wrong := errors.New("wrong")
	if err := work(a, "sweep", "", func() error { return wrong }); !errors.Is(err, wrong) {
		t.Errorf("%v, want the work's own error", err)
	}
}

func exec(t *testing.T, d *db.DB, query string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), query)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
