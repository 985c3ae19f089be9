package passkey

import (
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/webauthn"
)

// user is an Owner as the library asks for one.
type user struct {
	Owner
	credentials []webauthn.Credential
}

func (u user) WebAuthnID() []byte                         { return u.Handle }
func (u user) WebAuthnName() string                       { return u.Name }
func (u user) WebAuthnDisplayName() string                { return u.Display }
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.credentials }

func load(o Owner) (user, error) {
	u := user{Owner: o}
	for _, record := range o.Passkeys {
		var c webauthn.Credential
		if err := json.Unmarshal(record, &c); err != nil {
			return user{}, fmt.Errorf("read a passkey of %q: %w", o.Name, err)
		}
		u.credentials = append(u.credentials, c)
	}
	return u, nil
}

func both(o Owner, session []byte) (user, webauthn.SessionData, error) {
	u, err := load(o)
	if err != nil {
		return user{}, webauthn.SessionData{}, err
	}
	var s webauthn.SessionData
	if err := json.Unmarshal(session, &s); err != nil {
		return user{}, webauthn.SessionData{}, fmt.Errorf("read a passkey's question: %w", err)
	}
	return u, s, nil
}
