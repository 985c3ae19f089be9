// Package thread signs the addresses that tickets are written to, and finds the ticket that a mail is about.
package thread

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/desk/late"
)

// Side is as whom somebody may write onto a ticket. A side is signed with the
// ticket: who was written to as a third party cannot answer as the customer.
type Side string

// The sides.
const (
	Customer Side = "customer"
	Third    Side = "third"
	Staff    Side = "staff"
)

var sides = []Side{Customer, Third, Staff}

// Key signs. It is the same on every desk with the same database.
type Key []byte

// NewKey draws one.
func NewKey() Key {
	k := make(Key, 32)
	rand.Read(k) // never fails (crypto/rand)
	return k
}

// code is base32 in small letters, since mail addresses may lose their case on the way.
var code = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// sealSize is in bytes: 80 bits are not guessed by mail.
const sealSize = 10

// Token is what whoever answers a ticket on that side shows: "7.k3j2…".
func (k Key) Token(ticket int64, side Side) string {
	number := strconv.FormatInt(ticket, 10)
	return number + "." + code.EncodeToString(k.seal(number, side))
}

func (k Key) seal(number string, side Side) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte("mail ticket " + number + " " + string(side)))
	return h.Sum(nil)[:sealSize]
}

var tokenForm = late.Regexp(`^([1-9][0-9]{0,17})\.([a-z2-7]{16})$`)

// Check gives the ticket and the side that a token was signed for.
func (k Key) Check(token string) (ticket int64, side Side, ok bool) {
	m := tokenForm().FindStringSubmatch(strings.ToLower(token))
	if m == nil {
		return 0, "", false
	}
	seal, err := code.DecodeString(m[2])
	if err != nil {
		return 0, "", false
	}
	for _, s := range sides {
		if hmac.Equal(seal, k.seal(m[1], s)) {
			ticket, err = strconv.ParseInt(m[1], 10, 64)
			return ticket, s, err == nil
		}
	}
	return 0, "", false
}

// Address is the desk's own with a token: support+7.k3j2…@example.com (RFC 5233).
func Address(desk, token string) string {
	local, domain, _ := strings.Cut(desk, "@")
	return local + "+" + token + "@" + domain
}

// Addressed finds the token in addresses that a mail was sent to, among those of the desk.
func (k Key) Addressed(desk string, addresses []string) (ticket int64, side Side, ok bool) {
	local, domain, _ := strings.Cut(strings.ToLower(desk), "@")
	for _, a := range addresses {
		name, at, _ := strings.Cut(strings.ToLower(a), "@")
		token, ours := strings.CutPrefix(name, local+"+")
		if !ours || at != domain {
			continue
		}
		if ticket, side, ok = k.Check(token); ok {
			return ticket, side, true
		}
	}
	return 0, "", false
}

// Own says whether an address is the desk's, with a token or without.
func Own(desk, address string) bool {
	local, domain, _ := strings.Cut(strings.ToLower(desk), "@")
	name, at, _ := strings.Cut(strings.ToLower(address), "@")
	name, _, _ = strings.Cut(name, "+")
	return name == local && at == domain
}

var (
	signedForm = late.Regexp(`(?i)\[#([1-9][0-9]{0,17}\.[a-z2-7]{16})\]`)
	numberForm = late.Regexp(`\[#([1-9][0-9]{0,17})\]`)
)

// Tag is what stands in a subject: the number, or for servers that know no
// addresses with a "+" the token.
func Tag(token string, signed bool) string {
	if !signed {
		token, _, _ = strings.Cut(token, ".")
	}
	return "[#" + token + "]"
}

// Subject finds a token in a subject; a number alone is signed by nobody: side is "".
func (k Key) Subject(subject string) (ticket int64, side Side, ok bool) {
	for _, m := range signedForm().FindAllStringSubmatch(subject, 5) {
		if ticket, side, ok = k.Check(m[1]); ok {
			return ticket, side, true
		}
	}
	if m := numberForm().FindStringSubmatch(subject); m != nil {
		ticket, err := strconv.ParseInt(m[1], 10, 64)
		return ticket, "", err == nil
	}
	return 0, "", false
}

var (
	prefixForm = late.Regexp(`(?i)^\s*(re|aw|antw|sv|fwd?|wg|doorst|tr)(\[[0-9]{1,3}\])?\s*:\s*`)
	tagForm    = late.Regexp(`(?i)\s*\[#[0-9]{1,18}(\.[a-z2-7]{16})?\]\s*`)
)

// Title is a subject without what programs put before it: "Re: [#7] AW: x" is "x".
func Title(subject string) string {
	subject = strings.TrimSpace(tagForm().ReplaceAllString(subject, " "))
	for range 20 {
		short := prefixForm().ReplaceAllString(subject, "")
		if short == subject {
			break
		}
		subject = strings.TrimSpace(short)
	}
	return subject
}

// NewID draws a Message-ID, without brackets, that nobody guesses.
func NewID(desk string) string {
	b := make([]byte, 20)
	rand.Read(b)
	_, domain, _ := strings.Cut(desk, "@")
	return code.EncodeToString(b) + "@" + domain
}

// Mark is what a desk's own mails carry, so that it knows them when they come back.
func (k Key) Mark() string {
	h := hmac.New(sha256.New, k)
	h.Write([]byte("mail desk"))
	return code.EncodeToString(h.Sum(nil)[:sealSize])
}
