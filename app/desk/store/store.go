// Package store keeps the desk's tickets in SQLite and their files in folders beside it.
package store

import "context"

// Store is an open database with its folders.
type Store struct{}

// Options are a store's seams; the zero value is the real disk.
type Options struct{}

// Open opens or makes the store in dir.
func Open(ctx context.Context, dir string, o Options) (*Store, error) { return &Store{}, nil }

// Close closes the database.
func (s *Store) Close() error { return nil }

// AddStaff makes a member of staff who can sign in with password.
func (s *Store) AddStaff(ctx context.Context, name, displayName string, role Role, password string) error {
	return nil
}

// Role is what a member of staff may do.
type Role string

// The roles.
const (
	Supporter Role = "supporter"
	Admin     Role = "admin"
)
