package backup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

// table is one of the database's, as the catalog of its engine tells.
type table struct {
	name    string
	columns []column
}

type column struct {
	name string
	kind kind
}

// kind is what a column holds.
type kind int

const (
	isText kind = iota
	isInteger
	isReal
	isBytes
)

// tables are all that have rows of their own, in the order of their names.
func tables(ctx context.Context, tx *db.Tx) ([]table, error) {
	query := `SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name, c.name`
	if tx.Kind() == db.PostgreSQL {
		query = `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
			JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
			WHERE c.table_schema = current_schema() AND c.is_generated = 'NEVER'
			ORDER BY c.table_name COLLATE "C", c.column_name COLLATE "C"`
	}
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	defer rows.Close()
	var all []table
	for rows.Next() {
		var name, of, in string
		if err := rows.Scan(&name, &of, &in); err != nil {
			return nil, fmt.Errorf("list tables: %w", err)
		}
		if passing[name] {
			continue
		}
		if len(all) == 0 || all[len(all)-1].name != name {
			all = append(all, table{name: name})
		}
		k, err := kindOf(in)
		if err != nil {
			return nil, fmt.Errorf("table %s, column %s: %w", name, of, err)
		}
		t := &all[len(all)-1]
		t.columns = append(t.columns, column{of, k})
	}
	return all, rows.Err()
}

// kindOf knows the types that migrations use, in the words of both engines.
func kindOf(declared string) (kind, error) {
	switch strings.ToLower(declared) {
	case "text":
		return isText, nil
	case "integer", "bigint":
		return isInteger, nil
	case "real", "double precision":
		return isReal, nil
	case "blob", "bytea":
		return isBytes, nil
	}
	return 0, fmt.Errorf("%q is no type that is known", declared)
}

// list is the table's columns as SQL names them. They come from the catalog;
// quotes are for those that are words of the language.
func (t table) list() string {
	names := make([]string, 0, len(t.columns))
	for _, c := range t.columns {
		names = append(names, quoted(c.name))
	}
	return strings.Join(names, ", ")
}

func (t table) column(name string) (column, bool) {
	i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return column{}, false
	}
	return t.columns[i], true
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// sequences are the last numbers that tables have given out: a number of a
// ticket that was deleted is not given out again.
func sequences(ctx context.Context, tx *db.Tx) (map[string]int64, error) {
	query := "SELECT name, seq FROM sqlite_sequence"
	if tx.Kind() == db.PostgreSQL {
		query = `SELECT c.table_name, coalesce(s.last_value, 0) FROM information_schema.columns c
			JOIN pg_sequences s ON s.schemaname = c.table_schema
				AND quote_ident(s.schemaname) || '.' || quote_ident(s.sequencename) = pg_get_serial_sequence(quote_ident(c.table_schema) || '.' || quote_ident(c.table_name), c.column_name)
			WHERE c.table_schema = current_schema() AND c.is_identity = 'YES'`
	}
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read sequences: %w", err)
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, fmt.Errorf("read sequences: %w", err)
		}
		if !passing[name] && name != pending && n > 0 {
			all[name] = n
		}
	}
	return all, rows.Err()
}

// pending is PostgreSQL's alone: entries of the journal that have no number
// yet. They are written again, which numbers them on either engine.
const pending = "journal_pending"

// schema is the highest migration that the tables have seen.
func schema(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("read the tables' version: %w", err)
	}
	return n, nil
}
