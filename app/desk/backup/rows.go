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
