package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Write keeps what became of a ticket's fields: t as Read gave it, changed. The
// version that t has must be the kept one, else it is db.ErrConflict; t gets the
// next. Its description, contact, filing, minutes and children are not written.
func Write(ctx context.Context, tx *db.Tx, t *api.Ticket, now time.Time) error {
	if err := write(ctx, tx, t, now); err != nil {
		return fmt.Errorf("write ticket %d: %w", t.Number, err)
	}
	return nil
}

func write(ctx context.Context, tx *db.Tx, t *api.Ticket, now time.Time) error {
	critical, err1 := encode(t.Critical)
	answers, err2 := encode(t.Answers)
	plan, err3 := encode(t.Plan)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	var (
		urgency    api.Urgency
		waiting    api.Waiting
		escalation api.Escalation
		closing    api.Closing
		satisfied  sql.NullBool
	)
	effective := t.Priority
	if t.Urgency != nil {
		urgency = *t.Urgency
		effective = urgency.Priority
	}
	if t.Waiting != nil {
		waiting = *t.Waiting
	}
	if t.Escalation != nil {
		escalation = *t.Escalation
	}
	if t.Closing != nil {
		closing = *t.Closing
		if s := closing.Satisfied; s != nil {
			satisfied = sql.NullBool{Bool: *s, Valid: true}
		}
	}
	t.Due = nil // nothing is due on what has ended
	if t.State != api.StateSolved && t.State != api.StateClosed {
		t.Due = nextDue(t.Promises)
	}
	err := db.One(tx.ExecContext(ctx, `UPDATE tickets SET version = version + 1, updated = CASE WHEN updated < ? THEN ? ELSE updated END,
		state = ?, title = ?, search = ?, product = ?, kind = ?, product_version = ?, module = ?, impact = ?, critical = ?, answers = ?,
		urgency = ?, urgency_reason = ?, urgency_by = ?, urgency_at = ?, effective = ?, queue = ?, level = ?, level_at = ?, owner = ?,
		waiting_for = ?, waiting_since = ?, plan = ?, parent = ?, escalated = ?, escalation_reason = ?, escalation_by = ?,
		organisation = ?, person = ?, installation = ?, due = ?,
		closed = ?, closed_by = ?, cause = ?, solution = ?, tried = ?, first_check = ?, helped = ?, feedback = ?, satisfied = ?
		WHERE number = ? AND version = ?`,
		db.Micros(now), db.Micros(now),
		t.State, t.Title, searched(t.Title, t.Description), t.Product, t.Kind, t.ProductVersion, t.Module, t.Impact, critical, answers,
		urgency.Priority, urgency.Reason, urgency.By, micros(urgency.At), effective, t.Queue, t.Level, t.LevelAt, t.Owner,
		waiting.For, micros(waiting.Since), plan, reference(t.Parent), micros(escalation.At), escalation.Reason, escalation.By,
		reference(t.Organisation), reference(t.Person), reference(t.Installation), db.NullMicros(t.Due),
		micros(closing.At), closing.By, closing.Cause, closing.Solution, closing.Tried, closing.FirstCheck, closing.Helped, closing.Feedback, satisfied,
		t.Number, t.Version))
	if errors.Is(err, db.ErrNotFound) {
		return db.ErrConflict
	}
	if err != nil {
		return err
	}
	t.Version++
	if t.Updated.Before(now) {
		t.Updated = db.Moment(db.Micros(now))
	}
	if err := setWatchers(ctx, tx, t.Number, t.Watchers); err != nil {
		return err
	}
	return setPromises(ctx, tx, t.Number, t.Promises)
}

// Touch marks a ticket as having been worked on; its version stays.
func Touch(ctx context.Context, tx *db.Tx, number int64, now time.Time) error {
	err := db.One(tx.ExecContext(ctx, "UPDATE tickets SET updated = CASE WHEN updated < ? THEN ? ELSE updated END WHERE number = ?",
		db.Micros(now), db.Micros(now), number))
	if err != nil {
		return fmt.Errorf("touch ticket %d: %w", number, err)
	}
	return nil
}

// Book adds minutes to what was booked on a ticket.
func Book(ctx context.Context, tx *db.Tx, number int64, minutes int) error {
	if err := db.One(tx.ExecContext(ctx, "UPDATE tickets SET minutes = minutes + ? WHERE number = ?", minutes, number)); err != nil {
		return fmt.Errorf("book on ticket %d: %w", number, err)
	}
	return nil
}
