package people

import (
	"errors"
	"net/http"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/people/totp"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

func (p *People) me(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	of, err := kept.Member(r.Context(), p.People.DB(), c.Staff.Name)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.Me{
		User: of.User, Name: of.Name, Organisation: p.Organisation, Email: of.Email, Roles: of.Roles, Language: of.Language,
		Fresh: p.Now().Sub(c.Confirmed) <= api.FreshFor, Factors: *of.Factors,
	})
}

// changeMe changes what customers are shown of somebody, and their language.
func (p *People) changeMe(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.MeChange
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	if in.Email != nil && p.Now().Sub(c.Confirmed) > api.FreshFor {
		return reply.Stale()
	}
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		of, err := kept.Member(r.Context(), tx, c.Staff.Name)
		if err != nil {
			return err
		}
		if in.Email != nil && *in.Email != of.Email && p.OIDC != nil && of.Subject == "" {
			return reply.Invalid("whom the OpenID provider knows by this address would be signed in as you; please ask an administrator to change it")
		}
		change := api.StaffChange{Version: of.Version, Name: in.Name, Language: in.Language, Email: in.Email}
		if err := kept.Change(r.Context(), tx, of.User, change, ""); err != nil {
			return err
		}
		return p.note(r.Context(), tx, c.Actor(), "staff.edited", "staff/"+of.User, changedFields(of, change))
	})
	if err != nil {
		return err
	}
	return p.me(w, r, c)
}

// newPassword changes one's own password and signs out everywhere else.
func (p *People) newPassword(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.NewPassword
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	if !kept.ValidPassword(in.Password) {
		return reply.Invalid("a password has %d to %d characters", api.MinPasswordSize, api.MaxPasswordSize)
	}
	if err := p.checkOwn(r, c, in.Current); err != nil {
		return err
	}
	hash, err := p.People.HashPassword(r.Context(), in.Password)
	if err != nil {
		return err
	}
	err = p.tx(r.Context(), func(tx *db.Tx) error {
		if err := kept.SetPassword(r.Context(), tx, c.Staff.Name, hash); err != nil {
			return err
		}
		if err := p.drop(r.Context(), tx, c.Actor(), c.Staff.Name, "", c.ID); err != nil {
			return err
		}
		return p.note(r.Context(), tx, c.Actor(), "staff.factors", "staff/"+c.Staff.Name, map[string]string{"password": "changed"})
	})
	if err != nil {
		return err
	}
	return done(w)
}

// checkOwn looks at the password of the one who is signed in already. Whoever
// tries their name without being signed in uses up none of their tries.
func (p *People) checkOwn(r *http.Request, c gate.Caller, password string) error {
	now, account := p.Now(), strings.ToLower(c.Staff.Name)+" signed in"
	if wait, ok := p.accounts.Take(account, now); !ok {
		return reply.TooMany("this name was tried many times in a short time", wait)
	}
	_, err := p.People.CheckPassword(r.Context(), c.Staff.Name, password, false)
	if errors.Is(err, kept.ErrPassword) {
		p.refused(c.Staff.Name, "confirm", p.From(r))
		return reply.Refuse(http.StatusForbidden, api.KindForbidden, "the password is wrong")
	}
	if err == nil {
		p.accounts.Give(account, now)
	}
	return err
}

// confirm makes a sign-in fresh again.
func (p *People) confirm(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var in api.Confirm
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	ctx, now := r.Context(), p.Now()
	if in.Password != "" {
		if err := p.checkOwn(r, c, in.Password); err != nil {
			return err
		}
	} else if wait, ok := p.seconds.Take(c.Staff.Name, now); !ok {
		return reply.TooMany("wrong codes were tried for this name many times in a short time", wait)
	}
	err := p.tx(ctx, func(tx *db.Tx) error {
		var err error
		switch {
		case in.Password != "":
		case in.Code != "":
			err = p.useCode(ctx, tx, c.Staff.Name, in.Code)
		default:
			err = kept.UseRecovery(ctx, tx, c.Staff.Name, totp.PlainRecovery(in.Recovery))
		}
		if err != nil {
			return err
		}
		return kept.Confirm(ctx, tx, c.Token, now)
	})
	if errors.Is(err, db.ErrNotFound) {
		p.refused(c.Staff.Name, "confirm", p.From(r))
		return reply.Refuse(http.StatusForbidden, api.KindForbidden, "the code is wrong, or was used already")
	}
	if err != nil {
		return err
	}
	p.seconds.Give(c.Staff.Name, now)
	return done(w)
}
