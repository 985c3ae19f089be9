package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
)

// maxReveals is how many are kept of one ticket.
const maxReveals = 1000

// AddReveal keeps that the customer has shown what a pseudonym stands for.
// A ticket that has very many of them gives ErrConflict.
func (s *Store) AddReveal(ctx context.Context, ticket int64, pseudonym string, now time.Time) (api.Reveal, error) {
	err := s.tx(ctx, func(tx *sql.Tx) error {
		var count int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM reveals WHERE ticket = ?", ticket).Scan(&count); err != nil {
			return err
		}
		if count >= maxReveals {
			return ErrConflict
		}
		if err := touch(ctx, tx, ticket, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO reveals (ticket, pseudonym, asked) VALUES (?, ?, ?)", ticket, pseudonym, micros(now))
		return err
	})
	if err != nil {
		return api.Reveal{}, fmt.Errorf("note a reveal on ticket %d: %w", ticket, err)
	}
	return api.Reveal{Pseudonym: pseudonym, Asked: moment(micros(now))}, nil
}

func revealsOf(ctx context.Context, tx *sql.Tx, ticket int64) ([]api.Reveal, error) {
	rows, err := tx.QueryContext(ctx, "SELECT pseudonym, asked FROM reveals WHERE ticket = ? ORDER BY asked, rowid", ticket)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []api.Reveal
	for rows.Next() {
		var r api.Reveal
		var asked int64
		if err := rows.Scan(&r.Pseudonym, &asked); err != nil {
			return nil, err
		}
		r.Asked = moment(asked)
		list = append(list, r)
	}
	return list, rows.Err()
}
