package db

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
)

// TestReleased brings the databases of desks that people have up to date: each
// has rows in every table, and all of them are there afterwards.
func TestReleased(t *testing.T) {
	dumps, err := filepath.Glob(filepath.Join("testdata", "released", "sqlite-*.sql"))
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no dump: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "desk.db")
			old, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := old.ExecContext(t.Context(), string(text)); err != nil {
				t.Fatal(err)
			}
			if err := old.Close(); err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time there is nothing to do
				d, err := Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				for query, want := range map[string]int64{
					"SELECT count(*) FROM tickets WHERE number IN (1, 7)":                                        2,
					"SELECT count(*) FROM tickets WHERE effective = priority AND kind = 'fault' AND version = 1": 2,
					"SELECT count(*) FROM tickets WHERE title = 'Ä title' AND description LIKE '%''quoted'''":    1,
					"SELECT count(*) FROM staff":   2,
					"SELECT count(*) FROM tokens":  2,
					"SELECT count(*) FROM uploads": 2,
					"SELECT count(*) FROM upload_parts WHERE name = '' AND position = 0 AND size = 40": 1,
					"SELECT count(*) FROM bundles WHERE scan = ''":                                     2,
					"SELECT count(*) FROM objects WHERE size = 3 AND name = sha256 || '.21234567'":     1,
					"SELECT count(*) FROM sessions WHERE ended IS NULL":                                1,
					"SELECT count(*) FROM sessions WHERE rights = 'see control' AND desk_key = x'aa'":  1,
					"SELECT count(*) FROM reveals":                                                     1,
					"SELECT count(*) FROM records WHERE piece = x'7b7d0a'":                             2,
					"SELECT count(*) FROM pragma_foreign_key_check":                                    0,
					"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'":        0,
				} {
					var n int64
					if err := d.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n != want {
						t.Errorf("%s: %d, want %d: %v", query, n, want, err)
					}
				}
				var number int64
				if err := d.Tx(t.Context(), func(tx *Tx) error {
					return tx.QueryRowContext(t.Context(), `INSERT INTO tickets (id, filed, state, title, description, product, priority, name, contact, language, search, created, updated)
						VALUES (randomblob(8), x'00', 'new', 't', 'd', 'p', 'low', 'n', 'c', '', 't', 1, 1) RETURNING number`).Scan(&number)
				}); err != nil || number < 8 {
					t.Errorf("the next ticket is %d: %v", number, err)
				}
				if err := d.Tx(t.Context(), func(tx *Tx) error {
					_, err := tx.ExecContext(t.Context(), "DELETE FROM tickets WHERE number = ?", number)
					return err
				}); err != nil {
					t.Error(err)
				}
				if err := d.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
