package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// SignInWays says how staff may sign in.
func (c *Client) SignInWays(ctx context.Context) (api.SignInWays, error) {
	return get[api.SignInWays](ctx, c, api.PathSignInWays)
}

// enter does a step of signing in and keeps the token for later calls, when there is one already.
func (c *Client) enter(ctx context.Context, path string, in any) (api.SignedIn, error) {
	var s api.SignedIn
	err := c.call(ctx, http.MethodPost, path, in, &s)
	if err == nil && s.Token != "" {
		c.token.Store(&s.Token)
	}
	return s, err
}

// SecondStep ends a sign-in that needs more than the password, and keeps the token for later calls.
func (c *Client) SecondStep(ctx context.Context, s api.SecondStep) (api.SignedIn, error) {
	return c.enter(ctx, api.PathSecondStep, s)
}

// BeginPasskey asks for whichever passkey there is.
func (c *Client) BeginPasskey(ctx context.Context) (api.PasskeyChallenge, error) {
	return ask[api.PasskeyChallenge](ctx, c, http.MethodPost, api.PathPasskeyBegin, nil)
}

// SignInByPasskey signs in by a passkey alone and keeps the token for later calls.
func (c *Client) SignInByPasskey(ctx context.Context, a api.PasskeyAnswer) (api.SignedIn, error) {
	return c.enter(ctx, api.PathPasskeySignIn, a)
}

// StartOIDC begins a sign-in at the OpenID provider.
func (c *Client) StartOIDC(ctx context.Context, s api.OIDCStart) (api.OIDCStarted, error) {
	return ask[api.OIDCStarted](ctx, c, http.MethodPost, api.PathOIDCStart, s)
}

// FinishOIDC ends a sign-in at the OpenID provider and keeps the token for later calls.
func (c *Client) FinishOIDC(ctx context.Context, f api.OIDCFinish) (api.SignedIn, error) {
	return c.enter(ctx, api.PathOIDCFinish, f)
}

// Staff are all of the desk's.
func (c *Client) Staff(ctx context.Context) ([]api.StaffMember, error) {
	l, err := get[api.StaffList](ctx, c, api.PathStaff)
	return l.Staff, err
}

// StaffMember is one of them.
func (c *Client) StaffMember(ctx context.Context, user string) (api.StaffMember, error) {
	return get[api.StaffMember](ctx, c, api.StaffPath(user))
}

// AddStaff makes a member of staff.
func (c *Client) AddStaff(ctx context.Context, n api.NewStaff) (api.StaffMember, error) {
	return ask[api.StaffMember](ctx, c, http.MethodPost, api.PathStaff, n)
}

// ChangeStaff changes a member of staff.
func (c *Client) ChangeStaff(ctx context.Context, user string, s api.StaffChange) (api.StaffMember, error) {
	return ask[api.StaffMember](ctx, c, http.MethodPatch, api.StaffPath(user), s)
}

// ResetFactors takes a member of staff's second factors away.
func (c *Client) ResetFactors(ctx context.Context, user string) error {
	return c.drop(ctx, api.StaffFactorsPath(user))
}

// SignOutStaff signs a member of staff out everywhere.
func (c *Client) SignOutStaff(ctx context.Context, user string) error {
	return c.drop(ctx, api.StaffSessionsPath(user))
}

// Keys are those of programs.
func (c *Client) Keys(ctx context.Context) ([]api.Key, error) {
	l, err := get[api.KeyList](ctx, c, api.PathKeys)
	return l.Keys, err
}

// AddKey makes a key.
func (c *Client) AddKey(ctx context.Context, n api.NewKey) (api.CreatedKey, error) {
	return ask[api.CreatedKey](ctx, c, http.MethodPost, api.PathKeys, n)
}

// RevokeKey makes a key worthless.
func (c *Client) RevokeKey(ctx context.Context, id string) error {
	return c.drop(ctx, api.KeyPath(id))
}

// Links are those to a ticket.
func (c *Client) Links(ctx context.Context, number int64) ([]api.Link, error) {
	l, err := get[api.LinkList](ctx, c, api.LinksPath(number))
	return l.Links, err
}

// AddLink makes a link to a ticket.
func (c *Client) AddLink(ctx context.Context, number int64) (api.CreatedLink, error) {
	return ask[api.CreatedLink](ctx, c, http.MethodPost, api.LinksPath(number), nil)
}

// RevokeLink makes a link worthless.
func (c *Client) RevokeLink(ctx context.Context, number int64, id string) error {
	return c.drop(ctx, api.LinkPath(number, id))
}

// OpenLink exchanges a link's secret for a token of its ticket and keeps it for later calls.
func (c *Client) OpenLink(ctx context.Context, secret string) (api.LinkOpened, error) {
	var o api.LinkOpened
	err := c.call(ctx, http.MethodPost, api.PathLinkOpen, api.OpenLink{Secret: secret}, &o)
	if err == nil {
		c.token.Store(&o.Token)
	}
	return o, err
}
