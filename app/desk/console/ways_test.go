package console_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/people/openid"
	"github.com/beistand/beistand/app/desk/people/openid/openidtest"
	"github.com/beistand/beistand/app/desk/store"
)

// authenticator gives a browser Chromium's own virtual one, whose owner touches it at once.
func (b *browser) authenticator() webauthn.AuthenticatorID {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
	made, err := chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	if err != nil {
		b.t.Fatal(err)
	}
	return made.AuthenticatorID
}

// verify says whether the authenticator knows its owner from now on.
func (b *browser) verify(id webauthn.AuthenticatorID, is bool) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: id, IsUserVerified: is}); err != nil {
		b.t.Fatal(err)
	}
}

// TestPasskey makes a passkey on one's own page, signs in with it alone, and
// with it behind the password; what the authenticator refuses is said.
func TestPasskey(t *testing.T) {
	h := open(t)
	h.url = strings.Replace(h.url, "127.0.0.1", "localhost", 1) // passkeys want a name
	b := h.browser("en")
	key := b.authenticator()
	b.signIn(h, "sam", "/desk/me")
	eval[bool](b, "(document.querySelector('form:has([data-passkey=create]) [name=name]').closest('details')?.setAttribute('open', ''), true)")
	b.fill("form:has([data-passkey=create]) [name=name]", "Sam's laptop")
	b.send("[data-passkey=create]")
	b.says("The passkey can be used from now on.")
	b.says("Sam's laptop")
	b.send(".self form button")

	b.do(chromedp.Navigate(h.url + "/desk/signin?then=" + h.path("")))
	b.verify(key, false)
	b.do(chromedp.Click("[data-passkey=first]"))
	b.says("The passkey was not accepted.")
	b.verify(key, true)
	b.send("[data-passkey=first]")
	b.says("Rechnungen drucken nicht")
	b.says("Sam Support")
	b.send(".self form button")

	b.signIn(h, "sam", h.path(""))
	b.says("Use a passkey")
	if eval[bool](b, "document.body.innerText.includes('Sam Support')") {
		t.Error("the password alone let in")
	}
	b.send("[data-passkey=second]")
	b.says("Rechnungen drucken nicht")

	b.do(chromedp.Navigate(h.url + "/desk/me"))
	b.send("form[action^='/desk/me/passkeys/'][action$='/delete'] button")
	b.says("The passkey is gone.")
	b.send(".self form button")
	b.signIn(h, "sam", h.path(""))
	b.says("Rechnungen drucken nicht")
}

// TestOrganisationsSignIn goes through an OpenID provider and back to where
// somebody wanted to go; whom the desk does not know stays outside.
func TestOrganisationsSignIn(t *testing.T) {
	provider := openidtest.Start(t)
	h := open(t, func(c *desk.Config, s *store.Store) error {
		c.OIDC = openid.Config{Issuer: provider.URL, Client: provider.Client, Secret: provider.Secret, Name: "Example GmbH", HTTP: provider.Server.Client()}
		return s.People().AddStaff(t.Context(), api.NewStaff{User: "vera", Name: "Vera Vogt", Roles: []api.Role{api.RoleStaff}, Subject: "42"})
	})
	h.url = strings.Replace(h.url, "127.0.0.1", "localhost", 1) // where the provider sends people back to
	b := chromium(t, h.url, chromedp.Flag("lang", "en"), chromedp.Flag("accept-lang", "en"), chromedp.Flag("ignore-certificate-errors", true))
	b.allow(provider.URL)
	b.do(chromedp.Navigate(h.url + h.path("")))
	b.do(chromedp.Click("form[action='/desk/signin/oidc'] button"))
	b.says("Rechnungen drucken nicht")
	b.says("Vera Vogt")
	b.send(".self form button")

	provider.Say(map[string]any{"sub": "1", "email": "eve@example.com"})
	b.do(chromedp.Click("form[action='/desk/signin/oidc'] button"))
	b.says("this desk does not")
	if at := eval[string](b, "location.pathname"); at != api.PageOIDC {
		t.Errorf("a stranger is at %s", at)
	}
	b.do(chromedp.Navigate(h.url + "/desk/"))
	b.says("Sign in to your desk")
}
