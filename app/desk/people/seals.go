package people

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/people/totp"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// opened is an authenticator's secret.
func (p *People) opened(name, secret string) (string, error) {
	plain, err := p.seals.Open(name, secret)
	if err != nil {
		return "", reply.Refuse(http.StatusGone, api.KindGone, "this desk has another secret than when your authenticator was set up; use a recovery code or a passkey, and set it up anew")
	}
	return plain, nil
}

// Seal seals the secrets that were kept before there were seals, and says of
// those that do not open whose they are. It runs once, at the desk's start.
func (p *People) Seal(ctx context.Context) error {
	var lost []string
	err := p.People.DB().Tx(ctx, func(tx *db.Tx) error {
		lost = nil
		all, err := kept.TOTPs(ctx, tx)
		if err != nil {
			return err
		}
		for name, t := range all {
			secret, err := p.seals.Open(name, t.Secret)
			if err != nil {
				lost = append(lost, name)
				continue
			}
			if totp.IsSealed(t.Secret) && totp.IsSealed(t.Pending) {
				continue
			}
			pending, err := p.seals.Open(name, t.Pending)
			if err != nil {
				pending = "" // it is shown anew
			}
			t.Secret, t.Pending = p.seals.Seal(name, secret), p.seals.Seal(name, pending)
			if err := kept.SetTOTP(ctx, tx, name, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("seal second factors: %w", err)
	}
	if slices.Sort(lost); len(lost) > 0 {
		p.Log.Printf("the authenticators of %s were set up under another secret of the desk; they have to be set up anew", strings.Join(lost, ", "))
	}
	return nil
}
