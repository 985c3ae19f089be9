package people

import (
	"context"
	"errors"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/people/passkey"
	"github.com/beistand/beistand/app/desk/people/totp"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

var errSecond = reply.Refuse(http.StatusUnauthorized, api.KindUnauthorized, "the second factor is wrong, or the sign-in took too long; please sign in again")

// needs is what a password alone does not do for.
func (p *People) needs(f api.Factors) []string {
	var needs []string
	if f.TOTP {
		needs = append(needs, api.FactorTOTP)
	}
	if len(f.Passkeys) > 0 && p.passkeys != nil {
		needs = append(needs, api.FactorPasskey)
	}
	if len(needs) > 0 && f.Recovery > 0 {
		needs = append(needs, api.FactorRecovery)
	}
	return needs
}

// askSecond answers a right password with what else is needed.
func (p *People) askSecond(w http.ResponseWriter, r *http.Request, who kept.Staff, needs []string) error {
	expires := p.Now().Add(api.PendingFor)
	out := api.SignedIn{User: who.Name, Organisation: p.Organisation, Expires: expires.UTC(), Needs: needs, Language: who.Language}
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		var asked passkey.Challenge
		owner, err := p.owner(r.Context(), tx, who)
		if err != nil {
			return err
		}
		if len(owner.Passkeys) > 0 && p.passkeys != nil {
			if asked, err = p.passkeys.Ask(owner); err != nil {
				return err
			}
		}
		out.Pending, err = kept.Begin(r.Context(), tx, kept.SignIn{Kind: kept.SecondFactor, Staff: who.Name, State: asked.Session}, expires)
		if asked.Options != nil {
			out.Passkey = &api.PasskeyChallenge{State: out.Pending, Options: asked.Options}
		}
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, out)
}

// secondStep ends a sign-in with the second factor. A try is counted before it is looked at.
func (p *People) secondStep(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var in api.SecondStep
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	ctx, now, from := r.Context(), p.Now(), p.From(r)
	if wait, ok := p.signins.Take(from, now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	var pending kept.SignIn
	err := p.tx(ctx, func(tx *db.Tx) (err error) {
		pending, err = kept.Try(ctx, tx, in.Pending, now)
		return err
	})
	if errors.Is(err, db.ErrNotFound) {
		return errSecond
	}
	if err != nil {
		return err
	}
	who, err := p.People.ByName(ctx, pending.Staff)
	if errors.Is(err, db.ErrNotFound) {
		return errSecond
	}
	if err != nil {
		return err
	}
	if wait, ok := p.seconds.Take(who.Name, now); !ok {
		return reply.TooMany("wrong codes were tried for this name many times in a short time", wait)
	}
	how, prove := p.second(in, who, pending)
	err = p.letIn(w, r, who, how, func(ctx context.Context, tx *db.Tx) error {
		if err := prove(ctx, tx); err != nil {
			return err
		}
		_, err := kept.Finish(ctx, tx, kept.SecondFactor, in.Pending, now)
		return err
	})
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, passkey.ErrRefused) {
		p.Log.Printf("second factor refused from %s", from)
		p.refused(who.Name, how, from)
		return errSecond
	}
	if err == nil {
		p.signins.Give(from, now)
		p.seconds.Give(who.Name, now)
	}
	return err
}

// second is how a second factor is proved: db.ErrNotFound or passkey.ErrRefused when it is wrong.
func (p *People) second(in api.SecondStep, who kept.Staff, pending kept.SignIn) (how string, prove func(context.Context, *db.Tx) error) {
	switch {
	case in.Code != "":
		return api.FactorTOTP, func(ctx context.Context, tx *db.Tx) error { return p.useCode(ctx, tx, who.Name, in.Code) }
	case in.Recovery != "":
		return api.FactorRecovery, func(ctx context.Context, tx *db.Tx) error {
			return kept.UseRecovery(ctx, tx, who.Name, totp.PlainRecovery(in.Recovery))
		}
	case len(in.Passkey) > 0 && len(in.Passkey) <= passkey.MaxAnswer && p.passkeys != nil && len(pending.State) > 0:
		return api.FactorPasskey, func(ctx context.Context, tx *db.Tx) error {
			owner, err := p.owner(ctx, tx, who)
			if err != nil {
				return err
			}
			k, err := p.passkeys.Answered(owner, pending.State, in.Passkey)
			if err != nil {
				return err
			}
			return kept.UsePasskey(ctx, tx, who.Name, k.ID, k.Record, p.Now())
		}
	}
	return "nothing", func(context.Context, *db.Tx) error { return db.ErrNotFound }
}

// useCode uses an authenticator's code, once.
func (p *People) useCode(ctx context.Context, tx *db.Tx, name, code string) error {
	t, err := kept.TOTPOf(ctx, tx, name)
	if err != nil {
		return err
	}
	if t.Secret == "" {
		return db.ErrNotFound
	}
	secret, err := p.opened(name, t.Secret)
	if err != nil {
		return err
	}
	step, ok := totp.Check(secret, code, t.Step, p.Now())
	if !ok {
		return db.ErrNotFound
	}
	t.Secret, t.Step = p.seals.Seal(name, secret), step
	return kept.SetTOTP(ctx, tx, name, t)
}

// owner is a member of staff as passkeys know them.
func (p *People) owner(ctx context.Context, tx *db.Tx, who kept.Staff) (passkey.Owner, error) {
	handle, err := kept.Handle(ctx, tx, who.Name)
	if err != nil {
		return passkey.Owner{}, err
	}
	records, err := kept.PasskeyRecords(ctx, tx, who.Name)
	return passkey.Owner{Handle: handle, Name: who.Name, Display: who.DisplayName, Passkeys: records}, err
}
