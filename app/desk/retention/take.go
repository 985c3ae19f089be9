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
		return t.texts(ctx, textMails, "kind IN ('mail-in', 'mail-out')")
	case Texts:
		n, err := t.described(ctx)
		if err != nil {
			return nil, err
		}
		gone, err := t.texts(ctx, textTexts, "kind IN ('note', 'call', 'mail-in', 'mail-out', 'request', 'alarm', 'time')")
		if err == nil && n > 0 && len(gone) == 0 {
			gone = []string{say(t.language, textDescription, nil)}
		}
		return gone, err
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
	rows, err := t.tx.QueryContext(ctx, "SELECT id, files FROM entries WHERE ticket = ? AND files <> ''", t.number)
	if err != nil {
		return db.Named(err)
	}
	defer rows.Close()
	changed := map[int64]string{}
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return err
		}
		var list []api.File
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			return fmt.Errorf("files of entry %d: %w", id, err)
		}
		found := false
		for i, f := range list {
			if ids[f.ID] && f.Gone == "" {
				list[i].Gone, found = t.why, true
			}
		}
		if found {
			b, err := json.Marshal(list)
			if err != nil {
				return err
			}
			changed[id] = string(b)
		}
	}
	if err := rows.Err(); err != nil {
		return db.Named(err)
	}
	rows.Close()
	for id, text := range changed {
		if _, err := t.tx.ExecContext(ctx, "UPDATE entries SET files = ? WHERE id = ?", text, id); err != nil {
			return db.Named(err)
		}
	}
	return nil
}

// texts takes the words out of entries, which stay as what happened.
func (t taking) texts(ctx context.Context, text, which string) ([]string, error) {
	r, err := t.tx.ExecContext(ctx, "UPDATE entries SET body = '', subject = '', sender = '', recipients = '', wants = '', gone = ? WHERE ticket = ? AND gone = '' AND "+which, t.why, t.number)
	if err != nil {
		return nil, db.Named(err)
	}
	n, err := r.RowsAffected()
	if err != nil || n == 0 {
		return nil, err
	}
	return []string{say(t.language, text, map[string]string{"Count": fmt.Sprint(n)})}, nil
}

// described takes what the customer wrote when they filed the ticket.
func (t taking) described(ctx context.Context) (int64, error) {
	r, err := t.tx.ExecContext(ctx, "UPDATE tickets SET description = '', search = title, answers = '', signs = '', version = version + 1 WHERE number = ? AND description <> ''", t.number)
	if err != nil {
		return 0, db.Named(err)
	}
	return r.RowsAffected()
}
