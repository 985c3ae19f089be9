package tickets

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// remindBefore is when the owner is reminded of a promise that says nothing of it.
const remindBefore = 24 * time.Hour

func promises(ctx context.Context, q db.Querier, number int64) ([]api.Promise, error) {
	rows, err := q.QueryContext(ctx, "SELECT what, due, author, kept, remind FROM promises WHERE ticket = ? ORDER BY place", number)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []api.Promise
	for rows.Next() {
		p, err := scanPromise(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

func scanPromise(row scanner, more ...any) (api.Promise, error) {
	var p api.Promise
	var due int64
	var kept, remind sql.NullInt64
	if err := row.Scan(append([]any{&p.What, &due, &p.By, &kept, &remind}, more...)...); err != nil {
		return p, err
	}
	p.Due, p.Kept, p.Remind = db.Moment(due), db.FromNull(kept), db.FromNull(remind)
	return p, nil
}

// reminder is when a promise is reminded of.
func reminder(p api.Promise) time.Time {
	if p.Remind != nil {
		return *p.Remind
	}
	return p.Due.Add(-remindBefore)
}

// nextDue is when the first promise that is not kept is due.
func nextDue(list []api.Promise) *time.Time {
	var next *time.Time
	for i, p := range list {
		if p.Kept == nil && (next == nil || p.Due.Before(*next)) {
			next = &list[i].Due
		}
	}
	return next
}

// setPromises keeps the list. Of what was reminded once, nobody is reminded
// again, unless it is promised for another time.
func setPromises(ctx context.Context, tx *db.Tx, number int64, list []api.Promise) error {
	reminded, err := remindedOf(ctx, tx, number)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM promises WHERE ticket = ?", number); err != nil {
		return err
	}
	for i, p := range list {
		at := sql.NullInt64{Int64: db.Micros(reminder(p)), Valid: true}
		if p.Kept != nil || reminded[promiseKey{p.What, at.Int64}] {
			at.Valid = false
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO promises (ticket, place, what, due, author, kept, remind, remind_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			number, i, p.What, db.Micros(p.Due), p.By, db.NullMicros(p.Kept), db.NullMicros(p.Remind), at); err != nil {
			return err
		}
	}
	return nil
}

// promiseKey tells promises apart by when they are reminded of.
type promiseKey struct {
	what   string
	remind int64
}

func remindedOf(ctx context.Context, tx *db.Tx, number int64) (map[promiseKey]bool, error) {
	rows, err := tx.QueryContext(ctx, "SELECT what, due, author, kept, remind FROM promises WHERE ticket = ? AND remind_at IS NULL AND kept IS NULL", number)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	done := map[promiseKey]bool{}
	for rows.Next() {
		p, err := scanPromise(rows)
		if err != nil {
			return nil, err
		}
		done[promiseKey{p.What, db.Micros(reminder(p))}] = true
	}
	return done, rows.Err()
}

// Due is a promise whose reminder is to be written.
type Due struct {
	Ticket, place int64
	api.Promise
}

// Reminders are the promises whose reminder is due at now, the oldest first, at
// most limit. Those of solved and closed tickets wait until these are open again.
func Reminders(ctx context.Context, q db.Querier, now time.Time, limit int) ([]Due, error) {
	rows, err := q.QueryContext(ctx, `SELECT p.what, p.due, p.author, p.kept, p.remind, p.ticket, p.place
		FROM promises p JOIN tickets t ON t.number = p.ticket
		WHERE p.remind_at IS NOT NULL AND p.remind_at <= ? AND t.state NOT IN ('solved', 'closed') ORDER BY p.remind_at LIMIT ?`, db.Micros(now), limit)
	if err != nil {
		return nil, fmt.Errorf("list reminders: %w", db.Named(err))
	}
	defer rows.Close()
	var list []Due
	for rows.Next() {
		var d Due
		if d.Promise, err = scanPromise(rows, &d.Ticket, &d.place); err != nil {
			return nil, fmt.Errorf("list reminders: %w", err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// Reminded keeps that the reminder is written. db.ErrNotFound: it was before,
// or the promise is another now.
func Reminded(ctx context.Context, tx *db.Tx, d Due) error {
	return db.One(tx.ExecContext(ctx, "UPDATE promises SET remind_at = NULL WHERE ticket = ? AND place = ? AND what = ? AND due = ? AND remind_at IS NOT NULL",
		d.Ticket, d.place, d.What, db.Micros(d.Promise.Due)))
}
