package store

import (
	"crypto/rand"
	"encoding/hex"
)

// newID draws 128 bits as hex: unguessable, and safe as a file's name everywhere.
func newID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// validID is what newID makes; nothing else is ever joined to a path.
func validID(id string) bool {
	if len(id) != 32 {
		return false
	}
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
