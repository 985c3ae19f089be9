package tickets

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Filing is a ticket that is filed, whose fields the caller has checked.
type Filing struct {
	api.NewTicket
	Queue  string
	Parent int64 // 0: none
}

// File keeps a new ticket and gives its number. The same ID with the same
// content is the same ticket again (made is false); with other content it is db.ErrConflict.
func File(ctx context.Context, tx *db.Tx, f Filing, now time.Time) (number int64, made bool, err error) {
	content, err := json.Marshal(f.NewTicket)
	if err != nil {
		return 0, false, fmt.Errorf("encode ticket: %w", err)
	}
	id, filed := sha256.Sum256([]byte(f.ID)), sha256.Sum256(content)
	var before []byte
	err = tx.QueryRowContext(ctx, "SELECT number, filed FROM tickets WHERE id = ?", id[:]).Scan(&number, &before)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		number, err = insert(ctx, tx, f, id[:], filed[:], now)
		return number, err == nil, err
	case err == nil && string(before) != string(filed[:]):
		err = db.ErrConflict
	}
	return number, false, err
}

func insert(ctx context.Context, tx *db.Tx, f Filing, id, filed []byte, now time.Time) (number int64, err error) {
	lists := [4]string{}
	for i, encoded := range []func() (string, error){
		func() (string, error) { return encode(f.Critical) },
		func() (string, error) { return encode(f.Answers) },
		func() (string, error) { return encode(f.Findings) },
		func() (string, error) { return encode(f.Signs) },
	} {
		if lists[i], err = encoded(); err != nil {
			return 0, fmt.Errorf("encode ticket: %w", err)
		}
	}
	kind, impact := f.Kind, f.Impact
	if kind == "" {
		kind = api.Fault
	}
	if impact == "" {
		impact = api.ImpactOne
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO tickets
		(id, filed, state, title, description, product, priority, name, contact, language, search, created, updated,
		 kind, product_version, module, impact, critical, answers, findings, signs, effective, queue, parent)
		VALUES (?, ?, 'new', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`,
		id, filed, f.Title, f.Description, f.Product, f.Priority, f.Name, f.Contact, f.Language,
		searched(f.Title, f.Description), db.Micros(now), db.Micros(now),
		kind, f.ProductVersion, f.Module, impact, lists[0], lists[1], lists[2], lists[3], f.Priority, f.Queue, reference(f.Parent)).Scan(&number)
	return number, err
}

// searched is the text that words are looked for in.
func searched(title, description string) string { return strings.ToLower(title + "\n" + description) }
