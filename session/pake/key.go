package pake

import (
	"crypto/hkdf"
	"crypto/sha512"
	"fmt"
)

// Key is a key that both sides are known to have.
type Key struct {
	role Role
	isk  []byte
}

// Directional derives the keys for one purpose: what this side sends with, and
// what it receives with, 32 bytes each (HKDF-SHA-512, RFC 5869). Different
// purposes give independent keys; the two sides' are each other's mirror.
func (k *Key) Directional(purpose string) (send, receive [32]byte, err error) {
	for i, from := range []Role{Initiator, Responder} {
		label := [...]string{"initiator to responder", "responder to initiator"}[i]
		b, err := hkdf.Key(sha512.New, k.isk, nil, "beistand v1 "+purpose+": "+label, 32)
		if err != nil {
			return send, receive, fmt.Errorf("derive the key for %q: %w", purpose, err)
		}
		if from == k.role {
			copy(send[:], b)
		} else {
			copy(receive[:], b)
		}
	}
	return send, receive, nil
}
