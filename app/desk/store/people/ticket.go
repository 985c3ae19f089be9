package people

import (
	"context"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

// ticketTokens is how many tokens of one ticket hold at once; a newer one pushes the oldest out.
const ticketTokens = 8

// AddTicketToken makes a token that opens a ticket until expires.
func AddTicketToken(ctx context.Context, tx *db.Tx, ticket int64, now, expires time.Time) (string, error) {
	token, hash := newSecret("")
	if _, err := tx.ExecContext(ctx, `DELETE FROM tokens WHERE hash IN
		(SELECT hash FROM tokens WHERE ticket = ? ORDER BY created DESC LIMIT 1000 OFFSET ?)`, ticket, ticketTokens-1); err != nil {
		return "", err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO tokens (hash, ticket, created, expires) VALUES (?, ?, ?, ?)",
		hash, ticket, db.Micros(now), db.Micros(expires))
	return token, err
}

// TicketTokens names the tokens that open a ticket; none is told.
func TicketTokens(ctx context.Context, q db.Querier, ticket int64) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT hash FROM tokens WHERE ticket = ?", ticket)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var hash []byte
		if err := rows.Scan(&hash); err != nil {
			return nil, err
		}
		ids = append(ids, idOf(hash))
	}
	return ids, rows.Err()
}
