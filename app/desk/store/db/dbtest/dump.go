package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Dump is the database at source as SQL: its tables, and all that is in them.
func Dump(tb testing.TB, source string) string {
	tb.Helper()
	dump := dumpSQLite
	if strings.HasPrefix(source, "postgres://") {
		dump = dumpPostgres
	}
	text, err := dump(tb.Context(), source)
	if err != nil {
		tb.Fatalf("dump the database: %v", err)
	}
	return text
}

// Load makes a new database of what Dump gave, as it was: nothing in it is
// brought up to date. It gives what db.Open takes. The database is gone after the test.
func Load(tb testing.TB, kind db.Kind, dump string) (source string) {
	tb.Helper()
	if kind == db.PostgreSQL {
		s, err := shared()
		if err != nil {
			tb.Fatal(err)
		}
		source = s.made(tb, "template0")
	} else {
		source = filepath.Join(tb.TempDir(), "desk.db")
	}
	d := Raw(tb, source)
	if _, err := d.ExecContext(tb.Context(), dump); err != nil {
		tb.Fatalf("load the dump: %v", err)
	}
	if err := d.Close(); err != nil {
		tb.Fatal(err)
	}
	return source
}

// Raw opens a database as it is, for SQL of its own; it has to be closed.
func Raw(tb testing.TB, source string) *sql.DB {
	tb.Helper()
	driver := "sqlite"
	if strings.HasPrefix(source, "postgres://") {
		driver = "pgx"
		source += "&default_query_exec_mode=simple_protocol" // several statements at once
	}
	d, err := sql.Open(driver, source)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func dumpSQLite(ctx context.Context, path string) (_ string, err error) {
	d, err := sql.Open("sqlite", path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	var b strings.Builder
	tables, err := column(ctx, d, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence' AND name NOT LIKE 'sqlite_stat%' ORDER BY rowid`)
	if err != nil {
		return "", err
	}
	made, err := column(ctx, d, `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type <> 'table', rowid`)
	if err != nil {
		return "", err
	}
	for _, one := range made {
		b.WriteString(one + ";\n")
	}
	for _, table := range append(tables, "sqlite_sequence") { // which is made with the first table that counts
		cells, err := column(ctx, d, `SELECT group_concat('quote("' || name || '")', ' || '', '' || ') FROM pragma_table_info('`+table+`')`)
		if err != nil {
			return "", err
		}
		rows, err := column(ctx, d, `SELECT `+cells[0]+` FROM "`+table+`"`)
		if err != nil {
			return "", fmt.Errorf("table %s: %w", table, err)
		}
		if table == "sqlite_sequence" {
			b.WriteString("DELETE FROM sqlite_sequence;\n")
		}
		for _, row := range rows {
			fmt.Fprintf(&b, "INSERT INTO %q VALUES (%s);\n", table, row)
		}
	}
	return b.String(), nil
}

// column is what a query of one column gives.
func column(ctx context.Context, d *sql.DB, query string) (all []string, err error) {
	rows, err := d.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// dumpPostgres leaves out what pg_dump says to the program psql, and the
// settings of its own version.
func dumpPostgres(ctx context.Context, source string) (string, error) {
	programs, err := programs()
	if err != nil {
		return "", err
	}
	out, err := exec.CommandContext(ctx, filepath.Join(programs, "pg_dump"), "--inserts", "--no-owner", "--no-privileges", source).Output()
	if err != nil {
		said := (*exec.ExitError)(nil)
		if errors.As(err, &said) {
			err = fmt.Errorf("%w: %s", err, said.Stderr)
		}
		return "", err
	}
	_, text, _ := strings.Cut(string(out), "\nCREATE ")
	var b strings.Builder
	b.WriteString("SET check_function_bodies = false;\n") // they name tables that come later
	for line := range strings.Lines("CREATE " + text) {
		if line != "\n" && !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, `\`) && !strings.HasPrefix(line, "SET default_") {
			b.WriteString(line)
		}
	}
	return b.String(), nil
}
