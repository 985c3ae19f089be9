package tickets

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const entryColumns = `id, ticket, written, kind, public, author, name, party, body, mentions, sender, recipients, subject, ref,
	minutes, files, wants, changes, gone`

// AddEntry writes e, whose texts the caller has checked, onto its ticket's
// timeline, books its minutes, and gives it its ID. uid ("" is none) is what the
// client drew: writing the same again with the same content changes nothing and
// gives the entry as it is (made is false); with other content, or on another
// ticket, it is db.ErrConflict.
func AddEntry(ctx context.Context, tx *db.Tx, e api.Entry, uid string, content []byte) (_ api.Entry, made bool, err error) {
	var id, filed []byte
	if uid != "" {
		a, b := sha256.Sum256([]byte(uid)), sha256.Sum256(content)
		id, filed = a[:], b[:]
		before, err := entryBy(ctx, tx, e.Ticket, id, filed)
		if err == nil || !errors.Is(err, db.ErrNotFound) {
			return before, false, err
		}
	}
	recipients, err1 := encode(e.To)
	files, err2 := encode(e.Files)
	wants, err3 := encode(e.Wants)
	changes, err4 := encode(e.Changes)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return e, false, fmt.Errorf("encode entry: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO entries
		(uid, filed, ticket, written, kind, public, author, name, party, body, mentions, sender, recipients, subject, ref, minutes, files, wants, changes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		id, filed, e.Ticket, db.Micros(e.At), e.Kind, e.Public, e.By, e.Name, e.Party, e.Text, strings.Join(e.Mentions, " "), e.From, recipients, e.Subject, e.Ref,
		e.Minutes, files, wants, changes).Scan(&e.ID)
	if err == nil && e.Minutes > 0 {
		err = Book(ctx, tx, e.Ticket, e.Minutes)
	}
	if err == nil {
		err = Touch(ctx, tx, e.Ticket, e.At)
	}
	if err != nil {
		return e, false, fmt.Errorf("write entry on ticket %d: %w", e.Ticket, db.Named(err))
	}
	e.At = db.Moment(db.Micros(e.At))
	return e, true, nil
}

// entryBy is the entry that was written by that name, with that content.
func entryBy(ctx context.Context, tx *db.Tx, ticket int64, id, filed []byte) (api.Entry, error) {
	var before []byte
	var number, on int64
	if err := tx.QueryRowContext(ctx, "SELECT filed, id, ticket FROM entries WHERE uid = ?", id).Scan(&before, &number, &on); err != nil {
		return api.Entry{}, db.Named(err)
	}
	if string(before) != string(filed) || on != ticket {
		return api.Entry{}, db.ErrConflict
	}
	return Entry(ctx, tx, number)
}

// Entry reads one entry.
func Entry(ctx context.Context, q db.Querier, id int64) (api.Entry, error) {
	e, err := scanEntry(q.QueryRowContext(ctx, "SELECT "+entryColumns+" FROM entries WHERE id = ?", id))
	if err != nil {
		return e, fmt.Errorf("read entry %d: %w", id, db.Named(err))
	}
	return e, nil
}

// EntryQuery selects entries of a ticket.
type EntryQuery struct {
	Ticket        int64
	Before, After int64 // IDs; 0 and 0: the newest
	Limit         int
	Public        bool // those that the customer sees, alone
}

// Entries are a part of a timeline, oldest first.
func Entries(ctx context.Context, q db.Querier, w EntryQuery) (api.Timeline, error) {
	where, args := "ticket = ?", []any{w.Ticket}
	if w.Before > 0 {
		where, args = where+" AND id < ?", append(args, w.Before)
	}
	if w.After > 0 {
		where, args = where+" AND id > ?", append(args, w.After)
	}
	if w.Public {
		where += " AND public = 1"
	}
	order := "DESC"
	forward := w.After > 0 && w.Before == 0
	if forward {
		order = "ASC"
	}
	list, err := entries(ctx, q, where+" ORDER BY id "+order+" LIMIT ?", append(args, w.Limit+1)...)
	if err != nil {
		return api.Timeline{}, fmt.Errorf("read timeline of ticket %d: %w", w.Ticket, db.Named(err))
	}
	t := api.Timeline{More: len(list) > w.Limit}
	if t.More {
		list = list[:w.Limit]
	}
	if !forward {
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
	}
	t.Entries = list
	return t, nil
}

// LastRequest is what a ticket's customer was asked for last; ErrNotFound: they were not.
func LastRequest(ctx context.Context, q db.Querier, ticket int64) (api.Entry, error) {
	e, err := scanEntry(q.QueryRowContext(ctx, "SELECT "+entryColumns+" FROM entries WHERE ticket = ? AND kind = 'request' ORDER BY id DESC LIMIT 1", ticket))
	if err != nil {
		return e, fmt.Errorf("read request of ticket %d: %w", ticket, db.Named(err))
	}
	return e, nil
}

func entries(ctx context.Context, q db.Querier, where string, args ...any) ([]api.Entry, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+entryColumns+" FROM entries WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []api.Entry{}
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

func scanEntry(row scanner) (api.Entry, error) {
	var e api.Entry
	var at int64
	var public int
	var mentions, recipients, files, wants, changes string
	if err := row.Scan(&e.ID, &e.Ticket, &at, &e.Kind, &public, &e.By, &e.Name, &e.Party, &e.Text, &mentions, &e.From, &recipients, &e.Subject, &e.Ref,
		&e.Minutes, &files, &wants, &changes, &e.Gone); err != nil {
		return e, err
	}
	e.At, e.Public = db.Moment(at), public != 0
	if mentions != "" {
		e.Mentions = strings.Fields(mentions)
	}
	return e, errors.Join(decode(recipients, &e.To), decode(files, &e.Files), decode(wants, &e.Wants), decode(changes, &e.Changes))
}
