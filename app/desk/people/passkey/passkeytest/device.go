// Package passkeytest is a device with passkeys, in memory, that really signs.
package passkeytest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// Flags of authenticator data (Web Authentication, level 3, section 6.1).
const (
	present  = 1 << 0
	verified = 1 << 2
	attested = 1 << 6
)

// Device makes passkeys and signs with them. What a test changes makes it lie.
type Device struct {
	Origin  string // "https://desk.example.com": the page that it believes to be on
	Unknown bool   // it has not checked who holds it
	Counter uint32 // of signatures
	keys    []key
}

type key struct {
	id, handle []byte
	rp         string
	private    *ecdsa.PrivateKey
}

var b64 = base64.RawURLEncoding

type bytes64 []byte

// MarshalText is part of encoding.TextMarshaler.
func (b bytes64) MarshalText() ([]byte, error) { return []byte(b64.EncodeToString(b)), nil }

// UnmarshalText is part of encoding.TextUnmarshaler.
func (b *bytes64) UnmarshalText(text []byte) (err error) {
	*b, err = b64.DecodeString(string(bytes.TrimRight(text, "=")))
	return err
}

// credential is PublicKeyCredential.toJSON's form (section 5.1).
type credential struct {
	ID       string         `json:"id"`
	RawID    string         `json:"rawId"`
	Type     string         `json:"type"`
	Results  map[string]any `json:"clientExtensionResults"`
	Response any            `json:"response"`
}

// Create answers navigator.credentials.create.
func (d *Device) Create(options []byte) ([]byte, error) {
	var in struct {
		PublicKey struct {
			Challenge string
			RP        struct{ ID string }
			User      struct{ ID bytes64 }
		}
	}
	if err := json.Unmarshal(options, &in); err != nil {
		return nil, fmt.Errorf("create a passkey: %w", err)
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("create a passkey: %w", err)
	}
	k := key{id: make([]byte, 16), handle: in.PublicKey.User.ID, rp: in.PublicKey.RP.ID, private: private}
	rand.Read(k.id)
	d.keys = append(d.keys, k)
	point, err := private.PublicKey.Bytes() // 4, x, y
	if err != nil {
		return nil, fmt.Errorf("create a passkey: %w", err)
	}
	data := d.data(k.rp, attested)
	data = append(data, make([]byte, 16)...) // AAGUID
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.id)))
	data = append(data, k.id...)
	data = append(data, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20) // COSE: EC2, ES256, P-256 (RFC 9052)
	data = append(data, point[1:33]...)
	data = append(data, 0x22, 0x58, 0x20)
	data = append(data, point[33:]...)
	object := append([]byte{0xa3}, text("fmt")...)
	object = append(object, text("none")...)
	object = append(append(object, text("attStmt")...), 0xa0)
	object = append(append(object, text("authData")...), 0x59, byte(len(data)>>8), byte(len(data)))
	object = append(object, data...)
	said, err := d.client("webauthn.create", in.PublicKey.Challenge)
	if err != nil {
		return nil, err
	}
	return json.Marshal(credential{
		ID: b64.EncodeToString(k.id), RawID: b64.EncodeToString(k.id), Type: "public-key", Results: map[string]any{},
		Response: map[string]any{"clientDataJSON": bytes64(said), "attestationObject": bytes64(object), "transports": []string{"internal"}},
	})
}

// Get answers navigator.credentials.get with the newest passkey that fits.
func (d *Device) Get(options []byte) ([]byte, error) {
	var in struct {
		PublicKey struct {
			Challenge        string
			RPID             string `json:"rpId"`
			AllowCredentials []struct{ ID bytes64 }
		}
	}
	if err := json.Unmarshal(options, &in); err != nil {
		return nil, fmt.Errorf("use a passkey: %w", err)
	}
	for i := len(d.keys) - 1; i >= 0; i-- {
		k := d.keys[i]
		fits := len(in.PublicKey.AllowCredentials) == 0
		for _, a := range in.PublicKey.AllowCredentials {
			fits = fits || bytes.Equal(a.ID, k.id)
		}
		if fits && k.rp == in.PublicKey.RPID {
			return d.sign(k, in.PublicKey.Challenge)
		}
	}
	return nil, errors.New("use a passkey: there is none for it")
}

func (d *Device) sign(k key, challenge string) ([]byte, error) {
	said, err := d.client("webauthn.get", challenge)
	if err != nil {
		return nil, err
	}
	d.Counter++
	data := d.data(k.rp, 0)
	hash := sha256.Sum256(said)
	signed := sha256.Sum256(append(bytes.Clone(data), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.private, signed[:])
	if err != nil {
		return nil, fmt.Errorf("use a passkey: %w", err)
	}
	return json.Marshal(credential{
		ID: b64.EncodeToString(k.id), RawID: b64.EncodeToString(k.id), Type: "public-key", Results: map[string]any{},
		Response: map[string]any{
			"clientDataJSON": bytes64(said), "authenticatorData": bytes64(data), "signature": bytes64(signature), "userHandle": bytes64(k.handle),
		},
	})
}

// data is authenticator data without what follows its counter.
func (d *Device) data(rp string, flags byte) []byte {
	flags |= present
	if !d.Unknown {
		flags |= verified
	}
	hash := sha256.Sum256([]byte(rp))
	return binary.BigEndian.AppendUint32(append(hash[:], flags), d.Counter)
}

func (d *Device) client(what, challenge string) ([]byte, error) {
	b, err := json.Marshal(map[string]any{"type": what, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
	if err != nil {
		return nil, fmt.Errorf("say what a page asked: %w", err)
	}
	return b, nil
}

// text is a short text in CBOR (RFC 8949).
func text(s string) []byte { return append([]byte{0x60 | byte(len(s))}, s...) }
