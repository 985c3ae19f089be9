package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Role is what a member of staff may do.
type Role string

// The roles. An Admin may also end other people's sessions.
const (
	Supporter Role = "supporter"
	Admin     Role = "admin"
)

// MinPassword is a password's least length in characters (OWASP ASVS 5, 6.2.1); MaxPassword bounds the hashing.
const (
	MinPassword = 8
	MaxPassword = 256
)

// AddStaff makes a member of staff who can sign in with password. Names are
// told apart without upper and lower case; one that is taken is ErrExists.
func (s *Store) AddStaff(ctx context.Context, name, displayName string, role Role, password string) error {
	switch {
	case !validName(name):
		return fmt.Errorf("add staff %q: a name has 1 to 64 characters and no spaces", name)
	case strings.TrimSpace(displayName) == "" || utf8.RuneCountInString(displayName) > 200:
		return fmt.Errorf("add staff %q: the name that customers are shown has 1 to 200 characters", name)
	case role != Supporter && role != Admin:
		return fmt.Errorf("add staff %q: role %q is not supporter or admin", name, role)
	case utf8.RuneCountInString(password) < MinPassword || utf8.RuneCountInString(password) > MaxPassword:
		return fmt.Errorf("add staff %q: a password has %d to %d characters", name, MinPassword, MaxPassword)
	}
	hash := hashPassword(password)
	err := s.tx(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO staff (name, display_name, role, password, created) VALUES (?, ?, ?, ?, ?)",
			name, strings.TrimSpace(displayName), role, hash, db.Micros(time.Now()))
		if db.Unique(err) {
			return ErrExists
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("add staff %q: %w", name, err)
	}
	return nil
}

// roles are what a kept role means.
func roles(r Role) []api.Role {
	if r == Admin {
		return []api.Role{api.RoleStaff, api.RoleAdministrator}
	}
	return []api.Role{api.RoleStaff}
}

func validName(name string) bool {
	if name == "" || utf8.RuneCountInString(name) > 64 || !utf8.ValidString(name) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
}

// CheckPassword gives the member of staff whose name and password these are,
// or ErrPassword. An unknown name takes as long as a wrong password.
func (s *Store) CheckPassword(ctx context.Context, name, password string) (Staff, error) {
	dummy := nobody()
	var who Staff
	var role Role
	var hash string
	err := s.db.QueryRowContext(ctx, "SELECT name, display_name, role, password FROM staff WHERE name = ?", name).
		Scan(&who.Name, &who.DisplayName, &role, &hash)
	who.Roles = roles(role)
	known := err == nil
	if errors.Is(err, sql.ErrNoRows) {
		hash, err = dummy, nil
	}
	if err != nil {
		return Staff{}, fmt.Errorf("look up staff: %w", db.Named(err))
	}
	if utf8.RuneCountInString(password) > MaxPassword {
		password, known = "", false
	}
	select {
	case s.hashes <- struct{}{}:
		defer func() { <-s.hashes }()
	case <-ctx.Done():
		return Staff{}, ctx.Err()
	}
	right, err := checkPassword(hash, password)
	if err != nil {
		return Staff{}, fmt.Errorf("check password: %w", err)
	}
	if !right || !known {
		return Staff{}, ErrPassword
	}
	return who, nil
}
