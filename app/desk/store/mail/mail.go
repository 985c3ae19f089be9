// Package mail keeps the mails that came in and go out, and who takes part in a ticket by mail.
package mail

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Mail is one as it is kept.
type Mail struct {
	api.Mail
	Mark    []byte // 32 bytes, the same for the same mail
	Side    string // out: as whom its reader may answer
	Content []byte // out: JSON of what is sent; nil once it is
}

const columns = `id, incoming, state, what, mark, coalesce(ticket, 0), entry, message_id, side, address, name, subject, quoted, signature,
	remarks, content, problem, tries, written, next, sent`

type scanner interface{ Scan(dest ...any) error }

func scan(row scanner) (Mail, error) {
	var m Mail
	var in int
	var remarks, content string
	var written int64
	var next, sent sql.NullInt64
	err := row.Scan(&m.ID, &in, &m.State, &m.What, &m.Mark, &m.Ticket, &m.Entry, &m.MessageID, &m.Side, &m.Address, &m.Name, &m.Subject, &m.Quoted, &m.Signature,
		&remarks, &content, &m.Problem, &m.Tries, &written, &next, &sent)
	if err != nil {
		return m, db.Named(err)
	}
	m.In, m.At, m.Next, m.Sent = in != 0, db.Moment(written), db.FromNull(next), db.FromNull(sent)
	if content != "" {
		m.Content = []byte(content)
	}
	if remarks != "" {
		err = json.Unmarshal([]byte(remarks), &m.Remarks)
	}
	return m, err
}

func list(rows *sql.Rows, err error) ([]Mail, error) {
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var all []Mail
	for rows.Next() {
		m, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, db.Named(rows.Err())
}

// Key gives what addresses are signed with, and when mails began: fresh and now
// for the first who asks.
func Key(ctx context.Context, tx *db.Tx, fresh []byte, now time.Time) (secret []byte, since time.Time, err error) {
	if _, err := tx.ExecContext(ctx, "INSERT INTO mail_keys (id, secret, since) VALUES (1, ?, ?) ON CONFLICT (id) DO NOTHING", fresh, db.Micros(now)); err != nil {
		return nil, since, fmt.Errorf("make mail key: %w", db.Named(err))
	}
	var at int64
	if err := tx.QueryRowContext(ctx, "SELECT secret, since FROM mail_keys WHERE id = 1").Scan(&secret, &at); err != nil {
		return nil, since, fmt.Errorf("read mail key: %w", db.Named(err))
	}
	return secret, db.Moment(at), nil
}

// Add keeps a mail and gives its ID. One with that mark that is there already
// stays as it is: made is false, and the ID is its.
func Add(ctx context.Context, tx *db.Tx, m Mail) (id int64, made bool, err error) {
	remarks := ""
	if len(m.Remarks) > 0 {
		b, err := json.Marshal(m.Remarks)
		if err != nil {
			return 0, false, fmt.Errorf("encode mail: %w", err)
		}
		remarks = string(b)
	}
	before, err := ByMark(ctx, tx, m.Mark)
	if !errors.Is(err, db.ErrNotFound) {
		return before.ID, false, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO mails (incoming, state, what, mark, ticket, entry, message_id, side, address, name, subject, quoted, signature,
		remarks, content, problem, written, next) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		m.In, m.State, m.What, m.Mark, reference(m.Ticket), m.Entry, m.MessageID, m.Side, strings.ToLower(m.Address), m.Name, m.Subject, m.Quoted, m.Signature,
		remarks, string(m.Content), m.Problem, db.Micros(m.At), db.NullMicros(m.Next)).Scan(&id)
	if err != nil {
		return 0, false, fmt.Errorf("keep mail: %w", db.Named(err))
	}
	return id, true, nil
}

func reference(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: n != 0} }

// ByMark gives the mail with that mark; db.ErrNotFound when there is none.
func ByMark(ctx context.Context, q db.Querier, mark []byte) (Mail, error) {
	return scan(q.QueryRowContext(ctx, "SELECT "+columns+" FROM mails WHERE mark = ?", mark))
}

// Read gives one mail.
func Read(ctx context.Context, q db.Querier, id int64) (Mail, error) {
	return scan(q.QueryRowContext(ctx, "SELECT "+columns+" FROM mails WHERE id = ?", id))
}

// ByMessage gives the newest mail on a ticket with that Message-ID, ours before
// others'; db.ErrNotFound when there is none.
func ByMessage(ctx context.Context, q db.Querier, id string) (Mail, error) {
	if id == "" {
		return Mail{}, db.ErrNotFound
	}
	return scan(q.QueryRowContext(ctx, "SELECT "+columns+` FROM mails WHERE message_id = ? AND message_id <> '' AND ticket IS NOT NULL
		ORDER BY incoming, id DESC LIMIT 1`, id))
}

// ByEntry gives the mail that became an entry; db.ErrNotFound when none did.
func ByEntry(ctx context.Context, q db.Querier, ticket, entry int64) (Mail, error) {
	return scan(q.QueryRowContext(ctx, "SELECT "+columns+" FROM mails WHERE ticket = ? AND entry = ? AND incoming = 1 ORDER BY id LIMIT 1", ticket, entry))
}

// Taken says what became of a mail that came in.
func Taken(ctx context.Context, tx *db.Tx, id, ticket, entry int64) error {
	err := db.One(tx.ExecContext(ctx, "UPDATE mails SET state = ?, ticket = ?, entry = ? WHERE id = ?", api.MailTaken, reference(ticket), entry, id))
	if err != nil {
		return fmt.Errorf("keep what became of a mail: %w", db.Named(err))
	}
	return nil
}

// Count is how many mails of an address came in, or went out to it, since a
// moment; on a ticket alone when that is not 0. Refused and held ones do not count.
func Count(ctx context.Context, q db.Querier, address string, in bool, ticket int64, since time.Time) (n int, err error) {
	where, args := "address = ? AND incoming = ? AND written > ? AND state NOT IN ('refused', 'held')", []any{strings.ToLower(address), in, db.Micros(since)}
	if ticket != 0 {
		where, args = where+" AND ticket = ?", append(args, ticket)
	}
	err = q.QueryRowContext(ctx, "SELECT count(*) FROM mails WHERE "+where, args...).Scan(&n)
	return n, db.Named(err)
}

// StaffBy is the member of staff with that address; "" is nobody, or several.
func StaffBy(ctx context.Context, q db.Querier, address string) (name string, err error) {
	err = db.Named(q.QueryRowContext(ctx, "SELECT min(name) FROM staff WHERE lower(email) = lower(?) AND email <> '' AND disabled = 0 HAVING count(*) = 1", address).Scan(&name))
	if errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	return name, err
}

// FirstOf gives the mail that a ticket began with; db.ErrNotFound when it began otherwise.
func FirstOf(ctx context.Context, q db.Querier, ticket int64) (Mail, error) {
	return scan(q.QueryRowContext(ctx, "SELECT "+columns+" FROM mails WHERE ticket = ? AND incoming = 1 ORDER BY id LIMIT 1", ticket))
}

// Thread are the Message-IDs of what an address has written to a ticket or was
// written from it, the newest first.
func Thread(ctx context.Context, q db.Querier, ticket int64, address string, limit int) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT message_id FROM mails WHERE ticket = ? AND address = ? AND message_id <> '' AND state NOT IN ('refused', 'held')
		ORDER BY id DESC LIMIT ?`, ticket, strings.ToLower(address), limit)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, db.Named(rows.Err())
}
