package desk

import (
	"context"
	"fmt"
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
	"github.com/beistand/beistand/app/desk/store/db"
	keep "github.com/beistand/beistand/app/desk/store/people"
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

// TestBotnet: a name that is tried from everywhere is still its owner's, from
// where they have signed in before, and when they are signed in.
func TestBotnet(t *testing.T) {
	h := open(t, func(c *Config) { c.BehindProxy = true })
	try := func(from, word string) int {
		body := fmt.Sprintf(`{"user":"sam","password":%q}`, word)
		status, _, _ := h.do("POST", api.PathSignIn, "", []byte(body), "Content-Type", "application/json", "X-Forwarded-For", from)
		return status
	}
	if status := try("198.51.100.7", password); status != 200 {
		t.Fatal(status)
	}
	h.clock.pass(30 * 24 * time.Hour)
	me := h.signedIn("sam")
	for i := range 30 {
		try(fmt.Sprintf("203.0.113.%d", i), "wrong horse")
	}
	if status := try("198.51.100.8", password); status != 429 {
		t.Errorf("from elsewhere: %d", status)
	}
	if status := try("198.51.100.7", password); status != 200 {
		t.Errorf("from where they always come: %d", status)
	}
	for range 5 {
		try("198.51.100.7", "wrong horse")
	}
	if status := try("198.51.100.7", password); status != 429 {
		t.Errorf("wrong ones from there: %d", status)
	}
	if err := me.Confirm(t.Context(), api.Confirm{Password: password}); err != nil {
		t.Errorf("who is signed in: %v", err)
	}
	h.clock.pass(91 * 24 * time.Hour)
	if err := h.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if known, err := keep.HasComeFrom(t.Context(), h.store.DB(), "SAM", "198.51.100.7", h.clock.now()); err != nil || known {
		t.Errorf("remembered for too long: %v %v", known, err)
	}
}

// TestBehindProxy: who is behind a proxy is not reached as localhost, whatever it listens on.
func TestBehindProxy(t *testing.T) {
	for behind, want := range map[bool]bool{true: false, false: true} {
		s, err := New(Config{Dir: t.TempDir(), Listen: "127.0.0.1:0", BehindProxy: behind})
		if err != nil {
			t.Fatal(err)
		}
		if base, err := s.base(); err != nil || (base != nil) != want {
			t.Errorf("behind a proxy %v: %v %v", behind, base, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestRefusedLater: an answer to a wrong password waits for nothing that is
// written for a name that there is, since that would tell it from others.
func TestRefusedLater(t *testing.T) {
	h := open(t)
	hold, held, let := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		let <- h.store.DB().Tx(context.Background(), func(*db.Tx) error { close(held); <-hold; return nil })
	}()
	<-held // nobody else writes
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for _, user := range []string{"nobody", "sam"} {
		if _, err := h.client("").SignIn(ctx, user, "wrong horse"); client.KindOf(err) != api.KindUnauthorized {
			t.Errorf("%s: %v", user, err)
		}
	}
	close(hold)
	if err := <-let; err != nil {
		t.Fatal(err)
	}
	until(t, "the refusal is in the journal, and no other", func() bool {
		all, err := h.journal.Since(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, e := range all {
			if e.Action == "staff.refused" {
				n++
				if e.Subject != "staff/sam" {
					t.Errorf("%+v", e)
				}
			}
		}
		return n == 1
	})
}

// TestBegunBefore: a sign-in that was begun with a password is over with it.
func TestBegunBefore(t *testing.T) {
	h := open(t)
	secret, _ := enrolled(t, h)
	h.clock.pass(totp.Period)
	c, s := half(t, h, api.FactorTOTP, api.FactorRecovery)
	me := h.client(h.staff())
	if err := me.NewPassword(t.Context(), api.NewPassword{Current: password, Password: "another horse"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.SecondStep(t.Context(), api.SecondStep{Pending: s.Pending, Code: code(t, h, secret)}); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("with the old password: %v", err)
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
	anna, err := enter()
	if err != nil {
		t.Fatal(err)
	}
	person["roles"] = nil
	far.Say(person)
	if _, err := enter(); client.KindOf(err) != api.KindForbidden {
		t.Errorf("without a role any more: %v", err)
	}
	if _, err := h.client(anna.Token).Me(t.Context()); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("who has lost their last role is in by an earlier sign-in: %v", err)
	}
	// Whoever writes another's address beside their own name is given neither
	// their sign-in nor their roles.
	sam, boss := h.signedIn("sam"), "boss@example.com"
	if _, err := sam.ChangeMe(t.Context(), api.MeChange{Email: &boss}); client.KindOf(err) != api.KindInvalid {
		t.Errorf("another's address: %v", err)
	}
	far.Say(map[string]any{"sub": "44", "preferred_username": "boss", "name": "Boss", "email": boss, "email_verified": true, "roles": []string{"administrator"}})
	if s, err := enter(); err != nil || s.User != "boss" {
		t.Errorf("%+v %v", s, err)
	}
	if m, err := sam.Me(t.Context()); err != nil || slices.Contains(m.Roles, api.RoleAdministrator) {
		t.Errorf("%+v %v", m, err)
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
	// A link that is revoked takes what it has opened with it; the program that
	// has filed the ticket stays, however many links were opened.
	var opened []*client.Client
	for range 2 {
		again, err := h.signedIn("sam").AddLink(t.Context(), made.Ticket.Number)
		if err != nil {
			t.Fatal(err)
		}
		for range api.MaxLinkUses {
			c := h.client("")
			if _, err := c.OpenLink(t.Context(), again.URL[strings.LastIndex(again.URL, "/")+1:]); err != nil {
				t.Fatal(err)
			}
			opened = append(opened, c)
		}
		link = again
	}
	if _, err := h.client(made.Token).Ticket(t.Context(), made.Ticket.Number); err != nil {
		t.Errorf("the program that has filed it: %v", err)
	}
	last := opened[len(opened)-1]
	if _, err := last.Ticket(t.Context(), made.Ticket.Number); err != nil {
		t.Error(err)
	}
	if err := h.signedIn("sam").RevokeLink(t.Context(), made.Ticket.Number, link.Link.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := last.Ticket(t.Context(), made.Ticket.Number); client.KindOf(err) != api.KindUnauthorized {
		t.Errorf("opened by a link that was revoked: %v", err)
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
	if _, err := c.CreateHook(t.Context(), newHook()); client.KindOf(err) != api.KindFresh {
		t.Errorf("a webhook: %v", err)
	}
	if err := c.Call(t.Context(), "POST", api.PathPersonPreview, api.Person{Staff: "sam"}, nil); client.KindOf(err) != api.KindFresh {
		t.Errorf("a person's data: %v", err)
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
