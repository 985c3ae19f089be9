package people

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/people/passkey"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

var (
	errPasskeys = reply.Refuse(http.StatusNotFound, api.KindNotFound, "this desk has no passkeys: it does not know by which name people reach it")
	errPasskey  = reply.Refuse(http.StatusUnauthorized, api.KindUnauthorized, "the passkey does not open this desk, or it took too long; please try again")
)

// passkeyBegin asks for whichever passkey there is.
func (p *People) passkeyBegin(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	if p.passkeys == nil {
		return errPasskeys
	}
	now := p.Now()
	if wait, ok := p.signins.Take(p.From(r), now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	asked, err := p.passkeys.AskAnybody()
	if err != nil {
		return err
	}
	return p.begin(w, r, kept.SignIn{Kind: kept.PasskeyAlone, State: asked.Session}, asked)
}

func (p *People) begin(w http.ResponseWriter, r *http.Request, s kept.SignIn, asked passkey.Challenge) error {
	out := api.PasskeyChallenge{Options: asked.Options}
	err := p.tx(r.Context(), func(tx *db.Tx) (err error) {
		out.State, err = kept.Begin(r.Context(), tx, s, p.Now().Add(api.PendingFor))
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, out)
}

// passkeySignIn lets in by a passkey alone.
func (p *People) passkeySignIn(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	if p.passkeys == nil {
		return errPasskeys
	}
	in, err := answer(w, r)
	if err != nil {
		return err
	}
	ctx, now, from := r.Context(), p.Now(), p.From(r)
	if wait, ok := p.signins.Take(from, now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	var who kept.Staff
	var k passkey.Passkey
	err = p.tx(ctx, func(tx *db.Tx) error {
		asked, err := kept.Finish(ctx, tx, kept.PasskeyAlone, in.State, now)
		if err != nil {
			return err
		}
		var owner passkey.Owner
		owner, k, err = p.passkeys.AnsweredBy(asked.State, in.Credential, func(handle []byte) (passkey.Owner, error) {
			name, err := kept.ByHandle(ctx, tx, handle)
			if err != nil {
				return passkey.Owner{}, err
			}
			return p.owner(ctx, tx, kept.Staff{Name: name})
		})
		who.Name = owner.Name
		return err
	})
	if err == nil {
		who, err = p.People.ByName(ctx, who.Name)
	}
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, passkey.ErrRefused) {
		p.Log.Printf("passkey refused from %s: %v", from, err)
		return errPasskey
	}
	if err != nil {
		return err
	}
	p.signins.Give(from, now)
	return p.letIn(w, r, who, api.FactorPasskey, func(ctx context.Context, tx *db.Tx) error {
		return kept.UsePasskey(ctx, tx, who.Name, k.ID, k.Record, now)
	})
}

// passkeyRegister asks for a new passkey.
func (p *People) passkeyRegister(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if p.passkeys == nil {
		return errPasskeys
	}
	var asked passkey.Challenge
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		owner, err := p.owner(r.Context(), tx, *c.Staff)
		if err != nil {
			return err
		}
		if len(owner.Passkeys) >= api.MaxPasskeys {
			return reply.Refuse(http.StatusConflict, api.KindConflict, "you have %d passkeys, which are all that may be", api.MaxPasskeys)
		}
		asked, err = p.passkeys.Register(owner)
		return err
	})
	if err != nil {
		return err
	}
	return p.begin(w, r, kept.SignIn{Kind: kept.NewPasskey, Staff: c.Staff.Name, State: asked.Session}, asked)
}

// passkeyRegistered keeps the new passkey.
func (p *People) passkeyRegistered(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	if p.passkeys == nil {
		return errPasskeys
	}
	in, err := answer(w, r)
	if err != nil {
		return err
	}
	in.Name = strings.TrimSpace(in.Name)
	if in.Name == "" || utf8.RuneCountInString(in.Name) > api.MaxName {
		return reply.Invalid("a passkey's name has 1 to %d characters", api.MaxName)
	}
	ctx, now := r.Context(), p.Now()
	var out api.Passkey
	err = p.tx(ctx, func(tx *db.Tx) error {
		asked, err := kept.Finish(ctx, tx, kept.NewPasskey, in.State, now)
		if err != nil {
			return err
		}
		if asked.Staff != c.Staff.Name {
			return db.ErrNotFound
		}
		owner, err := p.owner(ctx, tx, *c.Staff)
		if err != nil {
			return err
		}
		k, err := p.passkeys.Registered(owner, asked.State, in.Credential)
		if err != nil {
			return err
		}
		out = api.Passkey{ID: k.ID, Name: in.Name, Created: db.Moment(db.Micros(now))}
		if err := kept.AddPasskey(ctx, tx, c.Staff.Name, out, k.Record); err != nil {
			return err
		}
		return p.note(ctx, tx, c.Actor(), "staff.factors", "staff/"+c.Staff.Name, map[string]string{"passkey": "added"})
	})
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, passkey.ErrRefused) {
		p.Log.Printf("passkey of %s refused: %v", c.Staff.Name, err)
		return reply.Invalid("the passkey was not made as asked for, or it took too long; please try again")
	}
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusCreated, out)
}

func (p *People) dropPasskey(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		if err := kept.DropPasskey(r.Context(), tx, c.Staff.Name, r.PathValue("id")); err != nil {
			return err
		}
		return p.note(r.Context(), tx, c.Actor(), "staff.factors", "staff/"+c.Staff.Name, map[string]string{"passkey": "removed"})
	})
	if err != nil {
		return err
	}
	return done(w)
}

func answer(w http.ResponseWriter, r *http.Request) (in api.PasskeyAnswer, err error) {
	if err := reply.Read(w, r, &in); err != nil {
		return in, err
	}
	if len(in.Credential) > passkey.MaxAnswer {
		return in, reply.BadRequest("the passkey's answer is too long")
	}
	return in, nil
}
