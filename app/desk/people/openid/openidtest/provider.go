// Package openidtest is an OpenID provider on loopback that really signs, and lies when a test wants it to.
package openidtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Provider is one with a single person, who says yes to everything.
type Provider struct {
	*httptest.Server
	Client, Secret string

	mu     sync.Mutex // guards what follows
	claims map[string]any
	lie    func(claims map[string]any)
	key    *ecdsa.PrivateKey
	signs  *ecdsa.PrivateKey // with another one, its answers hold nowhere
	asked  map[string]url.Values
}

// Start starts one over TLS that ends with the test.
func Start(t testing.TB) *Provider {
	t.Helper()
	p := &Provider{Client: "beistand", Secret: "the desk's own", claims: map[string]any{"sub": "42"}, asked: map[string]url.Values{}}
	var err error
	if p.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	p.signs = p.key
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewTLSServer(mux)
	t.Cleanup(p.Close)
	return p
}

// Say sets what it says of the person: claims beside sub.
func (p *Provider) Say(claims map[string]any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.claims = map[string]any{"sub": "42"}
	for k, v := range claims {
		p.claims[k] = v
	}
}

// Lie changes what it signs; nil is the truth.
func (p *Provider) Lie(change func(claims map[string]any)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lie = change
}

// SignAsAnother makes it sign with a key that is not among those it shows, or with its own again.
func (p *Provider) SignAsAnother(another bool) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.signs = key; !another {
		p.signs = p.key
	}
	return err
}

func (p *Provider) discovery(w http.ResponseWriter, _ *http.Request) {
	give(w, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"ES256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
	})
}

func (p *Provider) keys(w http.ResponseWriter, _ *http.Request) {
	give(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: "one", Algorithm: "ES256", Use: "sig"}}})
}

// authorize is the person's yes: it sends them back with a code.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != p.Client || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" {
		http.Error(w, "not as agreed", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	p.mu.Lock()
	p.asked[code] = q
	p.mu.Unlock()
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}}.Encode(), http.StatusFound)
}

func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	user, secret, _ := r.BasicAuth()
	p.mu.Lock()
	defer p.mu.Unlock()
	q, ok := p.asked[r.PostFormValue("code")]
	delete(p.asked, r.PostFormValue("code"))
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || q.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) || r.PostFormValue("redirect_uri") != q.Get("redirect_uri") ||
		user != p.Client || secret != url.QueryEscape(p.Secret) {
		w.WriteHeader(http.StatusBadRequest)
		give(w, map[string]string{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{"iss": p.URL, "aud": p.Client, "iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(), "nonce": q.Get("nonce")}
	for k, v := range p.claims {
		claims[k] = v
	}
	if p.lie != nil {
		p.lie(claims)
	}
	signed, err := sign(p.signs, claims)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	give(w, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 60, "id_token": signed})
}

func sign(key *ecdsa.PrivateKey, claims map[string]any) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: "one"}}, nil)
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	b, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	signed, err := signer.Sign(b)
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return signed.CompactSerialize()
}

func give(w http.ResponseWriter, v any) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	_ = json.NewEncoder(w).Encode(v) // who asked has gone
}

// Agree goes where the desk sent a person and gives what came back to the redirect address.
func (p *Provider) Agree(t testing.TB, address string) (state, code string) {
	t.Helper()
	c := *p.Server.Client()
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		t.Fatalf("%s: %v", resp.Status, err)
	}
	return back.Query().Get("state"), back.Query().Get("code")
}
