// Package tickets keeps cases and their timelines: queries alone, without rules.
package tickets

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// scanner is a row, or one of several.
type scanner interface{ Scan(dest ...any) error }

// columns of a ticket's row, in scan's order; %s is its description.
const columns = `number, version, state, title, %s, product, priority, name, contact, language, created, updated,
	kind, product_version, module, impact, critical, answers, findings, signs,
	urgency, urgency_reason, urgency_by, urgency_at, queue, level, level_at, owner, waiting_for, waiting_since, plan,
	parent, escalated, escalation_reason, escalation_by, organisation, person, installation, minutes, due,
	closed, closed_by, cause, solution, tried, first_check, helped, feedback, satisfied`

var (
	wholeColumns = fmt.Sprintf(columns, "description")
	shortColumns = fmt.Sprintf(columns, fmt.Sprintf("substr(description, 1, %d)", api.MaxExcerpt+1))
)

// Read reads one ticket with all that is kept here: its watchers, promises and
// children, but no bundles, sessions or entries.
func Read(ctx context.Context, q db.Querier, number int64) (api.Ticket, error) {
	t, err := scan(q.QueryRowContext(ctx, "SELECT "+wholeColumns+" FROM tickets WHERE number = ?", number))
	if err == nil {
		t.Watchers, err = watchers(ctx, q, number)
	}
	if err == nil {
		t.Promises, err = promises(ctx, q, number)
	}
	if err == nil {
		t.Children, err = children(ctx, q, number)
	}
	if err != nil {
		return api.Ticket{}, fmt.Errorf("read ticket %d: %w", number, db.Named(err))
	}
	return t, nil
}

// Exists says whether there is such a ticket: ErrNotFound when there is none.
func Exists(ctx context.Context, q db.Querier, number int64) error {
	var n int64
	if err := q.QueryRowContext(ctx, "SELECT number FROM tickets WHERE number = ?", number).Scan(&n); err != nil {
		return fmt.Errorf("ticket %d: %w", number, db.Named(err))
	}
	return nil
}

func scan(row scanner) (api.Ticket, error) {
	var (
		t                                                      api.Ticket
		created, updated                                       int64
		critical, answers, findings, signs, plan               string
		urgency                                                api.Urgency
		waiting                                                api.Waiting
		escalation                                             api.Escalation
		closing                                                api.Closing
		urgencyAt, waitingSince, escalated, due, closed        sql.NullInt64
		parent, organisation, person, installation, firstCheck sql.NullInt64
		satisfied                                              sql.NullInt64
	)
	if err := row.Scan(&t.Number, &t.Version, &t.State, &t.Title, &t.Description, &t.Product, &t.Priority, &t.Name, &t.Contact, &t.Language, &created, &updated,
		&t.Kind, &t.ProductVersion, &t.Module, &t.Impact, &critical, &answers, &findings, &signs,
		&urgency.Priority, &urgency.Reason, &urgency.By, &urgencyAt, &t.Queue, &t.Level, &t.LevelAt, &t.Owner, &waiting.For, &waitingSince, &plan,
		&parent, &escalated, &escalation.Reason, &escalation.By, &organisation, &person, &installation, &t.Minutes, &due,
		&closed, &closing.By, &closing.Cause, &closing.Solution, &closing.Tried, &firstCheck, &closing.Helped, &closing.Feedback, &satisfied); err != nil {
		return t, err
	}
	t.Created, t.Updated = db.Moment(created), db.Moment(updated)
	t.Parent, t.Organisation, t.Person, t.Installation = parent.Int64, organisation.Int64, person.Int64, installation.Int64
	t.Due = db.FromNull(due)
	if urgency.Priority != "" {
		urgency.At = db.Moment(urgencyAt.Int64)
		t.Urgency = &urgency
	}
	if waitingSince.Valid {
		waiting.Since = db.Moment(waitingSince.Int64)
		t.Waiting = &waiting
	}
	if escalated.Valid {
		escalation.At = db.Moment(escalated.Int64)
		t.Escalation = &escalation
	}
	if closed.Valid {
		closing.At, closing.FirstCheck = db.Moment(closed.Int64), firstCheck.Int64 != 0
		if satisfied.Valid {
			is := satisfied.Int64 != 0
			closing.Satisfied = &is
		}
		t.Closing = &closing
	}
	for _, l := range []struct {
		text string
		to   any
	}{{critical, &t.Critical}, {answers, &t.Answers}, {findings, &t.Findings}, {signs, &t.Signs}, {plan, &t.Plan}} {
		if err := decode(l.text, l.to); err != nil {
			return t, err
		}
	}
	return t, nil
}

// encode is a list as it is kept; an empty one is "".
func encode[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

func decode(text string, to any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), to)
}

// micros is a time that may be missing, as it is kept.
func micros(t time.Time) sql.NullInt64 {
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: db.Micros(t), Valid: true}
}

// reference is a number or, for 0, nothing.
func reference(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: n != 0} }
