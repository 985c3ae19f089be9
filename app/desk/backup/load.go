package backup

import (
	"context"
	"fmt"

	"github.com/beistand/beistand/app/desk/store/db"
)

// load writes all rows in one transaction, of which last is the last step.
func load(ctx context.Context, d *db.DB, r *reader, last func() error) error {
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
			if name == pending {
				continue
			}
			t, is := known[name]
			if !is {
				return fmt.Errorf("%w: there is no table %q", ErrDamaged, name)
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
		if err := r.pending(ctx, tx); err != nil {
			return err
		}
		return last()
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
