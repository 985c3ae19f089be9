package store

import (
	"context"
	"fmt"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Unscanned are contents that wait for the scanner, by their SHA-256 in hex, the oldest first.
func (s *Store) Unscanned(ctx context.Context, limit int) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT sha256 FROM (SELECT sha256, created FROM bundles WHERE scan = 'waiting'
		UNION ALL SELECT sha256, created FROM files WHERE scan = 'waiting') AS both_kinds GROUP BY sha256 ORDER BY min(created) LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("list what is to be scanned: %w", db.Named(err))
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var sum string
		if err := rows.Scan(&sum); err != nil {
			return nil, fmt.Errorf("list what is to be scanned: %w", err)
		}
		all = append(all, sum)
	}
	return all, db.Named(rows.Err())
}

// Scanned keeps what the scanner says of a content, wherever it waits for that.
func (s *Store) Scanned(ctx context.Context, sha256 string, verdict api.Scan) error {
	err := s.tx(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"bundles", "files"} {
			if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET scan = ? WHERE sha256 = ? AND scan = 'waiting'", string(verdict), sha256); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep the scanner's word: %w", err)
	}
	return nil
}

// ScanAgain has everything wait again that the scanner could not say anything of.
func (s *Store) ScanAgain(ctx context.Context) error {
	err := s.tx(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"bundles", "files"} {
			if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET scan = 'waiting' WHERE scan = 'failed'"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("scan again: %w", err)
	}
	return nil
}
