package openid

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/people/openid/openidtest"
)

const redirect = "https://desk.example.com/desk/signin/oidc"

func provider(t *testing.T) (*Provider, *openidtest.Provider) {
	t.Helper()
	far := openidtest.Start(t)
	p, err := New(Config{Issuer: far.URL, Client: far.Client, Secret: far.Secret, Redirect: redirect, Roles: "realm.roles", HTTP: far.Server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	return p, far
}

func TestSignIn(t *testing.T) {
	p, far := provider(t)
	far.Say(map[string]any{
		"name": "Sam Support", "preferred_username": "sam", "email": "sam@example.com", "email_verified": true, "locale": "de",
		"realm": map[string]any{"roles": []string{"supporter", "editor", "editor"}},
	})
	for name, back := range map[string]string{"page": "", "program": "http://127.0.0.1:4711/back"} {
		address, f, err := p.Start(t.Context(), back)
		if err != nil {
			t.Fatal(err)
		}
		if u, err := url.Parse(address); err != nil || u.Query().Get("code_challenge") == "" || strings.Contains(address, f.Verifier) {
			t.Errorf("%s: %v %v", name, address, err)
		}
		state, code := far.Agree(t, address)
		who, err := p.Finish(t.Context(), f, state, code)
		if err != nil || who.Subject != "42" || who.Email != "sam@example.com" || who.User != "sam" || who.Language != "de" || !slices.Equal(who.Roles, []string{"editor", "supporter"}) {
			t.Errorf("%s: %+v %v", name, who, err)
		}
		if _, err := p.Finish(t.Context(), f, state, code); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: the same code again: %v", name, err)
		}
	}
}

// TestLies proves that nothing but the provider's own, fresh, signed answer to this question counts.
func TestLies(t *testing.T) {
	p, far := provider(t)
	another := openidtest.Start(t)
	for name, lie := range map[string]func(map[string]any){
		"wrong nonce":              func(c map[string]any) { c["nonce"] = "another" },
		"no nonce":                 func(c map[string]any) { delete(c, "nonce") },
		"wrong audience":           func(c map[string]any) { c["aud"] = "another desk" },
		"expired":                  func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() },
		"other issuer":             func(c map[string]any) { c["iss"] = another.URL },
		"nobody":                   func(c map[string]any) { c["sub"] = "" },
		"a subject without an end": func(c map[string]any) { c["sub"] = strings.Repeat("x", 256) },
	} {
		t.Run(name, func(t *testing.T) {
			far.Lie(lie)
			defer far.Lie(nil)
			refused(t, p, far)
		})
	}
	t.Run("another's key", func(t *testing.T) {
		if err := far.SignAsAnother(true); err != nil {
			t.Fatal(err)
		}
		refused(t, p, far)
		if err := far.SignAsAnother(false); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("another sign-in's state", func(t *testing.T) {
		address, f, err := p.Start(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		_, code := far.Agree(t, address)
		for _, state := range []string{"", "another"} {
			if _, err := p.Finish(t.Context(), f, state, code); !errors.Is(err, ErrRefused) {
				t.Errorf("%q: %v", state, err)
			}
		}
	})
	t.Run("another sign-in's code", func(t *testing.T) {
		address, _, err := p.Start(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		_, code := far.Agree(t, address)
		_, f, err := p.Start(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Finish(t.Context(), f, f.State, code); !errors.Is(err, ErrRefused) { // PKCE
			t.Error(err)
		}
	})
}

func refused(t *testing.T, p *Provider, far *openidtest.Provider) {
	t.Helper()
	address, f, err := p.Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	state, code := far.Agree(t, address)
	if who, err := p.Finish(t.Context(), f, state, code); !errors.Is(err, ErrRefused) {
		t.Errorf("%+v %v", who, err)
	}
}

func TestUnverifiedMail(t *testing.T) {
	p, far := provider(t)
	far.Say(map[string]any{"email": "boss@example.com", "email_verified": false, "realm": "none"})
	address, f, err := p.Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	state, code := far.Agree(t, address)
	if who, err := p.Finish(t.Context(), f, state, code); err != nil || who.Email != "" || len(who.Roles) != 0 {
		t.Errorf("%+v %v", who, err)
	}
}

func TestAddresses(t *testing.T) {
	for issuer, ok := range map[string]bool{
		"https://id.example.com": true, "http://127.0.0.1:8080/x": true, "http://id.example.com": false, "": false, "id.example.com": false, "https://id.example.com?x=y": false,
	} {
		if _, err := New(Config{Issuer: issuer, Client: "x"}); (err == nil) != ok {
			t.Errorf("issuer %q: %v", issuer, err)
		}
	}
	p, _ := provider(t)
	for _, back := range []string{"https://evil.test/", "http://evil.test:80/", "http://127.0.0.1/", "http://localhost:80/", "http://x@127.0.0.1:80/", "\x00"} {
		if _, _, err := p.Start(t.Context(), back); !errors.Is(err, ErrRefused) {
			t.Errorf("redirect %q: %v", back, err)
		}
	}
}
