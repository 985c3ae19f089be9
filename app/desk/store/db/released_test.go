package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// released is a dump's name: its engine, and the number of its last migration.
var released = regexp.MustCompile(`^(sqlite|postgresql)-([0-9]{4})\.sql$`)

// TestReleased brings the databases of desks that people have up to date: what
// was in them is there afterwards, and they are as new ones are. A migration
// that was released is never changed: this fails when one is.
func TestReleased(t *testing.T) {
	dumps, err := filepath.Glob(filepath.Join("testdata", "released", "*.sql"))
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no dump: %v", err)
	}
	fresh := map[db.Kind][]string{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) { fresh[d.Kind()] = schema(t, d) })
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			name := released.FindStringSubmatch(filepath.Base(dump))
			if name == nil {
				t.Fatal("whose dump it is cannot be told")
			}
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			source := dbtest.Load(t, db.Kind(name[1]), string(text))
			before := contents(t, source)
			if before["tickets"] == 0 {
				t.Fatalf("it had nothing: %v", before)
			}
			for range 2 { // the second time there is nothing to do
				d := dbtest.Open(t, source)
				got := schema(t, d)
				for _, one := range fresh[d.Kind()] {
					if !slices.Contains(got, one) {
						t.Errorf("a new database has %s", one)
					}
				}
				for _, one := range got {
					if !slices.Contains(fresh[d.Kind()], one) {
						t.Errorf("a new database does not have %s", one)
					}
				}
				after := contents(t, source)
				for table, n := range before {
					if after[table] < n {
						t.Errorf("table %s has %d rows of %d", table, after[table], n)
					}
				}
				for query, want := range kept[name[2]] {
					var n int64
					if err := d.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n != want {
						t.Errorf("%s: %d, want %d: %v", query, n, want, err)
					}
				}
				next(t, d)
			}
		})
	}
}

// kept is what has to be found after all that comes, by the dump's number.
var kept = map[string]map[string]int64{
	"0004": {
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
	},
	"0019": {
		"SELECT count(*) FROM tickets WHERE number IN (1, 2, 3, 4) AND title = 'Ticket ' || (number - 1)": 4,
		"SELECT count(*) FROM bundles b JOIN objects o ON o.sha256 = b.sha256 AND o.size = b.size":        4,
		"SELECT count(*) FROM upload_parts p JOIN uploads u ON u.id = p.upload WHERE p.size = 5":          1,
		"SELECT count(*) FROM staff WHERE name = 'sam' AND password LIKE '$argon2id$%'":                   1,
		"SELECT count(*) FROM acme_cache WHERE name = 'desk.example.com'":                                 1,
	},
}

// contents are how many rows each table has.
func contents(t *testing.T, source string) map[string]int64 {
	t.Helper()
	d := dbtest.Raw(t, source)
	defer d.Close()
	query := "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
	if strings.HasPrefix(source, "postgres://") {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	} else {
		sound(t, d)
	}
	all := map[string]int64{}
	for _, table := range column(t, d, query) {
		var n int64
		if err := d.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		all[table] = n
	}
	return all
}

// sound asks SQLite whether all references hold and the file is whole.
func sound(t *testing.T, d *sql.DB) {
	t.Helper()
	for _, query := range []string{
		"SELECT 'a reference from ' || \"table\" || ' to ' || parent FROM pragma_foreign_key_check",
		"SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
	} {
		if wrong := column(t, d, query); len(wrong) > 0 {
			t.Errorf("it is not sound: %q", wrong)
		}
	}
}

// schema is what a database is made of: tables, columns, references, conditions, indexes.
func schema(t *testing.T, d *db.DB) []string {
	t.Helper()
	if d.Kind() == db.SQLite {
		return column(t, d, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'goose_db_version'") // whose words are goose's
	}
	return slices.Concat(
		column(t, d, `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' ' || is_identity || ' ' || coalesce(generation_expression, '')
			FROM information_schema.columns WHERE table_schema = 'public'`),
		column(t, d, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"),
		column(t, d, "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"),
		column(t, d, "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"),
		column(t, d, "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"),
	)
}

// column is what a query of one column gives.
func column(t *testing.T, d interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string,
) (all []string) {
	t.Helper()
	rows, err := d.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Error(err)
		}
		all = append(all, one)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	return all
}

// next files one more ticket, whose number is new, and takes it back.
func next(t *testing.T, d *db.DB) {
	t.Helper()
	gone := errors.New("taken back")
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		var last, number int64
		if err := tx.QueryRowContext(t.Context(), "SELECT max(number) FROM tickets").Scan(&last); err != nil {
			return err
		}
		if err := tx.QueryRowContext(t.Context(), `INSERT INTO tickets (id, filed, state, title, description, product, priority, name, contact, language, search, created, updated)
			VALUES (?, ?, 'new', 't', 'd', 'p', 'low', 'n', 'c', '', 't', 1, 1) RETURNING number`, []byte("another"), []byte{0}).Scan(&number); err != nil {
			return err
		}
		if number <= last {
			return fmt.Errorf("the next ticket is %d after %d", number, last)
		}
		return gone
	})
	if !errors.Is(err, gone) {
		t.Error(err)
	}
}
