package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// Me is who is signed in.
func (c *Client) Me(ctx context.Context) (api.Me, error) {
	return get[api.Me](ctx, c, api.PathMe)
}

// ChangeMe changes what is shown of oneself.
func (c *Client) ChangeMe(ctx context.Context, change api.MeChange) (api.Me, error) {
	return ask[api.Me](ctx, c, http.MethodPatch, api.PathMe, change)
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
	return ask[api.TOTPEnrolment](ctx, c, http.MethodPost, api.PathMeTOTP, nil)
}

// ConfirmTOTP makes the authenticator a factor and gives recovery codes, once.
func (c *Client) ConfirmTOTP(ctx context.Context, code string) ([]string, error) {
	l, err := ask[api.RecoveryCodeList](ctx, c, http.MethodPost, api.PathMeTOTPConfirm, api.TOTPConfirm{Code: code})
	return l.Codes, err
}

// RemoveTOTP takes the authenticator away.
func (c *Client) RemoveTOTP(ctx context.Context) error {
	return c.drop(ctx, api.PathMeTOTP)
}

// NewRecovery gives recovery codes in place of the old ones, once.
func (c *Client) NewRecovery(ctx context.Context) ([]string, error) {
	l, err := ask[api.RecoveryCodeList](ctx, c, http.MethodPost, api.PathMeRecovery, nil)
	return l.Codes, err
}

// RegisterPasskey asks for a new passkey.
func (c *Client) RegisterPasskey(ctx context.Context) (api.PasskeyChallenge, error) {
	return ask[api.PasskeyChallenge](ctx, c, http.MethodPost, api.PathMePasskeyBegin, nil)
}

// AddPasskey keeps the new passkey.
func (c *Client) AddPasskey(ctx context.Context, a api.PasskeyAnswer) (api.Passkey, error) {
	return ask[api.Passkey](ctx, c, http.MethodPost, api.PathMePasskeys, a)
}

// RemovePasskey takes a passkey away.
func (c *Client) RemovePasskey(ctx context.Context, id string) error {
	return c.drop(ctx, api.MePasskeyPath(id))
}

// SignInSessions are the places where one is signed in.
func (c *Client) SignInSessions(ctx context.Context) ([]api.SignInSession, error) {
	l, err := get[api.SignInSessions](ctx, c, api.PathMeSessions)
	return l.Sessions, err
}

// EndSignIn signs out at one place, with id "" everywhere but here.
func (c *Client) EndSignIn(ctx context.Context, id string) error {
	path := api.PathMeSessions
	if id != "" {
		path = api.MeSessionPath(id)
	}
	return c.drop(ctx, path)
}
