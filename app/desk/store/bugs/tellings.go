package bugs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Begin keeps that the customers of every ticket that b is linked to are to be
// told what b says now, and gives the telling's ID.
func Begin(ctx context.Context, tx *db.Tx, b api.Bug, what api.TellWhat, by string, now time.Time) (int64, error) {
	texts, err := json.Marshal(b)
	if err != nil {
		return 0, fmt.Errorf("encode bug: %w", err)
	}
	var id int64
	if err := tx.QueryRowContext(ctx, `INSERT INTO tellings (bug, what, author, begun, texts, total, done)
		VALUES (?, ?, ?, ?, ?, (SELECT count(*) FROM bug_tickets WHERE bug = ?), 0) RETURNING id`,
		b.ID, what, by, db.Micros(now), string(texts), b.ID).Scan(&id); err != nil {
		return 0, db.Named(err)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO told (telling, ticket, result) SELECT ?, ticket, ? FROM bug_tickets WHERE bug = ?",
		id, api.ToldWaiting, b.ID)
	return id, err
}

// Open are the tellings that are not through, the oldest first.
func Open(ctx context.Context, d db.Querier) ([]int64, error) {
	return db.All(ctx, d, db.Value[int64], "SELECT id FROM tellings WHERE done = 0 ORDER BY id LIMIT 100")
}

// Texts are what a telling tells: the bug as it was when it was begun, what of it, and who began.
func Texts(ctx context.Context, d db.Querier, telling int64) (b api.Bug, what api.TellWhat, by string, err error) {
	var texts string
	if err = d.QueryRowContext(ctx, "SELECT texts, what, author FROM tellings WHERE id = ?", telling).Scan(&texts, &what, &by); err != nil {
		return b, what, by, db.Named(err)
	}
	if err = json.Unmarshal([]byte(texts), &b); err != nil {
		err = fmt.Errorf("decode bug of telling %d: %w", telling, err)
	}
	return b, what, by, err
}

// Waiting are tickets that a telling has not come to, at most limit.
func Waiting(ctx context.Context, d db.Querier, telling int64, limit int) ([]int64, error) {
	return db.All(ctx, d, db.Value[int64], "SELECT ticket FROM told WHERE telling = ? AND result = 'waiting' ORDER BY ticket LIMIT ?", telling, limit)
}

// Came keeps what became of one ticket of a telling.
func Came(ctx context.Context, tx *db.Tx, telling int64, one api.ToldOne) error {
	return db.One(tx.ExecContext(ctx, "UPDATE told SET result = ?, entry = ?, problem = ? WHERE telling = ? AND ticket = ?",
		one.Result, one.Entry, one.Error, telling, one.Ticket))
}

// Through keeps that a telling has come to every ticket, if it has.
func Through(ctx context.Context, tx *db.Tx, telling int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE tellings SET done = 1 WHERE id = ?
		AND NOT EXISTS (SELECT 1 FROM told WHERE telling = ? AND result = 'waiting')`, telling, telling)
	return err
}

// Had says whether a ticket's customer has had a text of a bug.
func Had(ctx context.Context, d db.Querier, bug, ticket int64, digest []byte) (bool, error) {
	var n int
	err := d.QueryRowContext(ctx, "SELECT count(*) FROM told_texts WHERE bug = ? AND ticket = ? AND digest = ?", bug, ticket, digest).Scan(&n)
	return n > 0, db.Named(err)
}

// Give keeps that a ticket's customer has a text of a bug, in entry.
func Give(ctx context.Context, tx *db.Tx, bug, ticket int64, digest []byte, entry int64) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO told_texts (bug, ticket, digest, entry) VALUES (?, ?, ?, ?)", bug, ticket, digest, entry)
	return err
}

const tellingColumns = `t.id, t.bug, t.what, t.author, t.begun, t.total, t.done,
	(SELECT count(*) FROM told o WHERE o.telling = t.id AND o.result = 'told'),
	(SELECT count(*) FROM told o WHERE o.telling = t.id AND o.result = 'already'),
	(SELECT count(*) FROM told o WHERE o.telling = t.id AND o.result = 'failed')`

func scanTelling(row db.Scanner) (api.Telling, error) {
	var t api.Telling
	var begun int64
	var done int
	err := row.Scan(&t.ID, &t.Bug, &t.What, &t.By, &begun, &t.Total, &done, &t.Told, &t.Already, &t.Failed)
	t.At, t.Done = db.Moment(begun), done != 0
	return t, db.Named(err)
}

// Tellings are a bug's, the newest first, without what became of each ticket.
func Tellings(ctx context.Context, d db.Querier, bug int64, limit int) ([]api.Telling, error) {
	return db.All(ctx, d, scanTelling, "SELECT "+tellingColumns+" FROM tellings t WHERE t.bug = ? ORDER BY t.id DESC LIMIT ?", bug, limit)
}

// Telling reads one with what became of each ticket, failures first.
func Telling(ctx context.Context, d db.Querier, id int64) (api.Telling, error) {
	t, err := scanTelling(d.QueryRowContext(ctx, "SELECT "+tellingColumns+" FROM tellings t WHERE t.id = ?", id))
	if err != nil {
		return t, err
	}
	t.Results, err = db.All(ctx, d, func(row db.Scanner) (o api.ToldOne, err error) {
		err = row.Scan(&o.Ticket, &o.Result, &o.Entry, &o.Error)
		return o, err
	}, `SELECT ticket, result, entry, problem FROM told WHERE telling = ?
		ORDER BY CASE result WHEN 'failed' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, ticket LIMIT 1000`, id)
	return t, err
}

// ErrSame says that nothing had to be changed.
var ErrSame = errors.New("nothing new")

// Fixed keeps that a bug is fixed in a version; ErrSame when it was fixed before.
func Fixed(ctx context.Context, tx *db.Tx, bug int64, in string, now time.Time) error {
	err := db.One(tx.ExecContext(ctx, `UPDATE bugs SET version = version + 1, state = 'fixed',
		fixed_in = CASE WHEN fixed_in = '' THEN ? ELSE fixed_in END, updated = ?
		WHERE id = ? AND (state <> 'fixed' OR fixed_in = '')`, in, db.Micros(now), bug))
	if errors.Is(err, db.ErrNotFound) {
		return ErrSame
	}
	return err
}

// IsWaiting says whether a telling has not come to a ticket.
func IsWaiting(ctx context.Context, d db.Querier, telling, ticket int64) (bool, error) {
	var n int
	err := d.QueryRowContext(ctx, "SELECT count(*) FROM told WHERE telling = ? AND ticket = ? AND result = 'waiting'", telling, ticket).Scan(&n)
	return n > 0, db.Named(err)
}
