package people

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Key is a program's, as everything that it does needs it.
type Key struct {
	ID, Name string
	Scopes   []api.Scope
}

func isKey(token string) bool { return strings.HasPrefix(token, api.KeyPrefix) }

func (p *People) keyHolder(ctx context.Context, token string, now time.Time) (Holder, error) {
	h := Holder{hash: Hash(token), Key: &Key{}}
	var scopes string
	var expires int64
	var used sql.NullInt64
	err := p.db.QueryRowContext(ctx, "SELECT id, name, scopes, expires, used FROM api_keys WHERE hash = ? AND expires > ?", h.hash, db.Micros(now)).
		Scan(&h.Key.ID, &h.Key.Name, &scopes, &expires, &used)
	if err != nil {
		return Holder{}, fmt.Errorf("look up key: %w", db.Named(err))
	}
	h.Key.Scopes, h.ID, h.Expires = unwords[api.Scope](scopes), h.Key.ID, db.Moment(expires)
	if used.Valid {
		h.used = db.Moment(used.Int64)
	}
	return h, nil
}

// AddKey makes a key. by is the name of the member of staff who does.
func AddKey(ctx context.Context, tx *db.Tx, n api.NewKey, by string, now time.Time) (api.CreatedKey, error) {
	secret, hash := newSecret(api.KeyPrefix)
	k := api.Key{ID: newID(), Name: n.Name, Scopes: n.Scopes, By: by, Created: db.Moment(db.Micros(now)), Expires: db.Moment(db.Micros(n.Expires))}
	_, err := tx.ExecContext(ctx, "INSERT INTO api_keys (id, hash, name, scopes, made_by, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
		k.ID, hash, k.Name, words(k.Scopes), by, db.Micros(now), db.Micros(n.Expires))
	if err != nil {
		return api.CreatedKey{}, fmt.Errorf("make key: %w", err)
	}
	return api.CreatedKey{Key: k, Secret: secret}, nil
}

// CountKeys says how many keys hold.
func CountKeys(ctx context.Context, q db.Querier, now time.Time) (n int, err error) {
	err = q.QueryRowContext(ctx, "SELECT count(*) FROM api_keys WHERE expires > ?", db.Micros(now)).Scan(&n)
	return n, err
}

// Keys are all that hold or held a month ago, the newest first.
func Keys(ctx context.Context, q db.Querier) ([]api.Key, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, name, scopes, made_by, created, expires, used FROM api_keys ORDER BY created DESC, id LIMIT 1000")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []api.Key{}
	for rows.Next() {
		var k api.Key
		var scopes string
		var created, expires int64
		var used sql.NullInt64
		if err := rows.Scan(&k.ID, &k.Name, &scopes, &k.By, &created, &expires, &used); err != nil {
			return nil, err
		}
		k.Scopes, k.Created, k.Expires, k.Used = unwords[api.Scope](scopes), db.Moment(created), db.Moment(expires), db.FromNull(used)
		all = append(all, k)
	}
	return all, rows.Err()
}

// DropKey makes a key worthless; db.ErrNotFound when there is none of that ID.
func DropKey(ctx context.Context, tx *db.Tx, id string) error {
	return db.One(tx.ExecContext(ctx, "DELETE FROM api_keys WHERE id = ?", id))
}
