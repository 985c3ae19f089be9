package people

import (
	"context"
	"database/sql"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

// ticketTokens is how many tokens of one ticket hold at once, of those that the
// filing program has and of those that links gave; a newer one pushes the oldest
// of its kind out.
const ticketTokens = 8

// AddTicketToken makes a token that opens a ticket until expires. link is the ID
// of the link that gives it; "" is the program that files the ticket.
func AddTicketToken(ctx context.Context, tx *db.Tx, ticket int64, link string, now, expires time.Time) (string, error) {
	token, hash := newSecret("")
	how, kind := "", "how = ''"
	if link != "" {
		how, kind = byLink(link), "how <> ''"
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM tokens WHERE hash IN
		(SELECT hash FROM tokens WHERE ticket = ? AND `+kind+` ORDER BY created DESC LIMIT 1000 OFFSET ?)`, ticket, ticketTokens-1); err != nil {
		return "", err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO tokens (hash, ticket, how, created, expires) VALUES (?, ?, ?, ?, ?)",
		hash, ticket, how, db.Micros(now), db.Micros(expires))
	return token, err
}

func byLink(id string) string { return "link/" + id }

// TicketTokens names the tokens that open a ticket; none is told.
func TicketTokens(ctx context.Context, q db.Querier, ticket int64) ([]string, error) {
	return ids(q.QueryContext(ctx, "SELECT hash FROM tokens WHERE ticket = ?", ticket))
}

// ids are the names of the tokens whose hashes these are.
func ids(rows *sql.Rows, err error) (ids []string, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var hash []byte
		if err := rows.Scan(&hash); err != nil {
			return nil, err
		}
		ids = append(ids, idOf(hash))
	}
	return ids, rows.Err()
}
