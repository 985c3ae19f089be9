package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Write puts e into the journal with the transaction: both are there, or
// neither. Those who run in this process look at once after the commit.
func Write(ctx context.Context, tx *db.Tx, e Entry) error {
	e, err := checked(e)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	tx.Mark()
	r := newRow(e)
	address := sql.NullString{String: r.address, Valid: r.Actor.Kind == api.ActorMail}
	if tx.Kind() == db.PostgreSQL {
		// Its place in the chain has to wait until it is committed: see seal.
		_, err := tx.ExecContext(ctx, `INSERT INTO journal_pending
			(at, kind, name, address, ticket, action, subject, detail, salt, private) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			db.Micros(r.At), r.Actor.Kind, r.Actor.Name, address, r.Ticket, r.Action, r.Subject, string(r.Detail), r.salt, r.private)
		if err != nil {
			return fmt.Errorf("journal %s: %w", r.Action, err)
		}
		return nil
	}
	// One writes at a time, so the order of writing is the order of the commits.
	seq, before, err := head(ctx, tx)
	if err != nil {
		return fmt.Errorf("journal %s: %w", r.Action, err)
	}
	r.Seq = seq + 1
	if _, err := tx.ExecContext(ctx, "INSERT INTO journal ("+rowColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		r.Seq, db.Micros(r.At), r.Actor.Kind, r.Actor.Name, address, r.Ticket, r.Action, r.Subject, string(r.Detail), r.salt, r.private, r.link(before)); err != nil {
		return fmt.Errorf("journal %s: %w", r.Action, err)
	}
	return nil
}

// Write is the function Write, for who knows the journal by an interface alone;
// detail is made JSON of.
func (*Journal) Write(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("journal %s: %w", action, err)
	}
	return Write(ctx, tx, Entry{At: at, Actor: by, Ticket: ticket, Action: action, Subject: subject, Detail: text})
}

// head is the chain's last entry; 0 and zeros before there is one.
func head(ctx context.Context, q db.Querier) (seq int64, hash []byte, err error) {
	err = q.QueryRowContext(ctx, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").Scan(&seq, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, first, nil
	}
	return seq, hash, err
}
