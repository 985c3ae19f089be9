package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Attached is a file that is on a ticket, and what is told to whom.
type Attached struct {
	api.File
	Public  bool // an entry that the customer sees has it
	Used    bool // an entry has it
	Created time.Time
}

// File reads a ticket's attachment.
func (s *Store) File(ctx context.Context, ticket int64, id string) (Attached, error) {
	a, err := readFile(ctx, s.db, ticket, id)
	if err != nil {
		return a, fmt.Errorf("read file: %w", err)
	}
	return a, nil
}

func readFile(ctx context.Context, q db.Querier, ticket int64, id string) (Attached, error) {
	var a Attached
	var public, used int
	var created int64
	err := q.QueryRowContext(ctx, "SELECT id, name, type, size, sha256, scan, public, used, created FROM files WHERE id = ? AND ticket = ?", id, ticket).
		Scan(&a.ID, &a.Name, &a.Type, &a.Size, &a.SHA256, &a.Scan, &public, &used, &created)
	a.Public, a.Used, a.Created = public != 0, used != 0, db.Moment(created)
	return a, db.Named(err)
}

// Attach gives the files of a ticket to an entry that is being written in tx,
// and says what they are. They are uploads of the ticket that are complete: of
// the kind file, or bundles, which are on the ticket anyway. Public says that
// the customer sees the entry. Another ID is ErrNotFound.
func Attach(ctx context.Context, tx *db.Tx, ticket int64, public bool, ids []string) ([]api.File, error) {
	var all []api.File
	for _, id := range ids {
		a, err := readFile(ctx, tx, ticket, id)
		if errors.Is(err, ErrNotFound) {
			var b api.Bundle
			if b, err = scanBundle(tx.QueryRowContext(ctx, "SELECT "+bundleColumns+" FROM bundles WHERE id = ? AND ticket = ?", id, ticket)); err == nil {
				all = append(all, api.File{ID: b.ID, Name: b.Name, Size: b.Size, SHA256: b.SHA256, Type: "application/zip"})
				continue
			}
		}
		if err != nil {
			return nil, fmt.Errorf("attach file %q: %w", id, err)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE files SET used = 1, public = CASE WHEN ? = 1 THEN 1 ELSE public END WHERE id = ?", public, id); err != nil {
			return nil, fmt.Errorf("attach file %q: %w", id, db.Named(err))
		}
		all = append(all, a.File)
	}
	return all, nil
}

// Move puts files that came for an entry of one ticket, and that none has yet,
// on another, and gives the IDs that are to be attached there. A bundle stays
// where it is, since it has an entry of its own.
func Move(ctx context.Context, tx *db.Tx, from, to int64, ids []string) ([]string, error) {
	var moved []string
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, "UPDATE files SET ticket = ? WHERE id = ? AND ticket = ? AND used = 0", to, id, from); err != nil {
			return nil, fmt.Errorf("move file %q: %w", id, db.Named(err))
		}
		var bundles int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM bundles WHERE id = ? AND ticket = ?", id, from).Scan(&bundles); err != nil {
			return nil, fmt.Errorf("move file %q: %w", id, db.Named(err))
		}
		if bundles == 0 {
			moved = append(moved, id)
		}
	}
	return moved, nil
}
