package people

import (
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/people/totp"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// enrolTOTP shows a secret, once. It counts after confirmTOTP; until then an older one does.
func (p *People) enrolTOTP(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	secret := totp.NewSecret()
	uri := totp.URI(p.Organisation, c.Staff.Name, secret)
	code, err := totp.NewQR(uri)
	if err != nil {
		return err
	}
	err = p.tx(r.Context(), func(tx *db.Tx) error {
		t, err := kept.TOTPOf(r.Context(), tx, c.Staff.Name)
		if err != nil {
			return err
		}
		t.Pending = p.seals.Seal(c.Staff.Name, secret)
		return kept.SetTOTP(r.Context(), tx, c.Staff.Name, t)
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.TOTPEnrolment{Secret: secret, URI: uri, QRSize: code.Size, QRPath: code.Path, QRPNG: code.PNG})
}

// confirmTOTP makes the secret that was shown count and gives recovery codes with it.
func (p *People) confirmTOTP(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.TOTPConfirm
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	now := p.Now()
	if wait, ok := p.seconds.Take(c.Staff.Name, now); !ok {
		return reply.TooMany("wrong codes were tried for this name many times in a short time", wait)
	}
	var codes []string
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		t, err := kept.TOTPOf(r.Context(), tx, c.Staff.Name)
		if err != nil {
			return err
		}
		if t.Pending == "" {
			return reply.Refuse(http.StatusConflict, api.KindConflict, "no secret was asked for, or it counts already")
		}
		pending, err := p.opened(c.Staff.Name, t.Pending)
		if err != nil {
			return err
		}
		step, ok := totp.Check(pending, in.Code, 0, now)
		if !ok {
			return reply.Invalid("the code is not this secret's; is the clock of the device right?")
		}
		if err := kept.SetTOTP(r.Context(), tx, c.Staff.Name, kept.TOTP{Secret: p.seals.Seal(c.Staff.Name, pending), Step: step}); err != nil {
			return err
		}
		if codes, err = p.recovery(r, tx, c.Staff.Name); err != nil {
			return err
		}
		return p.note(r.Context(), tx, c.Actor(), "staff.factors", "staff/"+c.Staff.Name, map[string]string{"totp": "added"})
	})
	if err != nil {
		return err
	}
	p.seconds.Give(c.Staff.Name, now)
	return reply.JSON(w, http.StatusOK, api.RecoveryCodeList{Codes: codes})
}

// dropTOTP takes the authenticator away, and the recovery codes with the last factor.
func (p *People) dropTOTP(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		if err := kept.SetTOTP(r.Context(), tx, c.Staff.Name, kept.TOTP{}); err != nil {
			return err
		}
		keys, err := kept.Passkeys(r.Context(), tx, c.Staff.Name)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			if err := kept.SetRecovery(r.Context(), tx, c.Staff.Name, nil); err != nil {
				return err
			}
		}
		return p.note(r.Context(), tx, c.Actor(), "staff.factors", "staff/"+c.Staff.Name, map[string]string{"totp": "removed"})
	})
	if err != nil {
		return err
	}
	return done(w)
}

// newRecovery gives new codes in place of the old ones.
func (p *People) newRecovery(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var codes []string
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		of, err := kept.Member(r.Context(), tx, c.Staff.Name)
		if err != nil {
			return err
		}
		if !of.Factors.TOTP && len(of.Factors.Passkeys) == 0 {
			return reply.Refuse(http.StatusConflict, api.KindConflict, "there is no second factor that codes could stand in for")
		}
		if codes, err = p.recovery(r, tx, c.Staff.Name); err != nil {
			return err
		}
		return p.note(r.Context(), tx, c.Actor(), "staff.factors", "staff/"+c.Staff.Name, map[string]string{"recovery": "made"})
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.RecoveryCodeList{Codes: codes})
}

func (p *People) recovery(r *http.Request, tx *db.Tx, name string) ([]string, error) {
	codes := totp.NewRecovery(api.RecoveryCodes)
	plain := make([]string, len(codes))
	for i, code := range codes {
		plain[i] = totp.PlainRecovery(code)
	}
	return codes, kept.SetRecovery(r.Context(), tx, name, plain)
}
