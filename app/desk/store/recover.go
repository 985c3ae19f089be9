package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

// Recover puts right what a crash left: content that was placed and not written
// down is written down with also, unfinished files that no upload knows are
// deleted, and bundles of older desks go where they belong. A desk calls it
// before it serves; others may serve already.
func (s *Store) Recover(ctx context.Context, now time.Time, also Also) error {
	if err := s.takeOlder(ctx); err != nil {
		return fmt.Errorf("move bundles: %w", err)
	}
	unfinished, err := s.unfinished(ctx)
	if err != nil {
		return fmt.Errorf("recover uploads: %w", err)
	}
	for _, u := range unfinished {
		if _, err := s.Placed(ctx, u, now, also); err != nil && !errors.Is(err, ErrNotFound) {
			return fmt.Errorf("recover upload: %w", err)
		}
	}
	var looked error
	err = s.files.Tidy(ctx, func(id string) bool {
		_, err := scanUpload(s.db.QueryRowContext(ctx, "SELECT "+uploadColumns+" FROM uploads WHERE id = ?", id))
		if err != nil && !errors.Is(err, ErrNotFound) {
			looked = err
		}
		return !errors.Is(err, ErrNotFound)
	})
	if err = errors.Join(err, looked); err != nil {
		return fmt.Errorf("recover uploads: %w", err)
	}
	return nil
}

func (s *Store) unfinished(ctx context.Context) ([]Upload, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT "+uploadColumns+" FROM uploads")
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var all []Upload
	for rows.Next() {
		u, err := scanUpload(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, u)
	}
	return all, db.Named(rows.Err())
}

// takeOlder moves what older desks kept in bundles/, named by its ID, to its
// hash's place. It can be broken off anywhere: what is done is not there any more.
func (s *Store) takeOlder(ctx context.Context) error {
	dir := filepath.Join(s.dir, "bundles")
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !validID(e.Name()) {
			continue
		}
		if err := s.takeOne(ctx, filepath.Join(dir, e.Name()), e.Name()); err != nil {
			return err
		}
	}
	if err := os.Remove(dir); err != nil && len(entries) == 0 {
		return err
	}
	return nil
}

func (s *Store) takeOne(ctx context.Context, path, id string) error {
	var name string
	var size int64
	err := s.db.QueryRowContext(ctx, "SELECT o.name, o.size FROM objects o JOIN bundles b ON b.sha256 = o.sha256 WHERE b.id = ?", id).Scan(&name, &size)
	if err = db.Named(err); errors.Is(err, ErrNotFound) {
		return s.takeUnknown(ctx, path, id)
	}
	if err != nil {
		return err
	}
	if n, err := s.files.Size(ctx, files.Key(name)); err == nil && n == size {
		return os.Remove(path) // another bundle has brought the same content
	}
	return named(s.files.Take(ctx, path, files.Key(name)))
}

// takeUnknown is for a file that an older desk had verified and moved, and not
// written down: it becomes the upload's object, which Recover then finds. One
// that belongs to nothing stays where it is: nobody knows better.
func (s *Store) takeUnknown(ctx context.Context, path, id string) error {
	u, err := s.Upload(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	st, serr := os.Stat(path)
	if err = errors.Join(err, serr); err != nil || u.Offset != u.Size || st.Size() != u.Size {
		return err
	}
	key, err := files.NewKey(u.SHA256, u.ID)
	if err != nil {
		return err
	}
	return named(s.files.Take(ctx, path, key))
}
