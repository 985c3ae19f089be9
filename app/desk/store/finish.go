package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

// Also is done in the transaction that makes an upload a bundle or a file; it may run again.
type Also func(ctx context.Context, tx *db.Tx, u Upload) error

// FinishUpload turns an upload whose every byte is there into a bundle or a
// file, and does also with it (nil: nothing). Content that is not what was
// announced is deleted and a *HashError.
//
// The content comes first to where it stays and the database follows, so that a
// crash in between leaves an object that Recover, or the next look at the
// upload, knows.
func (s *Store) FinishUpload(ctx context.Context, u Upload, now time.Time, also Also) error {
	if err := s.finish(context.WithoutCancel(ctx), u, now, also); err != nil {
		return fmt.Errorf("finish upload: %w", err)
	}
	return nil
}

func (s *Store) finish(ctx context.Context, u Upload, now time.Time, also Also) error {
	if u.Offset != u.Size || u.Done || !validID(u.ID) {
		return fmt.Errorf("%d of %d bytes are there: %w", u.Offset, u.Size, ErrConflict)
	}
	h, err := s.digest(ctx, u)
	if err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != u.SHA256 {
		return errors.Join(&HashError{Got: got, Want: u.SHA256}, s.DropUpload(ctx, u.ID), s.files.Drop(ctx, u.ID, u.parts))
	}
	key, err := files.NewKey(u.SHA256, u.ID)
	if err != nil {
		return err
	}
	have, err := objectOf(ctx, s.db, u.SHA256)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	placed := errors.Is(err, ErrNotFound)
	if placed {
		err = s.files.Assemble(ctx, u.ID, u.parts, key)
		if err != nil && !(errors.Is(err, fs.ErrNotExist) && s.isPlaced(ctx, u, key)) {
			return named(err)
		}
		have = key
	}
	used, err := s.record(ctx, u, have, placed, now, also)
	if errors.Is(err, errObjectGone) { // it was deleted just now, with its last name
		if err := s.files.Assemble(ctx, u.ID, u.parts, key); err != nil {
			return named(err)
		}
		placed = true
		used, err = s.record(ctx, u, key, placed, now, also)
	}
	if err != nil {
		return err // the object waits where it is: the next HEAD or a restart tries again
	}
	// What is left over now is only in the way; Recover finds it, too.
	if placed && used != key {
		_ = s.files.Remove(ctx, key)
	}
	_ = s.files.Drop(ctx, u.ID, u.parts)
	return nil
}

// isPlaced says whether u's content was verified and placed before a crash.
func (s *Store) isPlaced(ctx context.Context, u Upload, key files.Key) bool {
	n, err := s.files.Size(ctx, key)
	return err == nil && n == u.Size
}

var errObjectGone = errors.New("the object is gone")

// record makes the upload's row a bundle's or a file's, over the object at key,
// and says which object holds the content: another desk may have been faster.
func (s *Store) record(ctx context.Context, u Upload, key files.Key, placed bool, now time.Time, also Also) (files.Key, error) {
	scan := ""
	if s.scans {
		scan = string(api.ScanWaiting)
	}
	var used files.Key
	err := s.tx(ctx, func(tx *db.Tx) (err error) {
		if err := db.One(tx.ExecContext(ctx, "DELETE FROM uploads WHERE id = ?", u.ID)); err != nil {
			return err
		}
		if placed {
			if _, err := tx.ExecContext(ctx, "INSERT INTO objects (sha256, name, size, created) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
				u.SHA256, string(key), u.Size, db.Micros(now)); err != nil {
				return err
			}
		}
		if used, err = objectOf(ctx, tx, u.SHA256); errors.Is(err, ErrNotFound) {
			return errObjectGone
		}
		if err != nil {
			return err
		}
		if err := errors.Join(insertKept(ctx, tx, u, scan, now), touch(ctx, tx, u.Ticket, now)); err != nil || also == nil {
			return err
		}
		return also(ctx, tx, u)
	})
	if errors.Is(err, ErrNotFound) { // another desk has finished it
		if done, derr := s.Upload(ctx, u.ID); derr == nil && done.Done {
			return objectOf(ctx, s.db, u.SHA256)
		}
	}
	return used, err
}

func insertKept(ctx context.Context, tx *db.Tx, u Upload, scan string, now time.Time) error {
	if u.Kind == api.UploadFile {
		_, err := tx.ExecContext(ctx, `INSERT INTO files (id, ticket, name, type, size, sha256, metadata, used, public, scan, created)
			VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`, u.ID, u.Ticket, u.Name, u.Type, u.Size, u.SHA256, u.Metadata, scan, db.Micros(now))
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO bundles (id, ticket, name, size, sha256, metadata, scan, created)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, u.ID, u.Ticket, u.Name, u.Size, u.SHA256, u.Metadata, scan, db.Micros(now))
	return err
}

// objectOf is where content of that hash lies; ErrNotFound: nowhere.
func objectOf(ctx context.Context, q db.Querier, sha256 string) (files.Key, error) {
	var name string
	err := q.QueryRowContext(ctx, "SELECT name FROM objects WHERE sha256 = ?", sha256).Scan(&name)
	return files.Key(name), db.Named(err)
}

// Placed finishes an upload whose content was placed before a crash, however
// far its row is, and says whether it was one.
func (s *Store) Placed(ctx context.Context, u Upload, now time.Time, also Also) (bool, error) {
	key, err := files.NewKey(u.SHA256, u.ID)
	if err != nil || u.Done || !s.isPlaced(ctx, u, key) {
		return false, nil
	}
	used, err := s.record(ctx, u, key, true, now, also)
	if err != nil {
		return false, fmt.Errorf("finish upload: %w", err)
	}
	if used != key {
		_ = s.files.Remove(ctx, key)
	}
	_ = s.files.Drop(ctx, u.ID, u.parts)
	return true, nil
}
