package totp

import (
	"crypto/rand"
	"strings"
)

const (
	recoveryWords = "abcdefghjkmnpqrstuvwxyz23456789" // nothing that is read as something else
	recoveryGroup = 4
	recoveryLen   = 16 // letters of 31: 79 bits, so that a plain digest of one is enough
)

// NewRecovery draws n codes such as k3pd-9xmw-4rtz-hq7a, each of which counts once in place of the factor.
func NewRecovery(n int) []string {
	codes := make([]string, n)
	for i := range codes {
		codes[i] = newRecovery()
	}
	return codes
}

func newRecovery() string {
	var b strings.Builder
	for written := 0; written < recoveryLen; {
		var one [1]byte
		rand.Read(one[:])        // never fails (crypto/rand)
		if int(one[0]) >= 31*8 { // or some letters would come more often
			continue
		}
		if written > 0 && written%recoveryGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(recoveryWords[int(one[0])%len(recoveryWords)])
		written++
	}
	return b.String()
}

// PlainRecovery is a code as it is compared: however it was typed.
func PlainRecovery(typed string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(typed))
}
