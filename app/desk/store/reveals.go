package store

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// maxReveals is how many are kept of one ticket.
const maxReveals = 1000

// NotedReveal is what the journal keeps of a reveal.
type NotedReveal struct {
	Pseudonym string `json:"pseudonym"`
}

// AddReveal keeps that the customer has shown what a pseudonym stands for.
// A ticket that has very many of them gives ErrConflict.
func (s *Store) AddReveal(ctx context.Context, ticket int64, pseudonym string, now time.Time) (api.Reveal, error) {
	err := s.tx(ctx, func(tx *db.Tx) error {
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
		if _, err := tx.ExecContext(ctx, "INSERT INTO reveals (ticket, pseudonym, asked, turn) VALUES (?, ?, ?, ?)", ticket, pseudonym, db.Micros(now), count); err != nil {
			return err
		}
		return note(ctx, tx, now, api.Actor{Kind: api.ActorCustomer}, ticket, RevealAdded, fmt.Sprintf("ticket/%d", ticket), NotedReveal{pseudonym})
	})
	if err != nil {
		return api.Reveal{}, fmt.Errorf("note a reveal on ticket %d: %w", ticket, err)
	}
	return api.Reveal{Pseudonym: pseudonym, Asked: db.Moment(db.Micros(now))}, nil
}

func revealsOf(ctx context.Context, tx *db.Tx, ticket int64) ([]api.Reveal, error) {
	rows, err := tx.QueryContext(ctx, "SELECT pseudonym, asked FROM reveals WHERE ticket = ? ORDER BY asked, turn", ticket)
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
		r.Asked = db.Moment(asked)
		list = append(list, r)
	}
	return list, rows.Err()
}
