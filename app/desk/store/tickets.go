package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const ticketColumns = "number, state, title, description, product, priority, name, contact, language, created, updated"

// CreateTicket files t, whose fields the caller has checked, and gives it a
// token that holds until expires. The same ID with the same content is the same
// ticket with one more token; with other content it is ErrConflict.
func (s *Store) CreateTicket(ctx context.Context, t api.NewTicket, now, expires time.Time) (api.CreatedTicket, error) {
	content, err := json.Marshal(t)
	if err != nil {
		return api.CreatedTicket{}, fmt.Errorf("encode ticket: %w", err)
	}
	filed := sha256.Sum256(content)
	var made api.CreatedTicket
	err = s.tx(ctx, func(tx *db.Tx) error {
		var number int64
		var before []byte
		err := tx.QueryRowContext(ctx, "SELECT number, filed FROM tickets WHERE id = ?", hashOf(t.ID)).Scan(&number, &before)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			number, err = insertTicket(ctx, tx, t, filed[:], now)
		case err == nil && string(before) != string(filed[:]):
			return ErrConflict
		}
		if err != nil {
			return err
		}
		if made.Ticket, err = scanTicket(tx.QueryRowContext(ctx, "SELECT "+ticketColumns+" FROM tickets WHERE number = ?", number)); err != nil {
			return err
		}
		made.Token, err = addTicketToken(ctx, tx, number, now, expires)
		return err
	})
	if err != nil {
		return api.CreatedTicket{}, fmt.Errorf("file ticket: %w", err)
	}
	return made, nil
}

func insertTicket(ctx context.Context, tx *db.Tx, t api.NewTicket, filed []byte, now time.Time) (int64, error) {
	var number int64
	err := tx.QueryRowContext(ctx, `INSERT INTO tickets
		(id, filed, state, title, description, product, priority, name, contact, language, search, created, updated)
		VALUES (?, ?, 'new', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`,
		hashOf(t.ID), filed, t.Title, t.Description, t.Product, t.Priority, t.Name, t.Contact, t.Language,
		strings.ToLower(t.Title+"\n"+t.Description), db.Micros(now), db.Micros(now)).Scan(&number)
	return number, err
}

// likely takes from a word what LIKE would read as more than itself.
var likely = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// Tickets lists tickets, newest first. q.Limit must be set; every word of q.Text must be there.
func (s *Store) Tickets(ctx context.Context, q api.TicketQuery) ([]api.Ticket, error) {
	query := "SELECT " + ticketColumns + " FROM tickets WHERE (? = 0 OR number < ?)"
	args := []any{q.Before, q.Before}
	for _, word := range strings.Fields(strings.ToLower(q.Text)) {
		query += " AND search LIKE ? ESCAPE '!'"
		args = append(args, "%"+likely.Replace(word)+"%")
	}
	query += " ORDER BY number DESC LIMIT ?"
	rows, err := s.db.QueryContext(ctx, query, append(args, q.Limit)...)
	if err != nil {
		return nil, fmt.Errorf("list tickets: %w", db.Named(err))
	}
	defer rows.Close()
	list := []api.Ticket{}
	for rows.Next() {
		t, err := scanTicket(rows)
		if err != nil {
			return nil, fmt.Errorf("list tickets: %w", err)
		}
		list = append(list, t)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list tickets: %w", db.Named(err))
	}
	return list, nil
}

// Ticket reads one ticket with its bundles and sessions, oldest first, as one moment saw them.
func (s *Store) Ticket(ctx context.Context, number int64) (api.Ticket, error) {
	var t api.Ticket
	err := s.db.View(ctx, func(tx *db.Tx) error {
		var err error
		t, err = scanTicket(tx.QueryRowContext(ctx, "SELECT "+ticketColumns+" FROM tickets WHERE number = ?", number))
		if err == nil {
			t.Bundles, err = bundlesOf(ctx, tx, number)
		}
		if err == nil {
			t.Sessions, err = sessionsOf(ctx, tx, number)
		}
		if err == nil {
			t.Reveals, err = revealsOf(ctx, tx, number)
		}
		return err
	})
	if err != nil {
		return api.Ticket{}, fmt.Errorf("read ticket %d: %w", number, err)
	}
	return t, nil
}

// scanner is a row, or one of several.
type scanner interface{ Scan(dest ...any) error }

func scanTicket(row scanner) (api.Ticket, error) {
	var t api.Ticket
	var created, updated int64
	err := row.Scan(&t.Number, &t.State, &t.Title, &t.Description, &t.Product, &t.Priority,
		&t.Name, &t.Contact, &t.Language, &created, &updated)
	t.Created, t.Updated = db.Moment(created), db.Moment(updated)
	return t, db.Named(err)
}

// touch marks a ticket as changed.
func touch(ctx context.Context, tx *db.Tx, number int64, now time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE tickets SET updated = ? WHERE number = ? AND updated < ?", db.Micros(now), number, db.Micros(now))
	return err
}
