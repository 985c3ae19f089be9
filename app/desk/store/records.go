package store

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Record reads a session's record; nothing is a record that has not begun.
func (s *Store) Record(ctx context.Context, session string) ([]byte, error) {
	text, err := pieces(ctx, s.db, session)
	if err != nil {
		return nil, fmt.Errorf("read record of session: %w", err)
	}
	return text, nil
}

// AppendRecord puts more behind the first at bytes of a session's record, all
// of it or nothing. by brought it now. ErrConflict: it has grown since it was read.
func (s *Store) AppendRecord(ctx context.Context, session string, by api.Actor, now time.Time, at int, more []byte) error {
	if err := s.room(int64(len(more))); err != nil {
		return err
	}
	err := s.tx(ctx, func(tx *db.Tx) error {
		var have int
		err := tx.QueryRowContext(ctx, "SELECT coalesce(sum(length(piece)), 0) FROM records WHERE session = ?", session).Scan(&have)
		if err != nil {
			return err
		}
		if have != at {
			return ErrConflict
		}
		if _, err = tx.ExecContext(ctx, "INSERT INTO records (session, position, piece) VALUES (?, ?, ?)", session, at, more); err != nil {
			return err
		}
		var ticket int64
		if err := tx.QueryRowContext(ctx, "SELECT ticket FROM sessions WHERE id = ?", session).Scan(&ticket); err != nil {
			return err
		}
		return note(ctx, tx, now, by, ticket, RecordAdded, "session/"+session, NotedRecord{At: at, Bytes: len(more)})
	})
	if err != nil {
		return fmt.Errorf("append to record of session: %w", err)
	}
	return nil
}

func pieces(ctx context.Context, q db.Querier, session string) ([]byte, error) {
	rows, err := q.QueryContext(ctx, "SELECT piece FROM records WHERE session = ? ORDER BY position", session)
	if err != nil {
		return nil, db.Named(err)
	}
	defer rows.Close()
	var text []byte
	for rows.Next() {
		var piece []byte
		if err := rows.Scan(&piece); err != nil {
			return nil, db.Named(err)
		}
		text = append(text, piece...)
	}
	return text, db.Named(rows.Err())
}
