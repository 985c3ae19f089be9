package db_test

import (
	"sync"
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// Many who change the same row, and take their time, all have their turn.
func TestEverybodysTurn(t *testing.T) {
	const many, times = 16, 6
	d := dbtest.Open(t, dbtest.URL(t))
	exec(t, d, "CREATE TABLE counts (n INTEGER)")
	exec(t, d, "INSERT INTO counts (n) VALUES (0)")
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			for range times {
				err := d.Tx(t.Context(), func(tx *db.Tx) error {
					var n int
					if err := tx.QueryRowContext(t.Context(), "SELECT n FROM counts").Scan(&n); err != nil {
						return err
					}
					if _, err := tx.ExecContext(t.Context(), "SELECT pg_sleep(0.01)"); err != nil {
						return err
					}
					_, err := tx.ExecContext(t.Context(), "UPDATE counts SET n = ?", n+1)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	var n int
	if err := d.QueryRowContext(t.Context(), "SELECT n FROM counts").Scan(&n); err != nil || n != many*times {
		t.Errorf("%d %v, want %d", n, err, many*times)
	}
}
