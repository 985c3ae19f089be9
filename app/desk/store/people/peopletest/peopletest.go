// Package peopletest hires staff for tests, whose passwords cost nothing to check.
package peopletest

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"golang.org/x/crypto/argon2"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/people"
)

// Hire makes members of staff. Their passwords are right or wrong as anybody's.
// One whose name is taken is db.ErrExists.
func Hire(ctx context.Context, d *db.DB, staff ...api.NewStaff) error {
	return d.Tx(ctx, func(tx *db.Tx) error {
		for _, n := range staff {
			hash := ""
			if n.Password != "" {
				hash = quick(n.Password)
			}
			if err := people.Add(ctx, tx, n, hash, time.Now()); err != nil {
				return fmt.Errorf("hire %q: %w", n.User, err)
			}
		}
		return nil
	})
}

// quick is a hash with argon2id's least cost: a real one takes a good part of
// a second under the race detector.
func quick(password string) string {
	salt := []byte("salt of a test..")
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=8,t=1,p=1$%s$%s", argon2.Version, b64(salt), b64(argon2.IDKey([]byte(password), salt, 1, 8, 1, 32)))
}
