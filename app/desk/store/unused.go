package store

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/files"
)

const (
	unusedAtOnce = 200              // objects in one transaction
	holdFor      = 15 * time.Minute // renewed by who holds
)

// forgotten are objects that no row names. An unfinished upload counts: it may
// be about to find that its content is there.
const forgotten = `NOT EXISTS (SELECT 1 FROM bundles b WHERE b.sha256 = objects.sha256)
	AND NOT EXISTS (SELECT 1 FROM files f WHERE f.sha256 = objects.sha256)
	AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.sha256 = objects.sha256)`

// DropUnused deletes objects that no row names any more, and gives back how
// many. While somebody holds objects, the rows go and the content stays for later.
func (s *Store) DropUnused(ctx context.Context, now time.Time) (int, error) {
	err := s.tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO removals (name) SELECT name FROM objects WHERE `+forgotten+`
			ORDER BY sha256 LIMIT ? ON CONFLICT (name) DO NOTHING`, unusedAtOnce)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM objects WHERE name IN (SELECT name FROM removals)")
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("delete unused objects: %w", err)
	}
	n, err := s.remove(ctx, now)
	if err != nil {
		return n, fmt.Errorf("delete unused objects: %w", err)
	}
	return n, nil
}

// remove deletes the content of what has no row any more. A crash in between does it again.
func (s *Store) remove(ctx context.Context, now time.Time) (n int, err error) {
	var held int
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM holds WHERE until > ?", db.Micros(now)).Scan(&held); err != nil || held > 0 {
		return 0, db.Named(err)
	}
	names, err := s.removals(ctx)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if err := s.files.Remove(ctx, files.Key(name)); err != nil {
			return n, err
		}
		if err := s.tx(ctx, func(tx *db.Tx) error {
			_, err := tx.ExecContext(ctx, "DELETE FROM removals WHERE name = ?", name)
			return err
		}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (s *Store) removals(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT name FROM removals ORDER BY name LIMIT ?", unusedAtOnce)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, db.Named(rows.Err())
}

// Hold keeps the content of all objects, also of those whose rows go, until
// release or for a quarter of an hour; renew begins that anew.
func (s *Store) Hold(ctx context.Context) (renew func(context.Context) error, release func(context.Context) error, err error) {
	name := newID()
	renew = func(ctx context.Context) error {
		return s.tx(ctx, func(tx *db.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO holds (name, until) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET until = excluded.until",
				name, db.Micros(time.Now().Add(holdFor)))
			return err
		})
	}
	release = func(ctx context.Context) error {
		return s.tx(ctx, func(tx *db.Tx) error {
			_, err := tx.ExecContext(ctx, "DELETE FROM holds WHERE name = ? OR until < ?", name, db.Micros(time.Now()))
			return err
		})
	}
	return renew, release, renew(ctx)
}
