package session

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
)

// Code is what the customer reads out and the supporter types: three digits
// that the desk allots and six that the customer's program draws, which never
// reach the desk before they have become a key.
type Code struct {
	first, second string
}

// NewCode draws the second part for the desk's first part.
func NewCode(first string) (Code, error) {
	if len(first) != 3 || !digits(first) {
		return Code{}, fmt.Errorf("use %q as a code's first part: not three digits", first)
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return Code{}, fmt.Errorf("draw a code: %w", err)
	}
	return Code{first, fmt.Sprintf("%06d", n)}, nil
}

// ParseCode reads a code as a person types it: spaces, dashes and dots anywhere
// are forgiven, anything else is ErrBadCode.
func ParseCode(typed string) (Code, error) {
	typed = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '.', '·':
			return -1
		}
		return r
	}, strings.TrimSpace(typed))
	if len(typed) != 9 || !digits(typed) {
		return Code{}, ErrBadCode
	}
	return Code{typed[:3], typed[3:]}, nil
}

// String is "NNN-NNNNNN".
func (c Code) String() string { return c.first + "-" + c.second }

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
