package invite

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"github.com/beistand/beistand/session/rights"
)

func key(b byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, ed25519.SeedSize))
}

func plain() Invitation {
	return Invitation{
		ID: "7f1c", Ticket: 4711, Supporter: "Jana Kern", Organisation: "Muster GmbH", FirstPart: "123",
		Role: Supporter, Rights: rights.Of(rights.See, rights.Control),
	}
}

// changes are all that can be altered in an invitation, each to something that
// is an invitation by itself.
var changes = map[string]func(*Invitation){
	"session":      func(i *Invitation) { i.ID = "7f1d" },
	"ticket":       func(i *Invitation) { i.Ticket = 4712 },
	"supporter":    func(i *Invitation) { i.Supporter = "Jana Korn" },
	"organisation": func(i *Invitation) { i.Organisation = "" },
	"first part":   func(i *Invitation) { i.FirstPart = "124" },
	"role":         func(i *Invitation) { i.Role = Expert },
	"rights":       func(i *Invitation) { i.Rights = i.Rights.With(rights.Of(rights.FilesOut)) },
	"key":          func(i *Invitation) { i.DeskKey = key(2).Public().(ed25519.PublicKey) },
	"signature":    func(i *Invitation) { i.Signature = append([]byte{i.Signature[0] ^ 1}, i.Signature[1:]...) },
	"no signature": func(i *Invitation) { i.Signature = nil },
	"moved":        func(i *Invitation) { i.Supporter, i.Organisation = "Jana", "KernMuster GmbH" },
}

func TestVerify(t *testing.T) {
	signed := plain()
	if err := signed.Sign(key(1)); err != nil {
		t.Fatal(err)
	}
	if err := signed.Verify(); err != nil {
		t.Fatalf("what was signed: %v", err)
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			i := signed
			change(&i)
			if err := i.Verify(); !errors.Is(err, ErrSignature) {
				t.Errorf("verify: %v, want %v", err, ErrSignature)
			}
		})
	}
}

func TestForm(t *testing.T) {
	for name, change := range map[string]func(*Invitation){
		"no session":         func(i *Invitation) { i.ID = "" },
		"long session":       func(i *Invitation) { i.ID = strings.Repeat("x", MaxText+1) },
		"nobody":             func(i *Invitation) { i.Supporter = "" },
		"line feed":          func(i *Invitation) { i.Supporter = "Jana\nKern" },
		"not text":           func(i *Invitation) { i.Organisation = "\xff" },
		"ticket 0":           func(i *Invitation) { i.Ticket = 0 },
		"two digits":         func(i *Invitation) { i.FirstPart = "12" },
		"letters":            func(i *Invitation) { i.FirstPart = "12a" },
		"no role":            func(i *Invitation) { i.Role = "" },
		"another role":       func(i *Invitation) { i.Role = "admin" },
		"nothing asked":      func(i *Invitation) { i.Rights = 0 },
		"unknown asked":      func(i *Invitation) { i.Rights |= 1 << 15 },
		"observer controls":  func(i *Invitation) { i.Role = Observer },
		"observer sees none": func(i *Invitation) { i.Role, i.Rights = Observer, rights.Of(rights.Logs) },
	} {
		t.Run(name, func(t *testing.T) {
			i := plain()
			change(&i)
			if err := i.Sign(key(1)); !errors.Is(err, ErrForm) {
				t.Errorf("sign: %v, want %v", err, ErrForm)
			}
			i.DeskKey = key(1).Public().(ed25519.PublicKey)
			i.Signature = ed25519.Sign(key(1), i.Statement())
			if err := i.Verify(); !errors.Is(err, ErrForm) {
				t.Errorf("verify: %v, want %v", err, ErrForm)
			}
		})
	}
	i := plain()
	i.DeskKey = []byte{1}
	if err := i.Verify(); !errors.Is(err, ErrForm) {
		t.Errorf("verify with a short key: %v", err)
	}
	i = plain()
	i.Role, i.Rights = Observer, rights.Of(rights.See)
	if err := errors.Join(i.Sign(key(1)), i.Verify()); err != nil {
		t.Errorf("an observer that sees: %v", err)
	}
}

// TestStatementIsWritten holds the encoding, which other programs check.
func TestStatementIsWritten(t *testing.T) {
	i := Invitation{ID: "a", Ticket: 7, Supporter: "b", FirstPart: "123", Role: Supporter, Rights: rights.Of(rights.Control, rights.See), DeskKey: []byte("k")}
	want := "\x00\x00\x00\x16beistand invitation v1\x00\x00\x00\x01a\x00\x00\x00\x017\x00\x00\x00\x01b\x00\x00\x00\x00" +
		"\x00\x00\x00\x03123\x00\x00\x00\x09supporter\x00\x00\x00\x0bsee,control\x00\x00\x00\x01k"
	if got := string(i.Statement()); got != want {
		t.Errorf("statement %q, want %q", got, want)
	}
}
