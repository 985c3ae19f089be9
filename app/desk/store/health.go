package store

import "context"

// Reach says whether the database answers.
func (s *Store) Reach(ctx context.Context) error {
	var one int
	return s.db.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

// Room says whether the disk takes anything beside the reserve; ErrNoSpace: no.
func (s *Store) Room() error { return s.room(0) }
