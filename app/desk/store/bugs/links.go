package bugs

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Tickets are a bug's, the newest first, at most limit.
func Tickets(ctx context.Context, d db.Querier, bug int64, limit int) ([]int64, error) {
	return db.All(ctx, d, db.Value[int64], "SELECT ticket FROM bug_tickets WHERE bug = ? ORDER BY ticket DESC LIMIT ?", bug, limit)
}

// Of are the bugs that a ticket is linked to.
func Of(ctx context.Context, d db.Querier, ticket int64) ([]int64, error) {
	return db.All(ctx, d, db.Value[int64], "SELECT bug FROM bug_tickets WHERE ticket = ? ORDER BY bug", ticket)
}

// Link links a ticket to a bug; made is false when it was before. A bug or a
// ticket that is not there is db.ErrNotFound.
func Link(ctx context.Context, tx *db.Tx, bug, ticket int64, by string, now time.Time) (made bool, err error) {
	var there int
	err = tx.QueryRowContext(ctx, "SELECT count(*) FROM bugs, tickets WHERE bugs.id = ? AND tickets.number = ?", bug, ticket).Scan(&there)
	if err == nil && there == 0 {
		err = db.ErrNotFound
	}
	if err != nil {
		return false, err
	}
	err = db.One(tx.ExecContext(ctx, `INSERT INTO bug_tickets (bug, ticket, author, linked) VALUES (?, ?, ?, ?)
		ON CONFLICT (bug, ticket) DO NOTHING`, bug, ticket, by, db.Micros(now)))
	if errors.Is(err, db.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Unlink takes a ticket from a bug; db.ErrNotFound when it was not linked.
func Unlink(ctx context.Context, tx *db.Tx, bug, ticket int64) error {
	return db.One(tx.ExecContext(ctx, "DELETE FROM bug_tickets WHERE bug = ? AND ticket = ?", bug, ticket))
}

// Reported is what of a ticket says whether a bug is known to be fixed for it, and how its customer is spoken to.
type Reported struct {
	Product, ProductVersion, Language string
	State                             api.State
}

// ReportedBy reads it.
func ReportedBy(ctx context.Context, d db.Querier, ticket int64) (Reported, error) {
	var r Reported
	err := d.QueryRowContext(ctx, "SELECT product, product_version, language, state FROM tickets WHERE number = ?", ticket).
		Scan(&r.Product, &r.ProductVersion, &r.Language, &r.State)
	return r, db.Named(err)
}

// Called is a member of staff's name as customers are shown it; "" for somebody who is gone.
func Called(ctx context.Context, d db.Querier, staff string) (string, error) {
	var name string
	err := db.Named(d.QueryRowContext(ctx, "SELECT display_name FROM staff WHERE name = ?", staff).Scan(&name))
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	return name, err
}
