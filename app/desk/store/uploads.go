package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

// What one ticket may take up. A ticket costs nobody a sign-in, so it has limits.
const (
	MaxUnfinished  = 4              // uploads at once
	MaxTicketBytes = int64(8) << 30 // bundles and unfinished uploads together, as announced
	MaxBundles     = 50
)

// Upload is a file on its way to a ticket.
type Upload struct {
	ID       string
	Ticket   int64
	Name     string
	Size     int64  // bytes, as announced
	SHA256   string // hex, as announced
	Metadata string // Upload-Metadata as sent
	Offset   int64  // bytes that survive a crash
	Done     bool   // it is a bundle now, with the same ID
	Expires  time.Time
	digest   []byte
}

const uploadColumns = "id, ticket, name, size, sha256, metadata, position, digest, expires"

// CreateUpload makes room for u and gives it its ID. A ticket that has taken
// too much is a *LimitError, a disk without room for it ErrNoSpace.
func (s *Store) CreateUpload(ctx context.Context, u Upload, now time.Time) (Upload, error) {
	if err := s.room(u.Size); err != nil {
		return Upload{}, fmt.Errorf("create upload: %w", err)
	}
	u.ID, u.Offset, u.Done = newID(), 0, false
	path := filepath.Join(s.uploads(), u.ID)
	if err := s.create(path); err != nil {
		return Upload{}, fmt.Errorf("create upload: %w", err)
	}
	err := s.tx(ctx, func(tx *db.Tx) error {
		if err := withinLimits(ctx, tx, u); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO uploads
			(id, ticket, name, size, sha256, metadata, position, digest, created, expires)
			VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
			u.ID, u.Ticket, u.Name, u.Size, u.SHA256, u.Metadata, []byte{}, db.Micros(now), db.Micros(u.Expires))
		return err
	})
	if err != nil {
		return Upload{}, fmt.Errorf("create upload: %w", errors.Join(err, remove(path)))
	}
	return u, nil
}

func withinLimits(ctx context.Context, tx *db.Tx, u Upload) error {
	var unfinished, bundles int
	var bytes int64
	err := tx.QueryRowContext(ctx, `SELECT
		coalesce(sum(unfinished), 0), coalesce(sum(1 - unfinished), 0), coalesce(sum(size), 0)
		FROM (SELECT 1 AS unfinished, size FROM uploads WHERE ticket = ?
			UNION ALL SELECT 0, size FROM bundles WHERE ticket = ?) AS both_kinds`,
		u.Ticket, u.Ticket).Scan(&unfinished, &bundles, &bytes)
	switch {
	case err != nil:
		return err
	case unfinished >= MaxUnfinished:
		return &LimitError{fmt.Sprintf("the ticket has %d unfinished uploads already", unfinished)}
	case bundles >= MaxBundles:
		return &LimitError{fmt.Sprintf("the ticket has %d bundles already", bundles)}
	case bytes+u.Size > MaxTicketBytes:
		return &LimitError{fmt.Sprintf("the ticket may take up %d GiB and would be over it", MaxTicketBytes>>30)}
	}
	return nil
}

// Upload reads an upload, also one that is a bundle by now.
func (s *Store) Upload(ctx context.Context, id string) (Upload, error) {
	u, err := scanUpload(s.db.QueryRowContext(ctx, "SELECT "+uploadColumns+" FROM uploads WHERE id = ?", id))
	if errors.Is(err, ErrNotFound) {
		u, err = scanUpload(s.db.QueryRowContext(ctx,
			"SELECT id, ticket, name, size, sha256, metadata, size, NULL, 0 FROM bundles WHERE id = ?", id))
		u.Done = true
	}
	if err != nil {
		return Upload{}, fmt.Errorf("read upload: %w", err)
	}
	return u, nil
}

// DropUpload deletes an unfinished upload with what has come of it. Bundles are never dropped.
func (s *Store) DropUpload(ctx context.Context, id string) error {
	if !validID(id) {
		return fmt.Errorf("drop upload: %w", ErrNotFound)
	}
	err := s.tx(ctx, func(tx *db.Tx) error {
		r, err := tx.ExecContext(ctx, "DELETE FROM uploads WHERE id = ?", id)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		return nil
	})
	if err == nil {
		err = remove(filepath.Join(s.uploads(), id))
	}
	if err != nil {
		return fmt.Errorf("drop upload: %w", err)
	}
	return nil
}

// ExpiredUploads are the IDs of unfinished uploads whose time is over.
func (s *Store) ExpiredUploads(ctx context.Context, now time.Time) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id FROM uploads WHERE expires <= ?", db.Micros(now))
	if err != nil {
		return nil, fmt.Errorf("list expired uploads: %w", db.Named(err))
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("list expired uploads: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, db.Named(rows.Err())
}

func scanUpload(row scanner) (Upload, error) {
	var u Upload
	var expires int64
	err := row.Scan(&u.ID, &u.Ticket, &u.Name, &u.Size, &u.SHA256, &u.Metadata, &u.Offset, &u.digest, &expires)
	u.Expires = db.Moment(expires)
	return u, db.Named(err)
}
