package desk

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/people/openid"
	"github.com/beistand/beistand/app/desk/people/openid/openidtest"
	"github.com/beistand/beistand/app/desk/people/passkey/passkeytest"
	"github.com/beistand/beistand/app/desk/people/totp"
)

// signedIn is a client that has signed in by password alone.
func (h *house) signedIn(user string) *client.Client {
	h.t.Helper()
	c := h.client("")
	if _, err := c.SignIn(h.t.Context(), user, password); err != nil || c.Token() == "" {
		h.t.Fatal(c.Token(), err)
	}
	return c
}

// enrolled gives sam an authenticator.
func enrolled(t *testing.T, h *house) (secret string, recovery []string) {
	t.Helper()
	c := h.signedIn("sam")
	shown, err := c.EnrolTOTP(t.Context())
	if err != nil || !strings.HasPrefix(shown.URI, "otpauth://totp/") || len(shown.QRPNG) == 0 || shown.QRPath == "" {
		t.Fatalf("%+v %v", shown, err)
	}
	if _, err := c.ConfirmTOTP(t.Context(), "000000"); client.KindOf(err) != api.KindInvalid {
		t.Fatalf("a wrong code: %v", err)
	}
	if s, err := h.client("").SignIn(t.Context(), "sam", password); err != nil || s.Token == "" {
		t.Fatalf("what was not confirmed is asked for: %+v %v", s, err)
	}
	if recovery, err = c.ConfirmTOTP(t.Context(), code(t, h, shown.Secret)); err != nil || len(recovery) != api.RecoveryCodes {
		t.Fatal(recovery, err)
	}
	return shown.Secret, recovery
}

func code(t *testing.T, h *house, secret string) string {
	t.Helper()
	c, err := totp.Code(secret, h.clock.now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// half signs sam in so far that a second factor is asked for.
func half(t *testing.T, h *house, needs ...string) (*client.Client, api.SignedIn) {
	t.Helper()
	c := h.client("")
	s, err := c.SignIn(t.Context(), "sam", password)
	if err != nil || s.Token != "" || c.Token() != "" || s.Pending == "" || !slices.Equal(s.Needs, needs) {
		t.Fatalf("%+v %v", s, err)
	}
	return c, s
}

func TestAuthenticator(t *testing.T) {
	h := open(t)
	secret, recovery := enrolled(t, h)
	needs := []string{api.FactorTOTP, api.FactorRecovery}

	c, s := half(t, h, needs...)
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: code(t, h, secret)}); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("the code that it was confirmed with, again: %v", err)
	}
	h.clock.pass(totp.Period)
	used := code(t, h, secret)
	if in, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: used}); err != nil || in.Token == "" || in.User != "sam" {
		t.Fatalf("%+v %v", in, err)
	}
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Recovery: recovery[0]}); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("what is over goes on: %v", err)
	}
	c, s = half(t, h, needs...)
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: used}); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("a code that was seen: %v", err)
	}
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Recovery: strings.ToUpper(recovery[0])}); err != nil {
		t.Errorf("a recovery code: %v", err)
	}
	c, s = half(t, h, needs...)
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Recovery: recovery[0]}); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("the same recovery code: %v", err)
	}
	h.clock.pass(api.PendingFor)
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: code(t, h, secret)}); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("late: %v", err)
	}
	c, s = half(t, h, needs...)
	for i := range 6 {
		_, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: "123456"})
		if want := map[bool]api.ErrorKind{true: api.KindUnauthorized, false: api.KindTooMany}; client.KindOf(err) != want[i < 5] && client.KindOf(err) != api.KindUnauthorized {
			t.Errorf("try %d: %v", i, err)
		}
	}
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: code(t, h, secret)}); err == nil {
		t.Error("a right code after too many wrong ones")
	}
}

func TestPasskeys(t *testing.T) {
	h := open(t)
	base, err := h.base()
	if err != nil {
		t.Fatal(err)
	}
	device := &passkeytest.Device{Origin: base.Scheme + "://" + base.Host}
	me := h.signedIn("sam")
	asked, err := me.RegisterPasskey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	credential, err := device.Create(asked.Options)
	if err != nil {
		t.Fatal(err)
	}
	made, err := me.AddPasskey(t.Context(), api.PasskeyAnswer{State: asked.State, Name: "my phone", Credential: credential})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := me.AddPasskey(t.Context(), api.PasskeyAnswer{State: asked.State, Name: "again", Credential: credential}); client.KindOf(err) != api.KindInvalid {
		t.Errorf("the same answer again: %v", err)
	}

	c, s := half(t, h, api.FactorPasskey) // beside the password
	answer, err := device.Get(s.Passkey.Options)
	if err != nil {
		t.Fatal(err)
	}
	if in, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Passkey: answer}); err != nil || in.Token == "" {
		t.Errorf("%+v %v", in, err)
	}
	alone := h.client("")
	enter := func() error {
		asked, err := alone.BeginPasskey(t.Context())
		if err != nil {
			return err
		}
		answer, err := device.Get(asked.Options)
		if err != nil {
			return err
		}
		_, err = alone.SignInByPasskey(t.Context(), api.PasskeyAnswer{State: asked.State, Credential: answer})
		return err
	}
	if err := enter(); err != nil {
		t.Fatal(err)
	}
	if m, err := alone.Me(t.Context()); err != nil || m.User != "sam" || len(m.Factors.Passkeys) != 1 || m.Factors.Passkeys[0].Used == nil {
		t.Errorf("%+v %v", m, err)
	}
	if err := me.RemovePasskey(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	if err := enter(); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("a passkey that was taken away: %v", err)
	}
}

func TestProvider(t *testing.T) {
	far := openidtest.Start(t)
	h := open(t, func(c *Config) {
		c.URL = "https://desk.example.com"
		c.OIDC = openid.Config{Issuer: far.URL, Client: far.Client, Secret: far.Secret, Roles: "roles", HTTP: far.Server.Client()}
	})
	h.clock.pass(time.Since(h.clock.now()))
	enter := func() (api.SignedIn, error) {
		c := h.client("")
		begun, err := c.StartOIDC(t.Context(), api.OIDCStart{})
		if err != nil {
			t.Fatal(err)
		}
		if u, err := url.Parse(begun.URL); err != nil || u.Query().Get("redirect_uri") != "https://desk.example.com"+api.PageOIDC {
			t.Errorf("%q %v", begun.URL, err)
		}
		state, code := far.Agree(t, begun.URL)
		if _, err := c.FinishOIDC(t.Context(), api.OIDCFinish{Flow: "another's", State: state, Code: code}); client.KindOf(err) != api.KindUnauthorized {
			t.Errorf("without what it was begun with: %v", err)
		}
		return c.FinishOIDC(t.Context(), api.OIDCFinish{Flow: begun.Flow, State: state, Code: code})
	}
	person := map[string]any{"preferred_username": "anna", "name": "Anna Berg", "email": "anna@example.com", "email_verified": true}
	far.Say(person)
	if _, err := enter(); client.KindOf(err) != api.KindForbidden {
		t.Errorf("without a role: %v", err)
	}
	person["roles"] = []string{"beistand-editor", "offline_access"}
	far.Say(person)
	if s, err := enter(); err != nil || s.User != "anna" || !slices.Equal(s.Roles, []api.Role{api.RoleEditor}) {
		t.Errorf("%+v %v", s, err)
	}
	person["roles"], person["preferred_username"] = []string{"supporter", "level2"}, "married"
	far.Say(person)
	if s, err := enter(); err != nil || s.User != "anna" || !slices.Equal(s.Roles, []api.Role{api.RoleStaff, api.RoleLevel2}) {
		t.Errorf("other roles, and another name there: %+v %v", s, err)
	}
	far.Say(map[string]any{"sub": "43", "preferred_username": "sam", "roles": []string{"administrator"}})
	if _, err := enter(); client.KindOf(err) != api.KindForbidden {
		t.Errorf("somebody who is called there as sam is here: %v", err)
	}
	far.Lie(func(c map[string]any) { c["nonce"] = "another" })
	if _, err := enter(); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("a lie: %v", err)
	}
}

func TestLinks(t *testing.T) {
	h := open(t)
	made := h.ticket()
	link, err := h.signedIn("sam").AddLink(t.Context(), made.Ticket.Number)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(link.URL)
	if err != nil || !strings.HasPrefix(u.Path, api.PageLink) {
		t.Fatal(link.URL, err)
	}
	secret := u.Path[len(api.PageLink):]
	for range api.MaxLinkUses + 3 { // a mail's scanner
		h.do("GET", u.Path, "", nil)
		h.do("HEAD", u.Path, "", nil)
	}
	for i := range api.MaxLinkUses + 1 {
		c := h.client("")
		o, err := c.OpenLink(t.Context(), secret)
		if i == api.MaxLinkUses {
			if client.KindOf(err) != api.KindGone {
				t.Errorf("used up: %v", err)
			}
			break
		}
		if err != nil || o.Ticket != made.Ticket.Number {
			t.Fatalf("%d: %+v %v", i, o, err)
		}
		if got, err := c.Ticket(t.Context(), o.Ticket); err != nil || got.Number != o.Ticket {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := c.Staff(t.Context()); client.KindOf(err) != api.KindForbidden {
			t.Errorf("a link is a key to the house: %v", err)
		}
	}
	late, err := h.signedIn("sam").AddLink(t.Context(), made.Ticket.Number)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.pass(api.LinkFor)
	if _, err := h.client("").OpenLink(t.Context(), late.URL[strings.LastIndex(late.URL, "/")+1:]); client.KindOf(err) != api.KindGone {
		t.Errorf("late: %v", err)
	}
}

// TestFresh: whoever finds an open screen changes no factors and no people.
func TestFresh(t *testing.T) {
	h := open(t)
	if err := h.hire("robin", "Robin", api.RoleAdministrator); err != nil {
		t.Fatal(err)
	}
	c := h.signedIn("robin")
	h.clock.pass(api.FreshFor + time.Second)
	if _, err := c.EnrolTOTP(t.Context()); client.KindOf(err) != api.KindFresh {
		t.Errorf("a factor: %v", err)
	}
	if _, err := c.AddKey(t.Context(), api.NewKey{Name: "x", Scopes: api.Scopes, Expires: h.clock.now().Add(time.Hour)}); client.KindOf(err) != api.KindFresh {
		t.Errorf("a key: %v", err)
	}
	if err := c.Confirm(t.Context(), api.Confirm{Password: "wrong horse"}); client.KindOf(err) != api.KindForbidden {
		t.Errorf("a wrong password: %v", err)
	}
	if err := c.Confirm(t.Context(), api.Confirm{Password: password}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.EnrolTOTP(t.Context()); err != nil {
		t.Error(err)
	}
	other := h.signedIn("robin")
	if err := c.NewPassword(t.Context(), api.NewPassword{Current: password, Password: "another horse"}); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Me(t.Context()); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("signed in elsewhere with the old password: %v", err)
	}
	if all, err := c.SignInSessions(t.Context()); err != nil || len(all) != 1 || !all[0].Current || all[0].How != "password" {
		t.Errorf("%+v %v", all, err)
	}
}
