package people

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// Local is what a command on the desk's machine does. Whoever may run one is
// trusted; the journal says that it was a command. A desk that runs reads of
// it there and cuts what has to be cut.
type Local struct{ People *kept.People }

var command = api.Actor{Kind: api.ActorDesk, Name: "command"}

// Add makes a member of staff.
func (l Local) Add(ctx context.Context, n api.NewStaff) error {
	hash, err := l.People.HashPassword(ctx, n.Password)
	if err != nil {
		return err
	}
	err = l.People.DB().Tx(ctx, func(tx *db.Tx) error {
		if err := kept.Add(ctx, tx, n, hash, time.Now()); err != nil {
			return err
		}
		return Note(ctx, tx, time.Now(), command, 0, "staff.changed", "staff/"+n.User, map[string]any{"added": true, "roles": n.Roles})
	})
	if errors.Is(err, db.ErrExists) {
		return fmt.Errorf("somebody signs in as %q already", n.User)
	}
	return err
}

// Members are all the staff.
func (l Local) Members(ctx context.Context) ([]api.StaffMember, error) {
	return kept.Members(ctx, l.People.DB())
}

// Change changes a member of staff as they are now.
func (l Local) Change(ctx context.Context, user string, c api.StaffChange) error {
	hash := ""
	if c.Password != nil {
		if !kept.ValidPassword(*c.Password) {
			return &kept.FieldError{Why: "a password has 8 to 256 characters"}
		}
		var err error
		if hash, err = l.People.HashPassword(ctx, *c.Password); err != nil {
			return err
		}
	}
	return l.member(ctx, user, func(tx *db.Tx, m api.StaffMember) error {
		c.Version = m.Version
		if err := kept.Change(ctx, tx, m.User, c, hash); err != nil {
			return err
		}
		if c.Disabled != nil && *c.Disabled || c.Password != nil {
			if err := l.signOut(ctx, tx, m.User); err != nil {
				return err
			}
		}
		return Note(ctx, tx, time.Now(), command, 0, "staff.changed", "staff/"+m.User, changedFields(m, c))
	})
}

// ResetFactors takes somebody's second factors away and signs them out.
func (l Local) ResetFactors(ctx context.Context, user string) error {
	return l.member(ctx, user, func(tx *db.Tx, m api.StaffMember) error {
		if err := kept.ResetFactors(ctx, tx, m.User); err != nil {
			return err
		}
		if err := l.signOut(ctx, tx, m.User); err != nil {
			return err
		}
		return Note(ctx, tx, time.Now(), command, 0, "staff.factors", "staff/"+m.User, map[string]string{"all": "removed"})
	})
}

func (l Local) member(ctx context.Context, user string, fn func(*db.Tx, api.StaffMember) error) error {
	err := l.People.DB().Tx(ctx, func(tx *db.Tx) error {
		m, err := kept.Member(ctx, tx, user)
		if errors.Is(err, db.ErrNotFound) {
			return fmt.Errorf("nobody signs in as %q; \"beistand desk staff list\" says who does", user)
		}
		if err != nil {
			return err
		}
		return fn(tx, m)
	})
	if errors.Is(err, kept.ErrLast) {
		return fmt.Errorf("%w; make another one first", err)
	}
	return err
}

func (l Local) signOut(ctx context.Context, tx *db.Tx, user string) error {
	gone, err := kept.DropSignIns(ctx, tx, user, "", "")
	for _, id := range gone {
		err = errors.Join(err, Note(ctx, tx, time.Now(), command, 0, "token.revoked", "token/"+id, map[string]string{"staff": user}))
	}
	return err
}

// Keys are all keys.
func (l Local) Keys(ctx context.Context) ([]api.Key, error) { return kept.Keys(ctx, l.People.DB()) }

// AddKey makes a key and gives its secret.
func (l Local) AddKey(ctx context.Context, n api.NewKey) (made api.CreatedKey, err error) {
	now := time.Now()
	if err := checkKey(&n, now); err != nil {
		return made, err
	}
	err = l.People.DB().Tx(ctx, func(tx *db.Tx) error {
		made, err = addKey(ctx, tx, n, command, now)
		return err
	})
	return made, err
}

// DropKey makes a key worthless.
func (l Local) DropKey(ctx context.Context, id string) error {
	err := l.People.DB().Tx(ctx, func(tx *db.Tx) error { return dropKey(ctx, tx, id, command, time.Now()) })
	if errors.Is(err, db.ErrNotFound) {
		return fmt.Errorf("there is no key %q; \"beistand desk staff keys list\" names them", id)
	}
	return err
}
