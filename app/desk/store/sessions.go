package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Session is a session with the name of the member of staff who asked for it.
type Session struct {
	api.Session
	Staff string
}

const sessionColumns = `id, ticket, staff, supporter, organisation, first_part, asked, expires,
	rights, role, desk_key, signature, consented, started, ended, ended_by, reason`

// CreateSession keeps n, whose ID is drawn here before sign completes it, and
// ends the open session of the same member of staff in the same role, which
// comes back as replaced (nil: there was none). ErrCrowded: as many as may be
// are open on the ticket.
func (s *Store) CreateSession(ctx context.Context, n Session, now time.Time, sign func(*api.Session) error) (made Session, replaced *Session, err error) {
	n.ID = newID()
	if err := sign(&n.Session); err != nil {
		return Session{}, nil, err
	}
	by := api.Actor{Kind: api.ActorStaff, Name: n.Staff}
	err = s.tx(ctx, func(tx *db.Tx) error {
		replaced = nil
		if err := touch(ctx, tx, n.Ticket, now); err != nil {
			return err
		}
		old, err := scanSession(tx.QueryRowContext(ctx,
			"SELECT "+sessionColumns+" FROM sessions WHERE ticket = ? AND staff = ? AND role = ? AND ended IS NULL", n.Ticket, n.Staff, n.Role))
		if err == nil {
			at := now.UTC()
			old.Ended, old.EndedBy, old.Reason = &at, api.ByDesk, api.ReasonReplaced
			replaced = &old
			err = errors.Join(writeSession(ctx, tx, old), noteSession(ctx, tx, now, by, SessionChanged, old))
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		var open int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sessions WHERE ticket = ? AND ended IS NULL", n.Ticket).Scan(&open); err != nil {
			return err
		}
		if open >= api.MaxSessions {
			return ErrCrowded
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO sessions
			(id, ticket, staff, supporter, organisation, first_part, asked, expires, rights, role, desk_key, signature, turn)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM sessions WHERE ticket = ?))`,
			n.ID, n.Ticket, n.Staff, n.Supporter, n.Organisation, n.FirstPart, db.Micros(n.Asked), db.Micros(n.Expires),
			strings.Join(n.Rights, " "), n.Role, n.DeskKey, n.Signature, n.Ticket)
		if err != nil {
			return err
		}
		made, err = scanSession(tx.QueryRowContext(ctx, "SELECT "+sessionColumns+" FROM sessions WHERE id = ?", n.ID))
		if err != nil {
			return err
		}
		return noteSession(ctx, tx, now, by, SessionAsked, made)
	})
	if err != nil {
		return Session{}, nil, fmt.Errorf("ask for session on ticket %d: %w", n.Ticket, err)
	}
	return made, replaced, nil
}

// Session reads one session.
func (s *Store) Session(ctx context.Context, id string) (Session, error) {
	n, err := scanSession(s.db.QueryRowContext(ctx, "SELECT "+sessionColumns+" FROM sessions WHERE id = ?", id))
	if err != nil {
		return Session{}, fmt.Errorf("read session: %w", err)
	}
	return n, nil
}

// OpenSessions are those without an end, of one ticket or, with 0, of all.
func (s *Store) OpenSessions(ctx context.Context, ticket int64) ([]Session, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT "+sessionColumns+
		" FROM sessions WHERE ended IS NULL AND (? = 0 OR ticket = ?) ORDER BY asked, turn, id", ticket, ticket)
	if err != nil {
		return nil, fmt.Errorf("list open sessions: %w", db.Named(err))
	}
	list, err := scanSessions(rows)
	if err != nil {
		return nil, fmt.Errorf("list open sessions: %w", err)
	}
	return list, nil
}

// ChangeSession reads a session, lets change work on it and keeps what it made
// of its times and its end, all as one step, which is by's. change says whether there is something to keep.
func (s *Store) ChangeSession(ctx context.Context, id string, by api.Actor, now time.Time, change func(*api.Session) (bool, error)) (n Session, changed bool, err error) {
	err = s.tx(ctx, func(tx *db.Tx) error {
		var err error
		if n, err = scanSession(tx.QueryRowContext(ctx, "SELECT "+sessionColumns+" FROM sessions WHERE id = ?", id)); err != nil {
			return err
		}
		if changed, err = change(&n.Session); err != nil || !changed {
			return err
		}
		if err := touch(ctx, tx, n.Ticket, now); err != nil {
			return err
		}
		if err := writeSession(ctx, tx, n); err != nil {
			return err
		}
		return noteSession(ctx, tx, now, by, SessionChanged, n)
	})
	if err != nil {
		return Session{}, false, fmt.Errorf("change session: %w", err)
	}
	return n, changed, nil
}

func writeSession(ctx context.Context, tx *db.Tx, n Session) error {
	_, err := tx.ExecContext(ctx,
		"UPDATE sessions SET consented = ?, started = ?, ended = ?, ended_by = ?, reason = ? WHERE id = ?",
		db.NullMicros(n.Consented), db.NullMicros(n.Started), db.NullMicros(n.Ended), n.EndedBy, n.Reason, n.ID)
	return err
}

func sessionsOf(ctx context.Context, tx *db.Tx, ticket int64) ([]api.Session, error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+sessionColumns+" FROM sessions WHERE ticket = ? ORDER BY asked, turn, id", ticket)
	if err != nil {
		return nil, err
	}
	list, err := scanSessions(rows)
	var out []api.Session
	for _, n := range list {
		out = append(out, n.Session)
	}
	return out, err
}

func scanSessions(rows *sql.Rows) ([]Session, error) {
	defer rows.Close()
	var list []Session
	for rows.Next() {
		n, err := scanSession(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, db.Named(rows.Err())
}

func scanSession(row scanner) (Session, error) {
	var n Session
	var rights string
	var asked, expires int64
	var consented, started, ended sql.NullInt64
	err := row.Scan(&n.ID, &n.Ticket, &n.Staff, &n.Supporter, &n.Organisation, &n.FirstPart, &asked, &expires,
		&rights, &n.Role, &n.DeskKey, &n.Signature, &consented, &started, &ended, &n.EndedBy, &n.Reason)
	n.Rights = strings.Fields(rights)
	n.Asked, n.Expires = db.Moment(asked), db.Moment(expires)
	n.Consented, n.Started, n.Ended = db.FromNull(consented), db.FromNull(started), db.FromNull(ended)
	return n, db.Named(err)
}
