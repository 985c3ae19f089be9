// Package bugs keeps faults of products, the tickets about them, who was told, and releases.
//
// What reads takes a db.Querier, what changes a *db.Tx of the caller's. A change
// of another version than the kept one is db.ErrConflict.
package bugs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const columns = `b.id, b.version, b.product, b.module, b.title, b.description, b.ref, b.state, b.since, b.fixed_in, b.workaround, b.fix,
	b.created, b.updated, (SELECT count(*) FROM bug_tickets l WHERE l.bug = b.id)`

func scan(row db.Scanner) (api.Bug, error) {
	var b api.Bug
	var workaround, fix string
	var created, updated int64
	if err := row.Scan(&b.ID, &b.Version, &b.Product, &b.Module, &b.Title, &b.Description, &b.Ref, &b.State, &b.Since, &b.FixedIn,
		&workaround, &fix, &created, &updated, &b.Linked); err != nil {
		return b, db.Named(err)
	}
	b.Created, b.Updated = db.Moment(created), db.Moment(updated)
	return b, errors.Join(unpack(workaround, &b.Workaround), unpack(fix, &b.Fix))
}

// List gives bugs, the newest first. q.Limit must be set.
func List(ctx context.Context, d db.Querier, q api.BugQuery) ([]api.Bug, error) {
	where, args := []string{"1 = 1"}, []any{}
	and := func(text string, arg ...any) {
		where = append(where, text)
		args = append(args, arg...)
	}
	if q.Product != "" {
		and("b.folded = ?", Fold(q.Product))
	}
	if q.Before != 0 {
		and("b.id < ?", q.Before)
	}
	if q.Ticket != 0 {
		and("b.id IN (SELECT bug FROM bug_tickets WHERE ticket = ?)", q.Ticket)
	}
	if len(q.States) > 0 {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(q.States)), ", ")
		and("b.state IN (" + marks + ")")
		for _, s := range q.States {
			args = append(args, s)
		}
	}
	for _, word := range strings.Fields(strings.ToLower(q.Text)) {
		and("b.search LIKE ? ESCAPE '!'", db.Like(word))
	}
	return db.All(ctx, d, scan, "SELECT "+columns+" FROM bugs b WHERE "+strings.Join(where, " AND ")+" ORDER BY b.id DESC LIMIT ?",
		append(args, q.Limit)...)
}

// Read reads one bug, without its tickets and who was told.
func Read(ctx context.Context, d db.Querier, id int64) (api.Bug, error) {
	return scan(d.QueryRowContext(ctx, "SELECT "+columns+" FROM bugs b WHERE b.id = ?", id))
}

// Add keeps b and gives its ID.
func Add(ctx context.Context, tx *db.Tx, b api.Bug, now time.Time) (int64, error) {
	workaround, fix, err := packed(b)
	if err != nil {
		return 0, err
	}
	var id int64
	err = tx.QueryRowContext(ctx, `INSERT INTO bugs (version, product, folded, module, title, search, description, ref, state, since, fixed_in,
		workaround, fix, created, updated) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		b.Product, Fold(b.Product), b.Module, b.Title, searched(b), b.Description, b.Ref, b.State, b.Since, b.FixedIn,
		workaround, fix, db.Micros(now), db.Micros(now)).Scan(&id)
	return id, db.Named(err)
}

// Change writes b over the one with its ID and version.
func Change(ctx context.Context, tx *db.Tx, b api.Bug, now time.Time) error {
	workaround, fix, err := packed(b)
	if err != nil {
		return err
	}
	r, err := tx.ExecContext(ctx, `UPDATE bugs SET version = version + 1, product = ?, folded = ?, module = ?, title = ?, search = ?,
		description = ?, ref = ?, state = ?, since = ?, fixed_in = ?, workaround = ?, fix = ?, updated = ? WHERE id = ? AND version = ?`,
		b.Product, Fold(b.Product), b.Module, b.Title, searched(b), b.Description, b.Ref, b.State, b.Since, b.FixedIn,
		workaround, fix, db.Micros(now), b.ID, b.Version)
	return db.Changed(ctx, tx, "bugs", b.ID, r, err)
}

func searched(b api.Bug) string { return strings.ToLower(b.Title + "\n" + b.Ref) }

func packed(b api.Bug) (workaround, fix string, err error) {
	workaround, err1 := pack(b.Workaround)
	fix, err2 := pack(b.Fix)
	return workaround, fix, errors.Join(err1, err2)
}

// pack is texts by language as they are kept; "" is none.
func pack(texts map[string]string) (string, error) {
	if len(texts) == 0 {
		return "", nil
	}
	b, err := json.Marshal(texts)
	if err != nil {
		return "", fmt.Errorf("encode texts: %w", err)
	}
	return string(b), nil
}

func unpack(text string, to *map[string]string) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), to); err != nil {
		return fmt.Errorf("decode texts: %w", err)
	}
	return nil
}

// Fold is a product as it is told apart.
func Fold(product string) string { return strings.ToLower(strings.Join(strings.Fields(product), " ")) }
