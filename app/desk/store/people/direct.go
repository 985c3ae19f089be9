package people

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// AddStaff makes a member of staff, as a command on the desk's machine does.
func (p *People) AddStaff(ctx context.Context, n api.NewStaff) error {
	if err := check(n); err != nil {
		return fmt.Errorf("add staff %q: %w", n.User, err)
	}
	hash, err := p.HashPassword(ctx, n.Password)
	if err != nil {
		return err
	}
	if err := p.db.Tx(ctx, func(tx *db.Tx) error { return Add(ctx, tx, n, hash, time.Now()) }); err != nil {
		return fmt.Errorf("add staff %q: %w", n.User, err)
	}
	return nil
}

// AddStaffToken signs a member of staff in past everything that is asked for otherwise.
func (p *People) AddStaffToken(ctx context.Context, name string, now, expires time.Time) (token string, err error) {
	err = p.db.Tx(ctx, func(tx *db.Tx) (err error) {
		token, err = AddToken(ctx, tx, name, SignedIn{How: "desk"}, now, expires)
		return err
	})
	return token, err
}
