package people

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// How somebody signed in, as the list of sign-ins says it.
const (
	byPassword = "password"
	byOIDC     = "oidc"
	byScreen   = "screen"
)

func (p *People) ways(w http.ResponseWriter, _ *http.Request, _ gate.Caller) error {
	ways := api.SignInWays{Password: true, Passkey: p.passkeys != nil}
	if p.OIDC != nil {
		ways.OIDC = p.OIDC.Name()
	}
	return reply.JSON(w, http.StatusOK, ways)
}

// signIn takes one try from the address and one from the account before the
// password is looked at; a right password gives both back. What is written down
// of a wrong one is written later: an answer that waited for it would say whose
// name there is.
func (p *People) signIn(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var in api.SignIn
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	now := p.Now()
	from, account := p.From(r), strings.ToLower(in.User)
	if len(in.User) > 256 || len(in.Password) > 4*api.MaxPasswordSize {
		return reply.BadRequest("name or password is too long")
	}
	if wait, ok := p.signins.Take(from, now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	tried, stranger, err := p.mayTry(r.Context(), account, from, now)
	if err != nil {
		return err
	}
	who, err := p.People.CheckPassword(r.Context(), in.User, in.Password, stranger)
	if errors.Is(err, kept.ErrPassword) {
		p.Log.Printf("sign-in refused from %s", from)
		p.refused(in.User, byPassword, from)
		return reply.Refuse(http.StatusUnauthorized, api.KindUnauthorized, "name or password is wrong")
	}
	if err != nil {
		return err
	}
	p.signins.Give(from, now)
	p.accounts.Give(tried, now)
	of, err := kept.Member(r.Context(), p.People.DB(), who.Name)
	if err != nil {
		return err
	}
	if needs := p.needs(*of.Factors); len(needs) > 0 {
		return p.askSecond(w, r, who, needs)
	}
	return p.letIn(w, r, who, byPassword, nil)
}

// mayTry takes a try of the account's and says of which limit, and whether its
// owner has never come from there. Strangers who try a name from many addresses
// use up what there is for all of them; who is none has tries apart.
func (p *People) mayTry(ctx context.Context, account, from string, now time.Time) (limit string, stranger bool, err error) {
	known, err := kept.HasComeFrom(ctx, p.People.DB(), account, from, now)
	if err != nil {
		return "", false, err
	}
	limit = account
	if known {
		limit += " from " + from // no name has spaces
	}
	if wait, ok := p.accounts.Take(limit, now); !ok {
		return "", false, reply.TooMany("this name was tried many times in a short time", wait)
	}
	return limit, !known, nil
}

// letIn gives a token for a member of staff who has proved who they are. more
// is what has to happen with it, in the same transaction.
func (p *People) letIn(w http.ResponseWriter, r *http.Request, who kept.Staff, how string, more func(context.Context, *db.Tx) error) error {
	return p.enter(w, r, who, kept.SignedIn{How: how}, p.Now().Add(p.StaffFor), more)
}

// enter is letIn for a sign-in of which more is known than how.
func (p *People) enter(w http.ResponseWriter, r *http.Request, who kept.Staff, s kept.SignedIn, expires time.Time, more func(context.Context, *db.Tx) error) error {
	now := p.Now()
	s.From, s.Agent = p.From(r), r.UserAgent()
	var token string
	err := p.tx(r.Context(), func(tx *db.Tx) (err error) {
		if more != nil {
			if err := more(r.Context(), tx); err != nil {
				return err
			}
		}
		token, err = kept.AddToken(r.Context(), tx, who.Name, s, now, expires)
		if err != nil {
			return err
		}
		return p.note(r.Context(), tx, staffActor(who.Name), "staff.signed_in", "staff/"+who.Name,
			map[string]string{"how": s.How, "from": s.From, "token": kept.TokenID(token)})
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.SignedIn{
		Token: token, User: who.Name, Name: who.DisplayName, Organisation: p.Organisation, Expires: expires.UTC(), Roles: who.Roles, Language: who.Language,
	})
}

func (p *People) signOut(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	err := p.tx(r.Context(), func(tx *db.Tx) error {
		if err := kept.DropToken(r.Context(), tx, c.Token); err != nil {
			return err
		}
		return p.note(r.Context(), tx, c.Actor(), "token.revoked", "token/"+c.ID, map[string]string{"staff": c.Staff.Name})
	})
	if err != nil {
		return err
	}
	return done(w)
}
