package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// ticketTokens is how many tokens of one ticket hold at once; a newer one pushes the oldest out.
const ticketTokens = 8

// Holder is whom a token belongs to: a ticket or a member of staff, never both.
type Holder struct {
	Ticket int64  // 0: none
	Staff  *Staff // nil: none
}

// Staff is a member of staff.
type Staff struct {
	Name, DisplayName string
	Roles             []api.Role
}

// Holder gives the one a token was made for; ErrNotFound when it is unknown or expired.
func (s *Store) Holder(ctx context.Context, token string, now time.Time) (Holder, error) {
	var ticket sql.NullInt64
	var name, display, role sql.NullString
	err := s.db.QueryRowContext(ctx, `SELECT t.ticket, s.name, s.display_name, s.role
		FROM tokens t LEFT JOIN staff s ON s.name = t.staff WHERE t.hash = ? AND t.expires > ?`,
		hashOf(token), db.Micros(now)).Scan(&ticket, &name, &display, &role)
	if err != nil {
		return Holder{}, fmt.Errorf("look up token: %w", db.Named(err))
	}
	if name.Valid {
		return Holder{Staff: &Staff{Name: name.String, DisplayName: display.String, Roles: roles(Role(role.String))}}, nil
	}
	return Holder{Ticket: ticket.Int64}, nil
}

// AddStaffToken makes a token for a member of staff that holds until expires.
func (s *Store) AddStaffToken(ctx context.Context, staff string, now, expires time.Time) (string, error) {
	token, hash := newToken()
	err := s.tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO tokens (hash, staff, created, expires) VALUES (?, ?, ?, ?)",
			hash, staff, db.Micros(now), db.Micros(expires))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("make token: %w", err)
	}
	return token, nil
}

func addTicketToken(ctx context.Context, tx *db.Tx, ticket int64, now, expires time.Time) (string, error) {
	token, hash := newToken()
	if _, err := tx.ExecContext(ctx, `DELETE FROM tokens WHERE hash IN
		(SELECT hash FROM tokens WHERE ticket = ? ORDER BY created DESC LIMIT 1000 OFFSET ?)`, ticket, ticketTokens-1); err != nil {
		return "", err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO tokens (hash, ticket, created, expires) VALUES (?, ?, ?, ?)",
		hash, ticket, db.Micros(now), db.Micros(expires))
	return token, err
}

// DropToken makes a token worthless; an unknown one is no error.
func (s *Store) DropToken(ctx context.Context, token string) error {
	err := s.tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM tokens WHERE hash = ?", hashOf(token))
		return err
	})
	if err != nil {
		return fmt.Errorf("drop token: %w", err)
	}
	return nil
}

// DropExpired deletes tokens that hold no longer.
func (s *Store) DropExpired(ctx context.Context, now time.Time) error {
	err := s.tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM tokens WHERE expires <= ?", db.Micros(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("drop expired tokens: %w", err)
	}
	return nil
}
