package hooks

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
)

// kept is a webhook with its secret.
type kept struct {
	api.Hook
	secret []byte
}

const secretPrefix = "whsec_"

func newSecret() []byte {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}

const hookColumns = "id, version, name, url, actions, secret, enabled, made_by, created, failing, why"

func read(ctx context.Context, q db.Querier, where string, args ...any) ([]kept, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+hookColumns+" FROM hooks "+where+" ORDER BY id", args...)
	if err != nil {
		return nil, fmt.Errorf("read webhooks: %w", err)
	}
	defer rows.Close()
	var list []kept
	for rows.Next() {
		var k kept
		var actions string
		var created int64
		var failing sql.NullInt64
		err := rows.Scan(&k.ID, &k.Version, &k.Name, &k.URL, &actions, &k.secret, &k.Enabled, &k.By, &created, &failing, &k.Why)
		if err != nil {
			return nil, fmt.Errorf("read webhooks: %w", err)
		}
		k.Actions, k.Created, k.Failing = strings.Fields(actions), db.Moment(created), db.FromNull(failing)
		list = append(list, k)
	}
	return list, rows.Err()
}

func one(ctx context.Context, q db.Querier, id int64) (kept, error) {
	list, err := read(ctx, q, "WHERE id = ?", id)
	if err != nil {
		return kept{}, err
	}
	if len(list) == 0 {
		return kept{}, fmt.Errorf("webhook %d: %w", id, db.ErrNotFound)
	}
	return list[0], nil
}

func insert(ctx context.Context, tx *db.Tx, k kept) (kept, error) {
	k.Version = 1
	err := tx.QueryRowContext(ctx, `INSERT INTO hooks (version, name, url, actions, secret, enabled, made_by, created)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, k.Version, k.Name, k.URL, strings.Join(k.Actions, " "), k.secret, flag(k.Enabled),
		k.By, db.Micros(k.Created)).Scan(&k.ID)
	return k, err
}

func update(ctx context.Context, tx *db.Tx, k kept) error {
	return db.One(tx.ExecContext(ctx, "UPDATE hooks SET version = ?, name = ?, url = ?, actions = ?, enabled = ?, failing = ?, why = ? WHERE id = ?",
		k.Version, k.Name, k.URL, strings.Join(k.Actions, " "), flag(k.Enabled), db.NullMicros(k.Failing), k.Why, k.ID))
}

func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}

// note tells the journal what an administrator did with a webhook.
func (h *Hooks) note(ctx context.Context, tx *db.Tx, c gate.Caller, id int64, what string) error {
	detail, err := json.Marshal(map[string]string{"what": what})
	if err != nil {
		return err
	}
	return journal.Write(ctx, tx, journal.Entry{
		At: h.cfg.Now(), Actor: c.Actor(), Action: "hook.changed", Subject: fmt.Sprintf("hook/%d", id), Detail: detail,
	})
}

const deliveryColumns = "id, hook, action, ticket, body, made, tries, next, done, status, error"

// delivery is one with what is sent.
type delivery struct {
	api.Delivery
	hook int64
	body []byte
}

func sent(ctx context.Context, q db.Querier, hook int64) ([]api.Delivery, error) {
	list, err := scanDeliveries(q.QueryContext(ctx, "SELECT "+deliveryColumns+" FROM deliveries WHERE hook = ? ORDER BY made DESC, id LIMIT 200", hook))
	out := []api.Delivery{}
	for _, d := range list {
		out = append(out, d.Delivery)
	}
	return out, err
}

func scanDeliveries(rows *sql.Rows, err error) ([]delivery, error) {
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	var list []delivery
	for rows.Next() {
		var d delivery
		var made int64
		var next, done sql.NullInt64
		if err := rows.Scan(&d.ID, &d.hook, &d.Action, &d.Ticket, &d.body, &made, &d.Tries, &next, &done, &d.Status, &d.Error); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		d.At, d.Next, d.Done = db.Moment(made), db.FromNull(next), db.FromNull(done)
		list = append(list, d)
	}
	return list, rows.Err()
}

func add(ctx context.Context, tx *db.Tx, d delivery, next time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO deliveries (id, hook, action, ticket, body, made, next) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`, d.ID, d.hook, d.Action, d.Ticket, d.body, db.Micros(d.At), db.Micros(next))
	return err
}
