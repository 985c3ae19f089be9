package peer

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"github.com/pion/webrtc/v3"
)

// Fingerprint is the SHA-256 of a DTLS certificate (RFC 8122, section 5).
type Fingerprint [sha256.Size]byte

// Identity is one side's DTLS certificate, drawn for one session. Its
// fingerprint can be told before there is a connection, and all connections of
// the session show it.
type Identity struct {
	certificate webrtc.Certificate
	fingerprint Fingerprint
}

// NewIdentity draws one, on P-256.
func NewIdentity() (*Identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("draw a certificate's key: %w", err)
	}
	certificate, err := webrtc.GenerateCertificate(key)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	prints, err := certificate.GetFingerprints()
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	i := &Identity{certificate: *certificate}
	for _, p := range prints {
		if found, err := fingerprint("a=fingerprint:" + p.Algorithm + " " + p.Value); err == nil {
			copy(i.fingerprint[:], found)
			return i, nil
		}
	}
	return nil, errNoFingerprint
}

// Fingerprint is the certificate's.
func (i *Identity) Fingerprint() Fingerprint { return i.fingerprint }
