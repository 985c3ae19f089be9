package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/people/totp"
	"github.com/beistand/beistand/app/desk/store/db"
	keep "github.com/beistand/beistand/app/desk/store/people"
)

// TestSealed holds that the database alone gives nobody a second factor: secrets
// are sealed there, those from before are sealed at the start, and without the desk's
// secret they are no use, which is said.
func TestSealed(t *testing.T) {
	h := open(t)
	secret, recovery := enrolled(t, h)
	read := func(h *house) (of keep.TOTP) {
		t.Helper()
		of, err := keep.TOTPOf(t.Context(), h.store.DB(), "sam")
		if err != nil {
			t.Fatal(err)
		}
		return of
	}
	if kept := read(h); !totp.IsSealed(kept.Secret) || strings.Contains(kept.Secret, secret) {
		t.Errorf("kept as %q", kept.Secret)
	}
	signIn := func(h *house) error {
		h.clock.pass(totp.Period)
		c, s := half(t, h, api.FactorTOTP, api.FactorRecovery)
		_, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: code(t, h, secret)})
		return err
	}
	at := func(c *Config) { c.Dir = h.cfg.Dir }

	// As an earlier desk kept it.
	err := h.store.DB().Tx(t.Context(), func(tx *db.Tx) error {
		return keep.SetTOTP(t.Context(), tx, "sam", keep.TOTP{Secret: secret, Pending: totp.NewSecret()})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	again := reopen(t, h, at)
	if kept := read(again); !totp.IsSealed(kept.Secret) || !totp.IsSealed(kept.Pending) || kept.Pending == "" {
		t.Errorf("from before: %+v", kept)
	}
	if err := signIn(again); err != nil {
		t.Errorf("from before: %v", err)
	}
	if err := again.stop(); err != nil {
		t.Fatal(err)
	}

	if err := os.Remove(filepath.Join(h.cfg.Dir, secretFile)); err != nil {
		t.Fatal(err)
	}
	stranger := reopen(t, h, at)
	if err := signIn(stranger); client.KindOf(err) != api.KindGone {
		t.Errorf("under another secret: %v", err)
	}
	c, s := half(t, stranger, api.FactorTOTP, api.FactorRecovery)
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Recovery: recovery[0]}); err != nil {
		t.Errorf("a recovery code under another secret: %v", err)
	}
}
