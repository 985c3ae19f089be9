package people

import (
	"context"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// MaxLinks is how many links to one ticket hold at once; a newer one pushes the oldest out.
const MaxLinks = 20

// HasTicket is db.ErrNotFound when there is no such ticket.
func HasTicket(ctx context.Context, q db.Querier, ticket int64) error {
	var there int64
	return db.Named(q.QueryRowContext(ctx, "SELECT number FROM tickets WHERE number = ?", ticket).Scan(&there))
}

// AddLink makes a link to a ticket and gives its secret; db.ErrNotFound when there is no such ticket.
func AddLink(ctx context.Context, tx *db.Tx, ticket int64, by string, now time.Time) (api.Link, string, error) {
	if err := HasTicket(ctx, tx, ticket); err != nil {
		return api.Link{}, "", err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM ticket_links WHERE id IN
		(SELECT id FROM ticket_links WHERE ticket = ? ORDER BY created DESC, id LIMIT 1000 OFFSET ?)`, ticket, MaxLinks-1); err != nil {
		return api.Link{}, "", err
	}
	secret, hash := newSecret("")
	l := api.Link{ID: newID(), By: by, Created: db.Moment(db.Micros(now)), Expires: db.Moment(db.Micros(now.Add(api.LinkFor)))}
	_, err := tx.ExecContext(ctx, "INSERT INTO ticket_links (id, hash, ticket, made_by, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
		l.ID, hash, ticket, by, db.Micros(l.Created), db.Micros(l.Expires))
	return l, secret, err
}

// UseLink counts a use and says which link it is and which ticket it opens;
// db.ErrNotFound when it holds no longer.
func UseLink(ctx context.Context, tx *db.Tx, secret string, now time.Time) (id string, ticket int64, err error) {
	err = tx.QueryRowContext(ctx, "UPDATE ticket_links SET uses = uses + 1 WHERE hash = ? AND expires > ? AND uses < ? RETURNING id, ticket",
		Hash(secret), db.Micros(now), api.MaxLinkUses).Scan(&id, &ticket)
	return id, ticket, db.Named(err)
}

// Links are those of a ticket that hold, the newest first.
func Links(ctx context.Context, q db.Querier, ticket int64, now time.Time) ([]api.Link, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, made_by, created, expires, uses FROM ticket_links
		WHERE ticket = ? AND expires > ? ORDER BY created DESC, id`, ticket, db.Micros(now))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []api.Link{}
	for rows.Next() {
		var l api.Link
		var created, expires int64
		if err := rows.Scan(&l.ID, &l.By, &created, &expires, &l.Uses); err != nil {
			return nil, err
		}
		l.Created, l.Expires = db.Moment(created), db.Moment(expires)
		all = append(all, l)
	}
	return all, rows.Err()
}

// DropLink makes a link worthless, and the tokens that it gave, whose IDs it
// says; db.ErrNotFound when the ticket has none of that ID.
func DropLink(ctx context.Context, tx *db.Tx, ticket int64, id string) (gone []string, err error) {
	if err := db.One(tx.ExecContext(ctx, "DELETE FROM ticket_links WHERE id = ? AND ticket = ?", id, ticket)); err != nil {
		return nil, err
	}
	return ids(tx.QueryContext(ctx, "DELETE FROM tokens WHERE ticket = ? AND how = ? RETURNING hash", ticket, byLink(id)))
}
