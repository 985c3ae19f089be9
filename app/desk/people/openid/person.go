package openid

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Person is who somebody is, as the provider has signed it.
type Person struct {
	Subject  string // never another person's (section 8)
	User     string // preferred_username; may be "", and changes
	Name     string
	Email    string // "" when the provider has not verified it
	Language string
	Roles    []string // of the claim that was configured, each once
}

func (p *Provider) person(subject string, claims map[string]json.RawMessage) (Person, error) {
	if subject == "" || len(subject) > 255 { // section 2
		return Person{}, fmt.Errorf("%w: its subject is empty or too long", ErrRefused)
	}
	of := Person{Subject: subject, User: text(claims["preferred_username"]), Name: text(claims["name"]), Language: text(claims["locale"])}
	var verified bool
	if json.Unmarshal(claims["email_verified"], &verified) == nil && verified {
		of.Email = text(claims["email"])
	}
	if p.config.Roles != "" {
		of.Roles = list(claims, p.config.Roles)
	}
	return of, nil
}

// text is a claim that is one, cut to what fits into a line.
func text(claim json.RawMessage) string {
	var s string
	if json.Unmarshal(claim, &s) != nil || len(s) > 200 {
		return ""
	}
	return s
}

// list is a claim of names: a list, or one with spaces between. Dots in the
// claim's own name go into objects: "realm_access.roles".
func list(claims map[string]json.RawMessage, claim string) []string {
	raw, ok := claims[claim]
	if head, rest, inner := strings.Cut(claim, "."); !ok && inner {
		var of map[string]json.RawMessage
		if json.Unmarshal(claims[head], &of) != nil {
			return nil
		}
		return list(of, rest)
	}
	var all []string
	if json.Unmarshal(raw, &all) != nil {
		all = strings.Fields(text(raw))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func loopback(host string) bool { return host == "localhost" || loopbackAddress(host) }

func loopbackAddress(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

// bounded cuts answers that are longer than any is.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	next := b.next
	if next == nil {
		next = http.DefaultTransport
	}
	resp, err := next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}
