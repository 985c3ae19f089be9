// Package totp is the second factor that an authenticator program shows as six digits (RFC 6238).
package totp

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// How codes are made. Authenticator programs heed no other digest and length reliably.
const (
	Period = 30 * time.Second
	digits = otp.DigitsSix
	skew   = 1 // steps that a clock may be behind or ahead (RFC 6238, section 5.2)
)

var secrets = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewSecret draws 160 bits (RFC 4226, section 4), as base32.
func NewSecret() string {
	var b [20]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return secrets.EncodeToString(b[:])
}

// URI is what an authenticator program reads from a QR code. The issuer is
// whose account it is, the account whom it belongs to.
func URI(issuer, account, secret string) string {
	issuer = strings.ReplaceAll(issuer, ":", " ") // which divides issuer and account
	q := url.Values{
		"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"},
		"digits": {digits.String()}, "period": {strconv.Itoa(int(Period / time.Second))},
	}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+account) +
		"?" + strings.ReplaceAll(q.Encode(), "+", "%20") // some programs show the plus
}

// Check says whether code is secret's at now, and which step's. A step up to
// last has been used and counts no more: whoever saw a code cannot use it again.
func Check(secret, code string, last int64, now time.Time) (step int64, ok bool) {
	code = strings.ReplaceAll(code, " ", "")
	if len(code) != digits.Length() {
		return 0, false
	}
	middle := now.Unix() / int64(Period/time.Second)
	for at := middle - skew; at <= middle+skew; at++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(at), hotp.ValidateOpts{Digits: digits, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && at > last {
			step, ok = at, true
		}
	}
	return step, ok
}

// Code is secret's code at now, as an authenticator program shows it.
func Code(secret string, now time.Time) (string, error) {
	code, err := totp.GenerateCode(secret, now)
	if err != nil {
		return "", fmt.Errorf("code of an authenticator: %w", err)
	}
	return code, nil
}
