package totp

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// sealed is before a secret that is sealed; base32 has no such beginning.
const sealed = "sealed:"

// ErrSealed is that a secret was sealed with another key, or for somebody else.
var ErrSealed = errors.New("the secret is sealed with another key")

// Sealer keeps secrets from whoever reads the database: its key is not there.
type Sealer struct{ aead cipher.AEAD }

// NewSealer makes one of a key of 32 bytes.
func NewSealer(key []byte) (*Sealer, error) {
	if len(key) != 32 {
		return nil, fmt.Errorf("seal second factors: a key of %d bytes, not 32", len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block) // NIST SP 800-38D, section 8.2.2
	if err != nil {
		return nil, err
	}
	return &Sealer{aead: aead}, nil
}

// Seal makes of somebody's secret what is kept; "" stays "". What is sealed for one does not open for another.
func (s *Sealer) Seal(owner, secret string) string {
	if secret == "" {
		return ""
	}
	return sealed + base64.RawStdEncoding.EncodeToString(s.aead.Seal(nil, nil, []byte(secret), []byte("totp "+owner)))
}

// Open is Seal's reverse: ErrSealed where it is not. What was kept before there
// were seals is given as it is.
func (s *Sealer) Open(owner, kept string) (secret string, err error) {
	text, is := strings.CutPrefix(kept, sealed)
	if !is {
		return kept, nil
	}
	box, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return "", ErrSealed
	}
	plain, err := s.aead.Open(nil, nil, box, []byte("totp "+owner))
	if err != nil {
		return "", ErrSealed
	}
	return string(plain), nil
}

// IsSealed says whether what is kept needs no seal any more.
func IsSealed(kept string) bool { return kept == "" || strings.HasPrefix(kept, sealed) }
