package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// Me is who is signed in.
func (c *Client) Me(ctx context.Context) (api.Me, error) {
	var m api.Me
	return m, c.call(ctx, http.MethodGet, api.PathMe, nil, &m)
}

// ChangeMe changes what is shown of oneself.
func (c *Client) ChangeMe(ctx context.Context, change api.MeChange) (api.Me, error) {
	var m api.Me
	return m, c.call(ctx, http.MethodPatch, api.PathMe, change, &m)
}

// NewPassword changes the own password and signs out everywhere else.
func (c *Client) NewPassword(ctx context.Context, n api.NewPassword) error {
	return c.call(ctx, http.MethodPost, api.PathMePassword, n, nil)
}

// Confirm makes the sign-in fresh again, which api.KindFresh asks for.
func (c *Client) Confirm(ctx context.Context, n api.Confirm) error {
	return c.call(ctx, http.MethodPost, api.PathMeConfirm, n, nil)
}

// EnrolTOTP shows a secret for an authenticator, once.
func (c *Client) EnrolTOTP(ctx context.Context) (api.TOTPEnrolment, error) {
	var t api.TOTPEnrolment
	return t, c.call(ctx, http.MethodPost, api.PathMeTOTP, nil, &t)
}

// ConfirmTOTP makes the authenticator a factor and gives recovery codes, once.
func (c *Client) ConfirmTOTP(ctx context.Context, code string) ([]string, error) {
	var l api.RecoveryCodeList
	return l.Codes, c.call(ctx, http.MethodPost, api.PathMeTOTPConfirm, api.TOTPConfirm{Code: code}, &l)
}

// RemoveTOTP takes the authenticator away.
func (c *Client) RemoveTOTP(ctx context.Context) error {
	return c.call(ctx, http.MethodDelete, api.PathMeTOTP, nil, nil)
}

// NewRecovery gives recovery codes in place of the old ones, once.
func (c *Client) NewRecovery(ctx context.Context) ([]string, error) {
	var l api.RecoveryCodeList
	return l.Codes, c.call(ctx, http.MethodPost, api.PathMeRecovery, nil, &l)
}

// RegisterPasskey asks for a new passkey.
func (c *Client) RegisterPasskey(ctx context.Context) (api.PasskeyChallenge, error) {
	var p api.PasskeyChallenge
	return p, c.call(ctx, http.MethodPost, api.PathMePasskeyBegin, nil, &p)
}

// AddPasskey keeps the new passkey.
func (c *Client) AddPasskey(ctx context.Context, a api.PasskeyAnswer) (api.Passkey, error) {
	var p api.Passkey
	return p, c.call(ctx, http.MethodPost, api.PathMePasskeys, a, &p)
}

// RemovePasskey takes a passkey away.
func (c *Client) RemovePasskey(ctx context.Context, id string) error {
	return c.call(ctx, http.MethodDelete, api.MePasskeyPath(id), nil, nil)
}

// SignInSessions are the places where one is signed in.
func (c *Client) SignInSessions(ctx context.Context) ([]api.SignInSession, error) {
	var l api.SignInSessions
	return l.Sessions, c.call(ctx, http.MethodGet, api.PathMeSessions, nil, &l)
}

// EndSignIn signs out at one place, with id "" everywhere but here.
func (c *Client) EndSignIn(ctx context.Context, id string) error {
	path := api.PathMeSessions
	if id != "" {
		path = api.MeSessionPath(id)
	}
	return c.call(ctx, http.MethodDelete, path, nil, nil)
}
