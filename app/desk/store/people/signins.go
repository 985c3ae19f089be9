package people

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Kinds of sign-ins that are under way.
const (
	SecondFactor = "second"   // the password was right
	PasskeyAlone = "passkey"  // a passkey was asked for, whoever's
	NewPasskey   = "register" // a passkey was asked to be made
	AtProvider   = "oidc"     // somebody was sent to the OpenID provider
	AtScreen     = "screen"   // somebody who is signed in goes on to look at a screen
)

// maxTries is how often a second factor may be wrong before one begins anew.
const maxTries = 5

// SignIn is one that is under way.
type SignIn struct {
	Kind, Staff string
	State       []byte
}

// Begin keeps a sign-in and gives the secret that goes on with it.
func Begin(ctx context.Context, tx *db.Tx, s SignIn, expires time.Time) (string, error) {
	secret, hash := newSecret("")
	_, err := tx.ExecContext(ctx, "INSERT INTO signins (hash, kind, staff, state, expires) VALUES (?, ?, ?, ?, ?)",
		hash, s.Kind, sql.NullString{String: s.Staff, Valid: s.Staff != ""}, append([]byte{}, s.State...), db.Micros(expires))
	return secret, err
}

// Finish takes a sign-in away, since it can be gone on with once; db.ErrNotFound
// when there is none of that kind with that secret, or no longer.
func Finish(ctx context.Context, tx *db.Tx, kind, secret string, now time.Time) (SignIn, error) {
	s := SignIn{Kind: kind}
	var staff sql.NullString
	err := tx.QueryRowContext(ctx, "DELETE FROM signins WHERE hash = ? AND kind = ? AND expires > ? RETURNING staff, state",
		Hash(secret), kind, db.Micros(now)).Scan(&staff, &s.State)
	s.Staff = staff.String
	return s, db.Named(err)
}

// Try counts a try at a second factor and says whose; db.ErrNotFound when there
// were too many. A right one calls Finish.
func Try(ctx context.Context, tx *db.Tx, secret string, now time.Time) (SignIn, error) {
	s := SignIn{Kind: SecondFactor}
	var staff sql.NullString
	err := tx.QueryRowContext(ctx, `UPDATE signins SET tries = tries + 1 WHERE hash = ? AND kind = ? AND expires > ? AND tries < ?
		RETURNING staff, state`, Hash(secret), SecondFactor, db.Micros(now), maxTries).Scan(&staff, &s.State)
	s.Staff = staff.String
	return s, db.Named(err)
}

// ByProvider is the member of staff with that subject at the OpenID provider,
// else the one without any whose address this is; db.ErrNotFound when there is
// none, or several have the address.
func ByProvider(ctx context.Context, q db.Querier, subject, email string) (api.StaffMember, error) {
	name := ""
	err := db.Named(q.QueryRowContext(ctx, "SELECT name FROM staff WHERE subject = ?", subject).Scan(&name))
	if errors.Is(err, db.ErrNotFound) && email != "" {
		err = db.Named(q.QueryRowContext(ctx, `SELECT min(name) FROM staff WHERE lower(email) = lower(?) AND subject = ''
			HAVING count(*) = 1`, email).Scan(&name))
	}
	if err != nil {
		return api.StaffMember{}, err
	}
	return Member(ctx, q, name)
}
