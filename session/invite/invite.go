// Package invite is what the desk tells both sides of a session before it begins, under the desk's signature.
//
// Both sides are told the same or have no key in common: the key exchange
// binds every field. The signature is what keeps: in the session's record it
// says that this desk named this person for this ticket.
package invite

import (
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/session/rights"
)

// Context stands in front of what is signed, so that the signature is none
// over anything else.
const Context = "beistand invitation v1"

// MaxText bounds a name and an identifier, in characters.
const MaxText = 300

// Role is as what somebody comes.
type Role string

// The roles.
const (
	Supporter Role = "supporter"
	Expert    Role = "expert"   // as the supporter; called in besides
	Observer  Role = "observer" // looks on, and never has more than rights.See
)

// Invitation is what the desk tells about one session.
type Invitation struct {
	ID           string     // the session's, given by the desk
	Ticket       int64      // the ticket's number
	Supporter    string     // who asks
	Organisation string     // for whom; may be empty
	FirstPart    string     // the desk's half of the code, three digits
	Role         Role       // as what they come
	Rights       rights.Set // what is asked for, at least one

	DeskKey   ed25519.PublicKey // the desk's, 32 bytes
	Signature []byte            // by DeskKey over Statement, 64 bytes (RFC 8032)
}

// Reasons that callers branch on.
var (
	ErrForm      = errors.New("the desk's invitation is not written as one is")
	ErrSignature = errors.New("the signature of the desk's invitation is not right")
)

// Statement is what the desk signs: Context and every field but the signature,
// each behind its length of four bytes, big endian, so that no two invitations
// look alike. Numbers are decimal; rights are in their order, joined by commas.
func (i Invitation) Statement() []byte {
	var b []byte
	for _, field := range []string{
		Context, i.ID, strconv.FormatInt(i.Ticket, 10), i.Supporter, i.Organisation, i.FirstPart,
		string(i.Role), strings.Join(i.Rights.Strings(), ","), string(i.DeskKey),
	} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(field)))
		b = append(b, field...)
	}
	return b
}

// Sign fills in DeskKey and Signature. The error is ErrForm.
func (i *Invitation) Sign(key ed25519.PrivateKey) error {
	signed := *i
	signed.DeskKey = key.Public().(ed25519.PublicKey)
	if err := signed.form(); err != nil {
		return fmt.Errorf("sign an invitation: %w", err)
	}
	signed.Signature = ed25519.Sign(key, signed.Statement())
	*i = signed
	return nil
}

// Verify checks the form and that DeskKey signed it; whether that key is the
// right one is the caller's to know. The error is ErrForm or ErrSignature.
func (i Invitation) Verify() error {
	if err := i.form(); err != nil {
		return err
	}
	if !ed25519.Verify(i.DeskKey, i.Statement(), i.Signature) {
		return ErrSignature
	}
	return nil
}

func (i Invitation) form() error {
	for _, text := range []string{i.ID, i.Supporter, i.Organisation} {
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > MaxText || strings.ContainsFunc(text, unicode.IsControl) {
			return fmt.Errorf("%w: a text of %d bytes", ErrForm, len(text))
		}
	}
	switch {
	case i.ID == "" || i.Supporter == "":
		return fmt.Errorf("%w: it names nobody", ErrForm)
	case i.Ticket < 1:
		return fmt.Errorf("%w: ticket %d", ErrForm, i.Ticket)
	case len(i.FirstPart) != 3 || strings.Trim(i.FirstPart, "0123456789") != "":
		return fmt.Errorf("%w: first part %q", ErrForm, i.FirstPart)
	case i.Role != Supporter && i.Role != Expert && i.Role != Observer:
		return fmt.Errorf("%w: role %q", ErrForm, i.Role)
	case i.Rights == 0 || i.Rights != i.Rights.Both(rights.Of(rights.All()...)):
		return fmt.Errorf("%w: it asks for nothing that is known", ErrForm)
	case i.Role == Observer && i.Rights != rights.Of(rights.See):
		return fmt.Errorf("%w: an observer asks for more than to see", ErrForm)
	case len(i.DeskKey) != ed25519.PublicKeySize:
		return fmt.Errorf("%w: a key of %d bytes", ErrForm, len(i.DeskKey))
	}
	return nil
}
