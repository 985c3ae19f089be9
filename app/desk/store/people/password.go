package people

import (
	"context"
	"errors"
	"fmt"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// ErrPassword is a wrong name or password; which of the two is not told.
var ErrPassword = errors.New("wrong name or password")

// HashPassword is what is kept of a password; "" for none.
func (p *People) HashPassword(ctx context.Context, password string) (string, error) {
	if password == "" {
		return "", nil
	}
	if err := p.known.take(ctx); err != nil {
		return "", err
	}
	defer p.known.leave()
	return hashPassword(password), nil
}

// SetPassword keeps the hash of a new one.
func SetPassword(ctx context.Context, tx *db.Tx, name, hash string) error {
	return db.One(tx.ExecContext(ctx, "UPDATE staff SET password = ? WHERE name = ?", hash, name))
}

// CheckPassword gives the member of staff whose name and password these are,
// or ErrPassword. An unknown name, one without a password and one who is
// disabled take as long as a wrong password. stranger is whoever nobody of that
// name has come like before; they wait for one another.
func (p *People) CheckPassword(ctx context.Context, name, password string, stranger bool) (Staff, error) {
	who, hash, disabled, err := p.byName(ctx, name)
	known := err == nil && hash != "" && !disabled
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return Staff{}, fmt.Errorf("look up staff: %w", err)
	}
	if !known {
		hash = nobody()
	}
	if len([]rune(password)) > api.MaxPasswordSize {
		password, known = "", false
	}
	slots := p.known
	if stranger {
		slots = p.hashes
	}
	if err := slots.take(ctx); err != nil {
		return Staff{}, err
	}
	defer slots.leave()
	right, err := checkPassword(hash, password)
	if err != nil {
		return Staff{}, fmt.Errorf("check password: %w", err)
	}
	if !right || !known {
		return Staff{}, ErrPassword
	}
	return who, nil
}

func (s slots) take(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slots) leave() { <-s }

func (p *People) byName(ctx context.Context, name string) (who Staff, hash string, disabled bool, err error) {
	var roles string
	err = p.db.QueryRowContext(ctx, "SELECT name, display_name, roles, language, password, disabled FROM staff WHERE name = ?", name).
		Scan(&who.Name, &who.DisplayName, &roles, &who.Language, &hash, &disabled)
	who.Roles = unwords[api.Role](roles)
	return who, hash, disabled, db.Named(err)
}

// ByName is a member of staff who may sign in; db.ErrNotFound when there is
// none of that name, or they are disabled.
func (p *People) ByName(ctx context.Context, name string) (Staff, error) {
	who, _, disabled, err := p.byName(ctx, name)
	if err == nil && disabled {
		err = db.ErrNotFound
	}
	return who, err
}
