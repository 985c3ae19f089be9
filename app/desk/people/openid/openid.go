// Package openid signs staff in at an OpenID provider (OpenID Connect Core 1.0, authorization code flow with PKCE).
package openid

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Config is which provider, and as what the desk is known to it.
type Config struct {
	Issuer   string // https://id.example.com/realms/support
	Client   string
	Secret   string // "" for a public client
	Name     string // on the button; "" is the issuer's host
	Redirect string // the desk's own page that the provider sends people back to; "" is none
	Roles    string // the claim with a person's roles; "" leaves them to administrators

	HTTP *http.Client     // nil: one with patience for ten seconds
	Now  func() time.Time // nil: the clock
}

// ErrRefused is an answer that does not prove who somebody is.
var ErrRefused = errors.New("the provider's answer does not hold")

// Provider is asked for its addresses and keys when it is first needed, so
// that a desk starts without it.
type Provider struct {
	config Config

	mu    sync.Mutex // guards found
	found *oidc.Provider
}

// maxAnswer bounds what a provider answers, in bytes.
const maxAnswer = 1 << 20

// New is for a provider. Its address is https, or on this machine.
func New(c Config) (*Provider, error) {
	u, err := url.Parse(c.Issuer)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("OpenID issuer %q: an address like https://id.example.com is needed", c.Issuer)
	}
	if c.Client == "" {
		return nil, errors.New("OpenID: what the provider calls the desk is needed")
	}
	if c.Name == "" {
		c.Name = u.Hostname()
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: 10 * time.Second}
	}
	limited := *c.HTTP
	limited.Transport = bounded{c.HTTP.Transport}
	c.HTTP = &limited
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Provider{config: c}, nil
}

// Roles says whether a person's roles come from the provider.
func (p *Provider) Roles() bool { return p.config.Roles != "" }

// Name is what the button says.
func (p *Provider) Name() string { return p.config.Name }

// Flow is one sign-in under way. It is kept by the desk and told to nobody.
type Flow struct{ State, Nonce, Verifier, Redirect string }

// Start begins one. redirect is "" for the desk's own page, or an address on
// the person's own machine (RFC 8252, section 7.3). address is where they go.
func (p *Provider) Start(ctx context.Context, redirect string) (address string, f Flow, err error) {
	if redirect == "" {
		redirect = p.config.Redirect
	} else if u, err := url.Parse(redirect); err != nil || u.Scheme != "http" || !loopbackAddress(u.Hostname()) || u.Port() == "" || u.User != nil || u.Fragment != "" {
		return "", Flow{}, fmt.Errorf("%w: a program's own address is http://127.0.0.1:PORT/…", ErrRefused)
	}
	if redirect == "" {
		return "", Flow{}, fmt.Errorf("%w: the desk does not know by which address people reach it", ErrRefused)
	}
	ctx = oidc.ClientContext(ctx, p.config.HTTP)
	found, err := p.discover(ctx)
	if err != nil {
		return "", Flow{}, err
	}
	f = Flow{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(), Redirect: redirect}
	return p.client(found, redirect).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), f, nil
}

// Finish takes what came back to the redirect address and says who it is;
// ErrRefused when it does not hold.
func (p *Provider) Finish(ctx context.Context, f Flow, state, code string) (Person, error) {
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(f.State)) != 1 {
		return Person{}, fmt.Errorf("%w: it belongs to another sign-in", ErrRefused)
	}
	ctx = oidc.ClientContext(ctx, p.config.HTTP)
	found, err := p.discover(ctx)
	if err != nil {
		return Person{}, err
	}
	token, err := p.client(found, f.Redirect).Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if no := (*oauth2.RetrieveError)(nil); errors.As(err, &no) {
		return Person{}, fmt.Errorf("%w: %s", ErrRefused, no.ErrorCode)
	}
	if err != nil {
		return Person{}, fmt.Errorf("ask the OpenID provider: %w", err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return Person{}, fmt.Errorf("%w: it says nothing of who it is", ErrRefused)
	}
	signed, err := found.VerifierContext(ctx, &oidc.Config{ClientID: p.config.Client, Now: p.config.Now}).Verify(ctx, raw)
	if err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if subtle.ConstantTimeCompare([]byte(signed.Nonce), []byte(f.Nonce)) != 1 {
		return Person{}, fmt.Errorf("%w: it answers another question", ErrRefused)
	}
	var claims map[string]json.RawMessage
	if err := signed.Claims(&claims); err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return p.person(signed.Subject, claims)
}

func (p *Provider) client(found *oidc.Provider, redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.config.Client, ClientSecret: p.config.Secret, Endpoint: found.Endpoint(), RedirectURL: redirect,
		Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}
}

// discover asks the provider once, and again after it did not answer.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	found, err := oidc.NewProvider(context.WithoutCancel(ctx), p.config.Issuer) // it keeps the context for its keys
	if err != nil {
		return nil, fmt.Errorf("find the OpenID provider %s: %w", p.config.Issuer, err)
	}
	p.found = found
	return found, nil
}
