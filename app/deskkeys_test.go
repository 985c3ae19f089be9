//go:build !headless

package app

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/session"
)

func deskSigner(b byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, ed25519.SeedSize))
}

func deskPublic(b byte) ed25519.PublicKey { return deskSigner(b).Public().(ed25519.PublicKey) }

// TestDeskKeys: the first key of an address stays, and a profile's wins if its signer is trusted.
func TestDeskKeys(t *testing.T) {
	const here, there = "https://desk.example.com", "https://other.example.com"
	type step struct {
		profile string // "", "named" or "trusted"
		named   byte
		address string
		key     byte // 0: the desk has none
		ok      bool
	}
	for name, steps := range map[string][]step{
		"stays":                    {{"", 0, here, 1, true}, {"", 0, here, 1, true}, {"", 0, here, 2, false}, {"", 0, here, 1, true}},
		"each its own":             {{"", 0, here, 1, true}, {"", 0, there, 2, true}, {"", 0, there, 1, false}},
		"gone":                     {{"", 0, here, 1, true}, {"", 0, here, 0, false}},
		"never had one":            {{"", 0, here, 0, true}, {"", 0, here, 1, true}},
		"trusted profile alone":    {{"trusted", 1, here, 2, false}, {"trusted", 1, here, 0, false}, {"trusted", 1, here, 1, true}},
		"trusted profile renews":   {{"", 0, here, 1, true}, {"trusted", 2, here, 2, true}, {"", 0, here, 2, true}, {"", 0, here, 1, false}},
		"any profile is narrower":  {{"named", 1, here, 2, false}, {"named", 1, here, 1, true}},
		"any profile never renews": {{"", 0, here, 1, true}, {"named", 2, here, 2, false}, {"named", 2, here, 1, false}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "desks.json")
			for i, s := range steps {
				d := &deskKeys{path: path, sure: s.profile == "trusted"}
				if s.profile != "" {
					d.named = deskPublic(s.named)
				}
				var key ed25519.PublicKey
				if s.key != 0 {
					key = deskPublic(s.key)
				}
				err := d.meet(s.address, key)
				var other *problem.OtherDesk
				if s.ok != (err == nil) || !s.ok && (!errors.As(err, &other) || other.Desk != s.address) {
					t.Errorf("step %d: %v", i, err)
				}
				if err != nil && !strings.Contains(problem.Of(err).Text(nil), s.address) {
					t.Errorf("step %d: a person reads %q", i, problem.Of(err).Text(nil))
				}
			}
		})
	}
}

func TestDeskKeysDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desks.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := &deskKeys{path: path}
	if err := d.meet("https://desk.example.com", deskPublic(1)); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a damaged file: %v", err)
	}
}

// TestVouched: a session counts as the desk signed it, and as nothing else.
func TestVouched(t *testing.T) {
	const here = "https://desk.example.com"
	n := api.Session{
		ID: "7f1c", Ticket: 7, Supporter: "Jana Kern", Organisation: "Muster GmbH", FirstPart: "123",
		Rights: []string{"see"}, Role: api.RoleSupporter,
	}
	said, err := told(n)
	if err == nil {
		err = said.Sign(deskSigner(1))
	}
	if err != nil {
		t.Fatal(err)
	}
	n.DeskKey, n.Signature = said.DeskKey, said.Signature
	d := &deskKeys{path: filepath.Join(t.TempDir(), "desks.json")}
	if err := d.vouched(here, n); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*api.Session){
		"name":     func(n *api.Session) { n.Supporter = "Jana Korn" },
		"rights":   func(n *api.Session) { n.Rights = []string{"see", "control"} },
		"no right": func(n *api.Session) { n.Rights = []string{"all"} },
		"role":     func(n *api.Session) { n.Role = api.RoleObserver },
		"unsigned": func(n *api.Session) { n.DeskKey, n.Signature = nil, nil },
	} {
		altered := n
		change(&altered)
		if err := d.vouched(here, altered); !errors.Is(err, session.ErrTampered) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := said.Sign(deskSigner(2)); err != nil {
		t.Fatal(err)
	}
	n.DeskKey, n.Signature = said.DeskKey, said.Signature
	var other *problem.OtherDesk
	if err := d.vouched(here, n); !errors.As(err, &other) {
		t.Errorf("signed by another desk: %v", err)
	}
}

func TestKnownDesks(t *testing.T) {
	profile := &diag.Profile{Desk: "https://desk.example.com", DeskKey: deskPublic(1), Signed: diag.Trusted}
	if d := knownDesks(places{}, profile, profile.Desk); !d.sure || !d.named.Equal(deskPublic(1)) {
		t.Errorf("the profile's own desk: %+v", d)
	}
	if d := knownDesks(places{}, profile, "https://other.example.com"); d.named != nil {
		t.Errorf("another desk than the profile's has the profile's key")
	}
	profile.Signed = diag.Unsigned
	if d := knownDesks(places{}, profile, profile.Desk); d.sure {
		t.Error("a profile that nobody signed is trusted")
	}
}
