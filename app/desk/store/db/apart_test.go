package db_test

import (
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// Two transactions that each read and change their own row of a small table
// are no conflict: neither runs twice.
func TestRowsApart(t *testing.T) {
	d := dbtest.Open(t, dbtest.URL(t)) // SQLite has one writer, and no conflicts
	change := func(name string, then func()) {
		t.Helper()
		runs := 0
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			runs++
			var n int
			if err := tx.QueryRowContext(t.Context(), "SELECT seq FROM places WHERE name = ?", name).Scan(&n); err != nil {
				return err
			}
			if runs == 1 {
				then()
			}
			return db.One(tx.ExecContext(t.Context(), "UPDATE places SET seq = ? WHERE name = ?", n+1, name))
		})
		if err != nil || runs != 1 {
			t.Errorf("%s: %d runs, %v", name, runs, err)
		}
	}
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, query := range []string{
			"CREATE TABLE places (name TEXT PRIMARY KEY, seq BIGINT NOT NULL)", "INSERT INTO places VALUES ('a', 1), ('b', 1)", "ANALYZE places",
		} {
			if _, err := tx.ExecContext(t.Context(), query); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	change("a", func() { change("b", func() {}) })
}
