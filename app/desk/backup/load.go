package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
)

const maxArgs = 900 // arguments of one INSERT

// load writes all rows in one transaction.
func load(ctx context.Context, d *db.DB, r *reader) error {
	return d.Tx(ctx, func(tx *db.Tx) error {
		if err := emptyIn(ctx, tx); err != nil {
			return err
		}
		settle, err := deferred(ctx, tx)
		if err != nil {
			return err
		}
		all, err := tables(ctx, tx)
		if err != nil {
			return err
		}
		known := map[string]table{}
		for _, t := range all { // what a new desk begins with gives way
			known[t.name] = t
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+quoted(t.name)); err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
		}
		for name, chunks := range r.chunks {
			t, is := known[name]
			if !is && name != pending {
				return fmt.Errorf("%w: there is no table %q", ErrDamaged, name)
			}
			if name == pending {
				continue
			}
			if err := r.table(ctx, tx, t, chunks); err != nil {
				return fmt.Errorf("table %s: %w", name, err)
			}
		}
		if err := r.counted(ctx, tx, known); err != nil {
			return err
		}
		if err := checkObjects(ctx, tx, r.objects, r.m.Missing); err != nil {
			return err
		}
		if err := settle(); err != nil {
			return fmt.Errorf("%w: rows do not fit together: %w", ErrDamaged, err)
		}
		if err := setSequences(ctx, tx, r.m.Sequences); err != nil {
			return err
		}
		return r.pending(ctx, tx)
	})
}

// deferred lets rows come in any order: references are looked at by settle.
func deferred(ctx context.Context, tx *db.Tx) (settle func() error, err error) {
	if tx.Kind() == db.SQLite { // sqlite.org/pragma.html#pragma_defer_foreign_keys: until this transaction's end
		_, err := tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON")
		return func() error { return nil }, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT quote_ident(c.relname), quote_ident(f.conname) FROM pg_constraint f
		JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE f.contype = 'f' AND n.nspname = current_schema()`)
	if err != nil {
		return nil, fmt.Errorf("list references: %w", err)
	}
	var all [][2]string
	for rows.Next() {
		var one [2]string
		if err := rows.Scan(&one[0], &one[1]); err != nil {
			rows.Close()
			return nil, fmt.Errorf("list references: %w", err)
		}
		all = append(all, one)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list references: %w", err)
	}
	alter := func(to string) error {
		for _, one := range all {
			if _, err := tx.ExecContext(ctx, "ALTER TABLE "+one[0]+" ALTER CONSTRAINT "+one[1]+" "+to); err != nil {
				return err
			}
		}
		return nil
	}
	return func() error {
		if _, err := tx.ExecContext(ctx, "SET CONSTRAINTS ALL IMMEDIATE"); err != nil {
			return err
		}
		return alter("NOT DEFERRABLE")
	}, alter("DEFERRABLE INITIALLY DEFERRED")
}

// rows calls fn with each row of a table's chunks.
func (r *reader) rows(chunks []string, t table, fn func(columns []column, values []any) error) error {
	for _, name := range chunks {
		text, err := os.ReadFile(filepath.Join(r.stage, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		var columns []column
		for line := range bytes.Lines(text) {
			if columns == nil {
				var names []string
				if err := json.Unmarshal(line, &names); err != nil || len(names) == 0 {
					return fmt.Errorf("%w: %s has no columns", ErrDamaged, name)
				}
				for _, n := range names {
					c, is := t.column(n)
					if !is {
						return fmt.Errorf("%w: there is no column %q", ErrDamaged, n)
					}
					columns = append(columns, c)
				}
				continue
			}
			var raw []json.RawMessage
			if err := json.Unmarshal(line, &raw); err != nil || len(raw) != len(columns) {
				return fmt.Errorf("%w: a row of %s is none", ErrDamaged, name)
			}
			values := make([]any, len(raw))
			for i, one := range raw {
				if values[i], err = decoded(columns[i].kind, one); err != nil {
					return fmt.Errorf("%w: column %s in %s: %w", ErrDamaged, columns[i].name, name, err)
				}
			}
			if err := fn(columns, values); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reader) table(ctx context.Context, tx *db.Tx, t table, chunks []string) error {
	var args []any
	var names string
	width := 0
	flush := func() error {
		if len(args) == 0 {
			return nil
		}
		one := "(" + strings.TrimSuffix(strings.Repeat("?, ", width), ", ") + ")"
		_, err := tx.ExecContext(ctx, "INSERT INTO "+quoted(t.name)+" ("+names+") VALUES "+
			strings.TrimSuffix(strings.Repeat(one+", ", len(args)/width), ", "), args...)
		args = args[:0]
		return err
	}
	err := r.rows(chunks, t, func(columns []column, values []any) error {
		if now := (table{columns: columns}).list(); now != names || len(args)+len(values) > maxArgs {
			if err := flush(); err != nil {
				return err
			}
			names, width = now, len(columns)
		}
		args = append(args, values...)
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// counted holds the rows that are there now against the manifest.
func (r *reader) counted(ctx context.Context, tx *db.Tx, known map[string]table) error {
	for name, want := range r.m.Rows {
		if name == pending {
			continue
		}
		if _, is := known[name]; !is {
			return fmt.Errorf("%w: there is no table %q", ErrDamaged, name)
		}
		var n int64
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+quoted(name)).Scan(&n); err != nil {
			return err
		}
		if n != want {
			return fmt.Errorf("%w: table %s has %d rows and not %d", ErrDamaged, name, n, want)
		}
	}
	return nil
}

func setSequences(ctx context.Context, tx *db.Tx, all map[string]int64) error {
	for name, n := range all {
		if tx.Kind() == db.PostgreSQL {
			if _, err := tx.ExecContext(ctx, `SELECT setval(pg_get_serial_sequence(quote_ident(table_schema) || '.' || quote_ident(table_name), column_name), ?)
				FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? AND is_identity = 'YES'`, n, name); err != nil {
				return fmt.Errorf("sequence of %s: %w", name, err)
			}
			continue
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM sqlite_sequence WHERE name = ?", name)
		if err == nil {
			_, err = tx.ExecContext(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", name, n)
		}
		if err != nil {
			return fmt.Errorf("sequence of %s: %w", name, err)
		}
	}
	return nil
}

// pending writes those entries of the journal again that had no number yet.
func (r *reader) pending(ctx context.Context, tx *db.Tx) error {
	if len(r.chunks[pending]) == 0 {
		return nil
	}
	t := table{name: pending, columns: []column{
		{"id", isInteger},
		{"at", isInteger},
		{"kind", isText},
		{"name", isText},
		{"address", isText},
		{"ticket", isInteger},
		{"action", isText},
		{"subject", isText},
		{"detail", isText},
		{"salt", isBytes},
		{"private", isBytes},
	}}
	return r.rows(r.chunks[pending], t, func(columns []column, values []any) error {
		var e journal.Entry
		for i, c := range columns {
			switch v := values[i].(type) {
			case int64:
				switch c.name {
				case "at":
					e.At = time.UnixMicro(v).UTC()
				case "ticket":
					e.Ticket = v
				}
			case string:
				switch c.name {
				case "kind":
					e.Actor.Kind = v
				case "name", "address":
					if v != "" {
						e.Actor.Name = v
					}
				case "action":
					e.Action = v
				case "subject":
					e.Subject = v
				case "detail":
					e.Detail = json.RawMessage(v)
				}
			}
		}
		return journal.Write(ctx, tx, e)
	})
}
