package retention

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
)

// taking is one ticket that something is taken from.
type taking struct {
	tx       *db.Tx
	number   int64
	language string
	why      string
}

// take says what went, in the ticket's language.
func (t taking) take(ctx context.Context, what string) ([]string, error) {
	switch what {
	case Bundles:
		return t.kept(ctx, "bundles", textBundle, "1 = 1")
	case Files:
		return t.kept(ctx, "files", textFile, "used = 1")
	case Mails:
		return t.mails(ctx)
	case Texts:
		return t.words(ctx)
	case Journal:
		return []string{say(t.language, textJournal, nil)}, journal.EraseTicket(ctx, t.tx, t.number)
	}
	return nil, fmt.Errorf("%q is nothing that is deleted", what)
}

// kept deletes rows of content; the content goes with its last row. Entries
// that have them say that they are gone.
func (t taking) kept(ctx context.Context, table, text, which string) ([]string, error) {
	rows, err := t.tx.QueryContext(ctx, "DELETE FROM "+table+" WHERE ticket = ? AND "+which+" RETURNING id, name, size", t.number)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var gone []string
	ids := map[string]bool{}
	for rows.Next() {
		var id, name string
		var size int64
		if err := rows.Scan(&id, &name, &size); err != nil {
			return nil, err
		}
		ids[id] = true
		gone = append(gone, say(t.language, text, map[string]string{"Name": name, "Size": fmt.Sprintf("%.1f", float64(size)/1e6)}))
	}
	if err := rows.Err(); err != nil {
		return nil, db.Named(err)
	}
	rows.Close()
	return gone, t.mark(ctx, ids)
}

// mark writes into the ticket's entries which of their files are gone.
func (t taking) mark(ctx context.Context, ids map[string]bool) error {
	_, err := t.each(ctx, "files", "1 = 1", "", func(text string) (string, bool, error) {
		var list []api.File
		err := json.Unmarshal([]byte(text), &list)
		found := false
		for i, f := range list {
			if ids[f.ID] && f.Gone == "" {
				list[i].Gone, found = t.why, true
			}
		}
		next, _, err := encoded(list, err)
		return next, found, err
	})
	return err
}

// encoded is a list as it is kept, unless it could not be read.
func encoded(list any, err error) (string, bool, error) {
	if err != nil {
		return "", false, err
	}
	b, err := json.Marshal(list)
	return string(b), true, err
}

// each lets fn change a column of the ticket's entries, which is a list. also is
// set with it; its one argument is why. It says how many were changed.
func (t taking) each(ctx context.Context, column, which, also string, fn func(text string) (string, bool, error)) (int64, error) {
	rows, err := t.tx.QueryContext(ctx, "SELECT id, "+column+" FROM entries WHERE ticket = ? AND "+column+" <> '' AND "+which, t.number)
	if err != nil {
		return 0, db.Named(err)
	}
	defer rows.Close()
	changed := map[int64]string{}
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return 0, err
		}
		next, is, err := fn(text)
		if err != nil {
			return 0, fmt.Errorf("%s of entry %d: %w", column, id, err)
		}
		if is {
			changed[id] = next
		}
	}
	if err := rows.Err(); err != nil {
		return 0, db.Named(err)
	}
	rows.Close()
	for id, text := range changed {
		args := []any{text}
		if also != "" {
			args = append(args, t.why)
		}
		if _, err := t.tx.ExecContext(ctx, "UPDATE entries SET "+column+" = ?"+also+" WHERE id = ?", append(args, id)...); err != nil {
			return 0, db.Named(err)
		}
	}
	return int64(len(changed)), nil
}
