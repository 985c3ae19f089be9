// Package passkey is the factor that a device or a security key signs with (Web Authentication, level 3).
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// MaxAnswer bounds what an authenticator's answer may be long, in bytes.
const MaxAnswer = 64 << 10

// ErrRefused is an answer that does not prove what was asked for.
var ErrRefused = errors.New("the passkey's answer does not hold")

// Desk is the one that passkeys are made for.
type Desk struct{ w *webauthn.WebAuthn }

// New is for a desk that people reach at base. Passkeys belong to base's host:
// at another one they are not offered. An address in figures cannot have any.
func New(name string, base *url.URL) (*Desk, error) {
	host := base.Hostname()
	if host == "" || net.ParseIP(host) != nil {
		return nil, fmt.Errorf("passkeys for %q: a host with a name is needed", base.Redacted())
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: name, RPOrigins: []string{base.Scheme + "://" + base.Host},
		AttestationPreference: protocol.PreferNoAttestation,
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys for %q: %w", base.Redacted(), err)
	}
	return &Desk{w}, nil
}

// Owner is whose passkeys they are.
type Owner struct {
	Handle   []byte   // what passkeys know them by: random, never shown
	Name     string   // to sign in with
	Display  string   // that authenticators show
	Passkeys [][]byte // as Registered and Answered gave them
}

// Challenge is a question to an authenticator.
type Challenge struct {
	Options json.RawMessage // for navigator.credentials.create or get
	Session []byte          // what the answer is judged by; kept, and used once
}

// Passkey is one that has answered.
type Passkey struct {
	ID     string // base64url, as authenticators name it
	Record []byte // to be kept in place of the former one: counters move
}

// Register asks for a new passkey of owner's.
func (d *Desk) Register(owner Owner) (Challenge, error) {
	u, err := load(owner)
	if err != nil {
		return Challenge{}, err
	}
	options, session, err := d.w.BeginRegistration(u,
		webauthn.WithExclusions(webauthn.Credentials(u.credentials).CredentialDescriptors()),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementPreferred, UserVerification: protocol.VerificationPreferred,
		}))
	return challenge("register a passkey", options, session, err)
}

// Registered judges the answer to Register; ErrRefused when it does not hold.
func (d *Desk) Registered(owner Owner, session, answer []byte) (Passkey, error) {
	u, s, err := both(owner, session)
	if err != nil {
		return Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Passkey{}, refused(err)
	}
	c, err := d.w.CreateCredential(u, s, parsed)
	if err != nil {
		return Passkey{}, refused(err)
	}
	return kept(c)
}

// Ask asks owner's passkeys, as a factor beside another.
func (d *Desk) Ask(owner Owner) (Challenge, error) {
	u, err := load(owner)
	if err != nil {
		return Challenge{}, err
	}
	options, session, err := d.w.BeginLogin(u, webauthn.WithUserVerification(protocol.VerificationPreferred))
	return challenge("ask for a passkey", options, session, err)
}

// AskAnybody asks whichever passkey there is. It is the only factor, so the
// authenticator has to know its owner: by a PIN, a finger, a face.
func (d *Desk) AskAnybody() (Challenge, error) {
	options, session, err := d.w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	return challenge("ask for a passkey", options, session, err)
}

// Answered judges the answer to Ask; ErrRefused when it does not hold.
func (d *Desk) Answered(owner Owner, session, answer []byte) (Passkey, error) {
	u, s, err := both(owner, session)
	if err != nil {
		return Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Passkey{}, refused(err)
	}
	c, err := d.w.ValidateLogin(u, s, parsed)
	if err != nil {
		return Passkey{}, refused(err)
	}
	return used(c)
}

// AnsweredBy judges the answer to AskAnybody. find gives the one a handle belongs to.
func (d *Desk) AnsweredBy(session, answer []byte, find func(handle []byte) (Owner, error)) (Owner, Passkey, error) {
	_, s, err := both(Owner{}, session)
	if err != nil {
		return Owner{}, Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Owner{}, Passkey{}, refused(err)
	}
	var owner Owner
	var looked error // which is no refusal
	_, c, err := d.w.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		if owner, looked = find(handle); looked != nil {
			return nil, looked
		}
		u, err := load(owner)
		looked = err
		return u, err
	}, s, parsed)
	if looked != nil {
		return Owner{}, Passkey{}, looked
	}
	if err != nil {
		return Owner{}, Passkey{}, refused(err)
	}
	p, err := used(c)
	return owner, p, err
}

// used keeps what has signed, unless its counter says that there are two of it (section 6.1.1).
func used(c *webauthn.Credential) (Passkey, error) {
	if c.Authenticator.CloneWarning {
		return Passkey{}, fmt.Errorf("%w: its counter went back, as a copy's does", ErrRefused)
	}
	return kept(c)
}

func kept(c *webauthn.Credential) (Passkey, error) {
	c.Attestation = webauthn.CredentialAttestation{} // which nobody asked for
	record, err := json.Marshal(c)
	if err != nil {
		return Passkey{}, fmt.Errorf("keep a passkey: %w", err)
	}
	return Passkey{ID: base64.RawURLEncoding.EncodeToString(c.ID), Record: record}, nil
}

func challenge(doing string, options any, session *webauthn.SessionData, err error) (Challenge, error) {
	if err != nil {
		return Challenge{}, fmt.Errorf("%s: %w", doing, err)
	}
	o, err := json.Marshal(options)
	if err != nil {
		return Challenge{}, fmt.Errorf("%s: %w", doing, err)
	}
	s, err := json.Marshal(session)
	if err != nil {
		return Challenge{}, fmt.Errorf("%s: %w", doing, err)
	}
	return Challenge{Options: o, Session: s}, nil
}

func refused(err error) error {
	var detail *protocol.Error
	if errors.As(err, &detail) && detail.DevInfo != "" {
		return fmt.Errorf("%w: %w (%s)", ErrRefused, err, detail.DevInfo)
	}
	return fmt.Errorf("%w: %w", ErrRefused, err)
}
