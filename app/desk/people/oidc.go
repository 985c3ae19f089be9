package people

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/people/openid"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

var (
	errOIDC     = reply.Refuse(http.StatusNotFound, api.KindNotFound, "this desk has no OpenID provider")
	errProvider = reply.Refuse(http.StatusUnauthorized, api.KindUnauthorized, "the OpenID provider's answer does not hold, or it took too long; please sign in again")
	errStranger = reply.Refuse(http.StatusForbidden, api.KindForbidden, "the OpenID provider knows you, and this desk does not; please ask its administrator")
)

// provider is who does what its answers lead to.
var provider = api.Actor{Kind: api.ActorDesk, Name: byOIDC}

// rolePrefix may stand before a role in a provider's claim, where roles of many programs are.
const rolePrefix = "beistand-"

func (p *People) oidcStart(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	if p.OIDC == nil {
		return errOIDC
	}
	var in api.OIDCStart
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	now := p.Now()
	if wait, ok := p.signins.Take(p.From(r), now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	address, flow, err := p.OIDC.Start(r.Context(), in.Redirect)
	if errors.Is(err, openid.ErrRefused) {
		return reply.Invalid("%v", err)
	}
	if err != nil {
		return p.unreachable(err)
	}
	out := api.OIDCStarted{URL: address}
	err = p.tx(r.Context(), func(tx *db.Tx) (err error) {
		out.Flow, err = kept.Begin(r.Context(), tx, kept.SignIn{Kind: kept.AtProvider, State: marshal(flow)}, now.Add(2*api.PendingFor))
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, out)
}

// oidcFinish lets in whom the provider has vouched for, if the desk knows them.
func (p *People) oidcFinish(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	if p.OIDC == nil {
		return errOIDC
	}
	var in api.OIDCFinish
	if err := reply.Read(w, r, &in); err != nil {
		return err
	}
	ctx, now, from := r.Context(), p.Now(), p.From(r)
	if wait, ok := p.signins.Take(from, now); !ok {
		return reply.TooMany("many sign-ins came from your network in a short time", wait)
	}
	var flow openid.Flow
	err := p.tx(ctx, func(tx *db.Tx) error {
		begun, err := kept.Finish(ctx, tx, kept.AtProvider, in.Flow, now)
		if err != nil {
			return err
		}
		return json.Unmarshal(begun.State, &flow)
	})
	if errors.Is(err, db.ErrNotFound) {
		return errProvider
	}
	if err != nil {
		return err
	}
	person, err := p.OIDC.Finish(ctx, flow, in.State, in.Code)
	if errors.Is(err, openid.ErrRefused) {
		p.Log.Printf("sign-in at the provider refused from %s: %v", from, err)
		return errProvider
	}
	if err != nil {
		return p.unreachable(err)
	}
	var who kept.Staff
	var may bool
	err = p.tx(ctx, func(tx *db.Tx) (err error) {
		who, may, err = p.admit(ctx, tx, person)
		return err
	})
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrExists) || err == nil && !may {
		return errStranger
	}
	if err != nil {
		return err
	}
	p.signins.Give(from, now)
	return p.letIn(w, r, who, byOIDC, nil)
}

func (p *People) unreachable(err error) error {
	p.Log.Printf("%v", err)
	return reply.Refuse(http.StatusServiceUnavailable, api.KindUnavailable, "the OpenID provider does not answer; please try again, or sign in another way")
}

// admit finds the member of staff whom the provider vouches for: by its
// subject, else by a verified address that an administrator has written down,
// which then is bound to the subject. With roles from the provider, somebody
// new is made a member. db.ErrNotFound when the desk does not know them. Who has
// lost their last role there may not come in, and is signed out everywhere.
func (p *People) admit(ctx context.Context, tx *db.Tx, person openid.Person) (who kept.Staff, may bool, err error) {
	roles := known(person.Roles)
	of, err := kept.ByProvider(ctx, tx, person.Subject, person.Email)
	if errors.Is(err, db.ErrNotFound) && len(roles) > 0 {
		if of, err = p.join(ctx, tx, person, roles); err != nil {
			return who, false, err
		}
	}
	if err != nil || of.Disabled {
		return who, false, err
	}
	claimed := p.OIDC.Roles()
	if claimed && len(roles) == 0 {
		if of.Subject != person.Subject { // they were never let in by the provider
			return who, false, nil
		}
		return who, false, p.drop(ctx, tx, provider, of.User, "", "")
	}
	c := api.StaffChange{Version: of.Version, Subject: &person.Subject}
	changed := map[string]any{}
	if of.Subject != person.Subject {
		changed["subject"] = "bound"
	}
	if claimed && !slices.Equal(roles, of.Roles) {
		c.Roles, changed["roles"] = &roles, roles
		of.Roles = roles
	}
	if len(changed) > 0 {
		// The provider has the last word on roles, also that nobody here is an administrator.
		if err := kept.Change(ctx, tx, of.User, c, ""); err != nil && !errors.Is(err, kept.ErrLast) {
			return who, false, err
		}
		if err := p.note(ctx, tx, provider, "staff.changed", "staff/"+of.User, changed); err != nil {
			return who, false, err
		}
	}
	return kept.Staff{Name: of.User, DisplayName: of.Name, Roles: of.Roles, Language: of.Language}, true, nil
}

// join makes a member of staff of somebody who has roles at the provider. A
// name that somebody has already is not taken over: db.ErrExists.
func (p *People) join(ctx context.Context, tx *db.Tx, person openid.Person, roles []api.Role) (api.StaffMember, error) {
	name := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '/' {
			return -1
		}
		return r
	}, person.User)
	n := api.NewStaff{User: name, Name: person.Name, Roles: roles, Email: person.Email, Subject: person.Subject, Language: person.Language}
	if n.Name == "" {
		n.Name = name
	}
	if err := kept.Add(ctx, tx, n, "", p.Now()); err != nil {
		return api.StaffMember{}, err
	}
	err := p.note(ctx, tx, provider, "staff.changed", "staff/"+name, map[string]any{"added": true, "roles": roles})
	if err != nil {
		return api.StaffMember{}, err
	}
	return kept.Member(ctx, tx, name)
}

// known are the desk's roles among a claim's, in the desk's order.
func known(claim []string) []api.Role {
	var roles []api.Role
	for _, r := range api.Roles {
		if slices.Contains(claim, string(r)) || slices.Contains(claim, rolePrefix+string(r)) {
			roles = append(roles, r)
		}
	}
	return roles
}
