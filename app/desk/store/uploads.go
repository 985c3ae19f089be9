package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

// What one ticket may take up. A ticket costs nobody a sign-in, so it has limits.
const (
	MaxUnfinished  = 4              // uploads at once
	MaxTicketBytes = int64(8) << 30 // bundles, files and unfinished uploads together, as announced
	MaxBundles     = 50
	MaxFiles       = 500
)

// Upload is a file on its way to a ticket.
type Upload struct {
	ID       string
	Ticket   int64
	Kind     string // api.UploadBundle or UploadFile; "" is a bundle
	Author   string // a name of staff; "" is the customer, or long ago
	Name     string
	Type     string // media type, as announced; "" for a bundle
	Size     int64  // bytes, as announced
	SHA256   string // hex, as announced
	Metadata string // Upload-Metadata as sent
	Offset   int64  // bytes that survive a crash; at Size they may still be on their way to that
	Done     bool   // it is a bundle or file now, with the same ID
	Expires  time.Time

	parts  []files.Part
	digest []byte // SHA-256's state over them
}

const uploadColumns = "id, ticket, kind, author, name, type, size, sha256, metadata, position, digest, expires"

// CreateUpload makes room for u and gives it its ID. A ticket that has taken
// too much is a *LimitError, a disk without room for it ErrNoSpace.
func (s *Store) CreateUpload(ctx context.Context, u Upload, now time.Time) (Upload, error) {
	if err := s.room(u.Size); err != nil {
		return Upload{}, fmt.Errorf("create upload: %w", err)
	}
	u.ID, u.Offset, u.Done = newID(), 0, false
	if u.Kind == "" {
		u.Kind = api.UploadBundle
	}
	err := s.tx(ctx, func(tx *db.Tx) error {
		if err := withinLimits(ctx, tx, u); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO uploads
			(id, ticket, kind, author, name, type, size, sha256, metadata, position, digest, created, expires)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
			u.ID, u.Ticket, u.Kind, u.Author, u.Name, u.Type, u.Size, u.SHA256, u.Metadata, []byte{}, db.Micros(now), db.Micros(u.Expires))
		return err
	})
	if err != nil {
		return Upload{}, fmt.Errorf("create upload: %w", err)
	}
	return u, nil
}

// room says whether n more bytes fit beside the reserve.
func (s *Store) room(n int64) error { return named(s.files.Room(n)) }

func withinLimits(ctx context.Context, tx *db.Tx, u Upload) error {
	var unfinished, bundles, attached int
	var bytes int64
	err := tx.QueryRowContext(ctx, `SELECT
		coalesce(sum(CASE WHEN what = 1 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN what = 2 THEN 1 ELSE 0 END), 0),
		coalesce(sum(CASE WHEN what = 3 THEN 1 ELSE 0 END), 0), coalesce(sum(size), 0)
		FROM (SELECT 1 AS what, size FROM uploads WHERE ticket = ?
			UNION ALL SELECT 2, size FROM bundles WHERE ticket = ?
			UNION ALL SELECT 3, size FROM files WHERE ticket = ?) AS all_kinds`,
		u.Ticket, u.Ticket, u.Ticket).Scan(&unfinished, &bundles, &attached, &bytes)
	switch {
	case err != nil:
		return err
	case unfinished >= MaxUnfinished:
		return &LimitError{fmt.Sprintf("the ticket has %d unfinished uploads already", unfinished)}
	case bundles >= MaxBundles && u.Kind == api.UploadBundle:
		return &LimitError{fmt.Sprintf("the ticket has %d bundles already", bundles)}
	case attached >= MaxFiles && u.Kind == api.UploadFile:
		return &LimitError{fmt.Sprintf("the ticket has %d files already", attached)}
	case bytes+u.Size > MaxTicketBytes:
		return &LimitError{fmt.Sprintf("the ticket may take up %d GiB and would be over it", MaxTicketBytes>>30)}
	}
	return nil
}

// Upload reads an upload, also one that is a bundle or a file by now.
func (s *Store) Upload(ctx context.Context, id string) (Upload, error) {
	u, err := scanUpload(s.db.QueryRowContext(ctx, "SELECT "+uploadColumns+" FROM uploads WHERE id = ?", id))
	if err == nil && u.Offset > 0 {
		u.parts, err = s.parts(ctx, id)
	}
	if err == nil && partsEnd(u.parts) != u.Offset { // another request moved on in between: what it has is read whole
		err = s.db.View(ctx, func(tx *db.Tx) error {
			if u, err = scanUpload(tx.QueryRowContext(ctx, "SELECT "+uploadColumns+" FROM uploads WHERE id = ?", id)); err != nil {
				return err
			}
			u.parts, err = readParts(ctx, tx, id)
			return err
		})
	}
	if errors.Is(err, ErrNotFound) {
		u, err = scanUpload(s.db.QueryRowContext(ctx,
			`SELECT id, ticket, 'bundle', '', name, '', size, sha256, metadata, size, NULL, 0 FROM bundles WHERE id = ?
			UNION ALL SELECT id, ticket, 'file', '', name, type, size, sha256, metadata, size, NULL, 0 FROM files WHERE id = ?`, id, id))
		u.Done = true
	}
	if err != nil {
		return Upload{}, fmt.Errorf("read upload: %w", err)
	}
	return u, nil
}

func (s *Store) parts(ctx context.Context, id string) ([]files.Part, error) {
	return readParts(ctx, s.db, id)
}

func readParts(ctx context.Context, q db.Querier, id string) ([]files.Part, error) {
	rows, err := q.QueryContext(ctx, "SELECT position, name, size FROM upload_parts WHERE upload = ? ORDER BY position", id)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var all []files.Part
	for rows.Next() {
		var p files.Part
		if err := rows.Scan(&p.At, &p.Name, &p.Size); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, db.Named(rows.Err())
}

func partsEnd(parts []files.Part) int64 {
	if len(parts) == 0 {
		return 0
	}
	return parts[len(parts)-1].At + parts[len(parts)-1].Size
}

// DropUpload deletes an unfinished upload with what has come of it. Bundles and files are never dropped.
func (s *Store) DropUpload(ctx context.Context, id string) error {
	if !validID(id) {
		return fmt.Errorf("drop upload: %w", ErrNotFound)
	}
	var parts []files.Part
	err := s.tx(ctx, func(tx *db.Tx) (err error) {
		if parts, err = readParts(ctx, tx, id); err != nil {
			return err
		}
		return db.One(tx.ExecContext(ctx, "DELETE FROM uploads WHERE id = ?", id))
	})
	if err == nil {
		err = s.files.Drop(ctx, id, parts)
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
	err := row.Scan(&u.ID, &u.Ticket, &u.Kind, &u.Author, &u.Name, &u.Type, &u.Size, &u.SHA256, &u.Metadata, &u.Offset, &u.digest, &expires)
	u.Expires = db.Moment(expires)
	return u, db.Named(err)
}
