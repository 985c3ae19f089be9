package store

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// CreateTicket files t, whose fields the caller has checked, and gives it a
// token that holds until expires. The same ID with the same content is the same
// ticket with one more token; with other content it is ErrConflict.
func (s *Store) CreateTicket(ctx context.Context, t api.NewTicket, now, expires time.Time) (api.CreatedTicket, error) {
	var made api.CreatedTicket
	err := s.tx(ctx, func(tx *db.Tx) error {
		var err error
		made, _, err = FileTicket(ctx, tx, tickets.Filing{NewTicket: t}, now, expires)
		return err
	})
	return made, err
}

// FileTicket is CreateTicket in a transaction; fresh says that the ticket was not there before.
func FileTicket(ctx context.Context, tx *db.Tx, f tickets.Filing, now, expires time.Time) (made api.CreatedTicket, fresh bool, err error) {
	number, fresh, err := tickets.File(ctx, tx, f, now)
	if err == nil {
		made.Ticket, err = tickets.Read(ctx, tx, number)
	}
	if err == nil {
		made.Token, err = people.AddTicketToken(ctx, tx, number, "", now, expires)
	}
	if err != nil {
		return api.CreatedTicket{}, false, fmt.Errorf("file ticket: %w", err)
	}
	return made, fresh, nil
}

// Tickets lists tickets, newest first. q.Limit must be set; every word of q.Text must be there.
func (s *Store) Tickets(ctx context.Context, q api.TicketQuery) ([]api.Ticket, error) {
	return tickets.List(ctx, s.db, tickets.Query{TicketQuery: q})
}

// Ticket reads one ticket with its bundles and sessions, oldest first, as one moment saw them.
func (s *Store) Ticket(ctx context.Context, number int64) (t api.Ticket, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		t, err = ReadTicket(ctx, tx, number)
		return err
	})
	return t, err
}

// ReadTicket is Ticket in a transaction.
func ReadTicket(ctx context.Context, tx *db.Tx, number int64) (api.Ticket, error) {
	t, err := tickets.Read(ctx, tx, number)
	if err == nil {
		t.Bundles, err = bundlesOf(ctx, tx, number)
	}
	if err == nil {
		t.Sessions, err = sessionsOf(ctx, tx, number)
	}
	if err == nil {
		t.Reveals, err = revealsOf(ctx, tx, number)
	}
	if err == nil {
		t.Tombstones, err = tombstonesOf(ctx, tx, number)
	}
	if err != nil {
		return api.Ticket{}, fmt.Errorf("read ticket %d: %w", number, err)
	}
	return t, nil
}

// scanner is a row, or one of several.
type scanner interface{ Scan(dest ...any) error }

// touch marks a ticket as changed.
func touch(ctx context.Context, tx *db.Tx, number int64, now time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE tickets SET updated = ? WHERE number = ? AND updated < ?", db.Micros(now), number, db.Micros(now))
	return err
}
