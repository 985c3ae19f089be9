package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

// Restored says what is there again.
type Restored struct {
	Head    Head
	Rows    int64 // in all tables
	Objects int   // attachments
	Bytes   int64 // of them

	Missing []string // attachments that were not there when the backup was made
	Journal error    // nil: its chain holds; else it was broken in the backup already
}

// Restore makes a desk of a backup. The desk has to be empty and must not run.
// Everything is read and checked first; then all rows come in one transaction,
// which ends with the desk's small files: the desk is the backup's or has
// nothing but its secrets, whatever happens in between, and can be restored again.
func Restore(ctx context.Context, c Config, from io.Reader) (r Restored, err error) {
	stage, err := os.MkdirTemp(c.Dir, "restore-")
	if err != nil {
		return r, fmt.Errorf("restore: %w", err)
	}
	defer func() {
		if rerr := os.RemoveAll(stage); rerr != nil {
			err = errors.Join(err, fmt.Errorf("restore: %w", rerr))
		}
	}()
	d := c.Store.DB()
	if err := empty(ctx, d); err != nil {
		return r, fmt.Errorf("restore: %w", err)
	}
	rd := &reader{stage: stage, place: c.Store.Files()}
	defer func() {
		// What came is of no use, and in nobody's way if it stays. Rows that are there after all have it.
		if done := context.WithoutCancel(ctx); err != nil && empty(done, d) == nil {
			for _, o := range rd.objects {
				_ = rd.place.Remove(done, o.key)
			}
		}
	}()
	version := int64(0)
	err = d.View(ctx, func(tx *db.Tx) (err error) { version, err = schema(ctx, tx); return err })
	if err == nil {
		err = rd.read(ctx, from, version)
	}
	if err == nil {
		err = load(ctx, d, rd, func() error { return rd.desk(c.Dir) })
	}
	if err != nil {
		return r, fmt.Errorf("restore: %w", err)
	}
	r.Head, r.Missing = rd.head, rd.m.Missing
	for _, n := range rd.m.Rows {
		r.Rows += n
	}
	for _, o := range rd.objects {
		r.Objects++
		r.Bytes += o.size
	}
	j, err := journal.New(ctx, journal.Config{DB: d})
	if err != nil {
		return r, fmt.Errorf("restore: look at the journal: %w", err)
	}
	_, r.Journal = j.Verify(ctx)
	return r, nil
}

// desk writes the small files of the desk's folder.
func (r *reader) desk(dir string) error {
	for _, name := range r.extra {
		text, err := os.ReadFile(filepath.Join(r.stage, dirDesk, name))
		if err != nil {
			return err
		}
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		_, err = f.Write(text)
		if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// empty says with ErrNotEmpty that a desk has been at work here.
func empty(ctx context.Context, d *db.DB) error {
	return d.View(ctx, func(tx *db.Tx) error { return emptyIn(ctx, tx) })
}

func emptyIn(ctx context.Context, tx *db.Tx) error {
	for _, t := range []string{"tickets", "staff", "journal", "bundles", "files", "objects"} {
		var n int64
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+t).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("%w: it has %d %s", ErrNotEmpty, n, t)
		}
	}
	return nil
}

// checkObjects says whether every attachment that a row names came, and every
// object is where its row says.
func checkObjects(ctx context.Context, tx *db.Tx, came []object, without []string) error {
	var missing int64
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT sha256 FROM bundles UNION SELECT sha256 FROM files) AS named
		WHERE NOT EXISTS (SELECT 1 FROM objects o WHERE o.sha256 = named.sha256)`).Scan(&missing)
	if err != nil {
		return err
	}
	if missing > 0 {
		return fmt.Errorf("%w: %d attachments are on tickets and not kept", ErrDamaged, missing)
	}
	rows, err := objectsIn(ctx, tx)
	if err != nil {
		return err
	}
	sizes := make(map[files.Key]int64, len(came))
	for _, o := range came {
		sizes[o.key] = o.size
	}
	for _, o := range rows {
		if slices.Contains(without, string(o.key)) {
			continue
		}
		if n, is := sizes[o.key]; !is || n != o.size {
			return fmt.Errorf("%w: attachment %s is missing", ErrDamaged, o.key)
		}
	}
	if len(rows) != len(came)+len(without) {
		return fmt.Errorf("%w: %d attachments came, %d are wanted", ErrDamaged, len(came), len(rows))
	}
	return nil
}
