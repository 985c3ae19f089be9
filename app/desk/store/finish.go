package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// FinishUpload turns an upload whose every byte is there into a bundle. A file
// that is not the one announced is deleted and a *HashError.
//
// The file moves first and the database follows, so that a crash in between
// leaves a file that Recover knows.
func (s *Store) FinishUpload(ctx context.Context, u Upload, now time.Time) (api.Bundle, error) {
	ctx = context.WithoutCancel(ctx)
	if u.Offset != u.Size || u.Done || !validID(u.ID) {
		return api.Bundle{}, fmt.Errorf("finish upload: %d of %d bytes are there: %w", u.Offset, u.Size, ErrConflict)
	}
	h, err := s.digest(u)
	if err != nil {
		return api.Bundle{}, fmt.Errorf("finish upload: %w", db.Named(err))
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != u.SHA256 {
		return api.Bundle{}, fmt.Errorf("finish upload: %w", errors.Join(&HashError{Got: got, Want: u.SHA256}, s.DropUpload(ctx, u.ID)))
	}
	from, to := filepath.Join(s.uploads(), u.ID), filepath.Join(s.bundles(), u.ID)
	if err := errors.Join(os.Rename(from, to), syncDir(s.bundles()), syncDir(s.uploads())); err != nil {
		return api.Bundle{}, fmt.Errorf("finish upload: %w", db.Named(err))
	}
	b, err := s.record(ctx, u, now)
	if err != nil {
		// The next PATCH or a restart tries again; the file waits where it was.
		return api.Bundle{}, fmt.Errorf("finish upload: %w", errors.Join(err, os.Rename(to, from)))
	}
	return b, nil
}

// record makes the upload's row a bundle's.
func (s *Store) record(ctx context.Context, u Upload, now time.Time) (api.Bundle, error) {
	b := api.Bundle{ID: u.ID, Name: u.Name, Size: u.Size, SHA256: u.SHA256, Created: db.Moment(db.Micros(now))}
	return b, s.tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO bundles (id, ticket, name, size, sha256, metadata, created)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, b.ID, u.Ticket, b.Name, b.Size, b.SHA256, u.Metadata, db.Micros(now)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM uploads WHERE id = ?", u.ID); err != nil {
			return err
		}
		return touch(ctx, tx, u.Ticket, now)
	})
}

// Recover puts right what a crash left: verified files whose bundle was not
// written down are written down, files of uploads that nobody knows are
// deleted. Only the desk calls it, before it serves.
func (s *Store) Recover(ctx context.Context, now time.Time) error {
	rows, err := s.db.QueryContext(ctx, "SELECT "+uploadColumns+" FROM uploads")
	if err != nil {
		return fmt.Errorf("recover uploads: %w", db.Named(err))
	}
	known := map[string]bool{}
	var moved []Upload
	for rows.Next() {
		u, err := scanUpload(rows)
		if err != nil {
			return fmt.Errorf("recover uploads: %w", errors.Join(err, rows.Close()))
		}
		known[u.ID] = true
		if s.moved(u) {
			moved = append(moved, u)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("recover uploads: %w", err)
	}
	for _, u := range moved {
		if _, err := s.record(ctx, u, now); err != nil {
			return fmt.Errorf("recover upload: %w", err)
		}
	}
	entries, err := os.ReadDir(s.uploads())
	if err != nil {
		return fmt.Errorf("recover uploads: %w", err)
	}
	for _, e := range entries {
		if validID(e.Name()) && !known[e.Name()] {
			if err := remove(filepath.Join(s.uploads(), e.Name())); err != nil {
				return fmt.Errorf("recover uploads: %w", err)
			}
		}
	}
	return nil
}

// moved says whether u's file was verified and moved before the crash.
func (s *Store) moved(u Upload) bool {
	if u.Offset != u.Size || !validID(u.ID) {
		return false
	}
	if _, err := os.Stat(filepath.Join(s.uploads(), u.ID)); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	st, err := os.Stat(filepath.Join(s.bundles(), u.ID))
	return err == nil && st.Size() == u.Size
}
