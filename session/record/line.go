package record

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// What is signed begins with one of these, so that a signature over the one
// is none over the other.
const (
	entryContext   = "beistand record v1 entry\n"
	counterContext = "beistand record v1 countersignature\n"
)

var first = strings.Repeat("0", 2*sha256.Size)

// write gives v's one encoding: JSON without spaces, fields in their order,
// characters as they are.
func write(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// parse reads a line into v, which must encode as exactly this line.
func parse(line []byte, v any) error {
	if len(line) > MaxLine {
		return ErrForm
	}
	if json.Unmarshal(line, v) != nil {
		return ErrForm
	}
	again, err := write(v)
	if err != nil || !bytes.Equal(again, line) {
		return ErrForm
	}
	return nil
}

// kindOf says what a line is before it is read in full.
func kindOf(line []byte) (counter bool, err error) {
	var k struct {
		Version *int `json:"v"`
		Of      *int `json:"of"`
	}
	if len(line) > MaxLine || json.Unmarshal(line, &k) != nil || k.Version == nil {
		return false, ErrForm
	}
	if *k.Version != Version {
		return false, ErrVersion
	}
	return k.Of != nil, nil
}

// signed is what the customer's key signs of an entry.
func (e Entry) signed() ([]byte, error) {
	e.Signature = ""
	b, err := write(e)
	return append([]byte(entryContext), b...), err
}

// signed is what the supporter's key signs.
func (c countersignature) signed() []byte {
	return fmt.Appendf(nil, "%s%d %s", counterContext, c.Of, c.Hash)
}

func verify(key ed25519.PublicKey, message []byte, signature string) error {
	sig, err := unhex(signature, ed25519.SignatureSize)
	if err != nil || !ed25519.Verify(key, message, sig) {
		return ErrSignature
	}
	return nil
}

// unhex reads lower-case hex of n bytes.
func unhex(s string, n int) ([]byte, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != n || strings.ToLower(s) != s {
		return nil, ErrForm
	}
	return b, nil
}

// hashOf is an entry's place in the chain: the hash of its line.
func hashOf(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// valid holds an entry's fields against what it tells.
func (e Entry) valid() error {
	want := Entry{Version: Version, Number: e.Number, Before: e.Before, At: e.At, What: e.What, By: e.By, Signature: e.Signature}
	rights, by := false, []string{Customer}
	switch e.What {
	case Asked:
		want.Session, want.Ticket, want.Supporter, want.Organisation, want.Key = e.Session, e.Ticket, e.Supporter, e.Organisation, e.Key
		want.FirstPart, want.Role, want.DeskKey, want.Invited = e.FirstPart, e.Role, e.DeskKey, e.Invited
		rights, by = true, []string{Supporter}
		if err := e.invited(); err != nil {
			return err
		}
	case Agreed:
		want.Key, by = e.Key, []string{Supporter}
	case Granted, Refused:
		rights = true
	case Revoked:
		rights, by = true, []string{Customer, Supporter}
	case Started, Paused, Resumed:
	case Held:
		want.Reason = e.Reason
	case Scoped:
		want.Scope, want.Names = e.Scope, e.Names
		if !e.scoped() {
			return ErrForm
		}
	case File, Evidence:
		want.Name, want.Size, want.SHA256, want.Reason = e.Name, e.Size, e.SHA256, e.Reason
		if _, err := unhex(e.SHA256, sha256.Size); err != nil || e.Name == "" || e.Size < 0 || e.Reason != "" && (e.Reason != CutShort || e.By != Customer) {
			return ErrForm
		}
		if e.What == File {
			by = []string{Customer, Supporter}
		}
	case Ended:
		want.Reason, want.Pictures, want.Bytes, want.Measured = e.Reason, e.Pictures, e.Bytes, e.Measured
		by = []string{Customer, Supporter, Network, Desk}
		if e.Pictures < 0 || e.Bytes < 0 || !e.Measured.valid() {
			return ErrForm
		}
	default:
		return ErrForm
	}
	if e.What == Asked || e.What == Agreed {
		if _, err := unhex(e.Key, KeySize); err != nil {
			return err
		}
	}
	if !rights && e.Rights != nil || rights && !validRights(e.Rights) || !slices.Contains(by, e.By) {
		return ErrForm
	}
	for _, text := range append([]string{e.Session, e.Supporter, e.Organisation, e.Name, e.Reason}, e.Names...) {
		if utf8.RuneCountInString(text) > MaxText || strings.ContainsFunc(text, unicode.IsControl) {
			return ErrForm
		}
	}
	want.Rights = e.Rights
	a, errA := write(want)
	b, errB := write(e)
	if errA != nil || errB != nil || !bytes.Equal(a, b) || !e.At.Equal(whole(e.At)) || e.At.Location() != time.UTC {
		return ErrForm
	}
	return nil
}

// whole is the time as an entry has it.
func whole(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
