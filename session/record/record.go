// Package record is a session's record: who, when, which rights, what was taken, why it ended, as signed lines of which each holds the hash of the one before.
//
// The customer's program writes it (Log), the supporter's checks each line as
// it comes, keeps a copy and countersigns it (Copy), the desk adds to its own
// copy only what follows (Chain), and anybody holds copies against each other
// (Read, Compare). docs/record.md is the format.
package record

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/session/rights"
)

// Version is every line's first field.
const Version = 1

// Limits. What is longer is neither written nor read.
const (
	MaxLine = 8 << 10   // bytes, without the line feed
	MaxSize = 512 << 10 // bytes of a whole record; its end fits always
	MaxText = 300       // characters of a name or a reason
	MaxSome = 16        // monitors or windows of a scope
)

// KeySize is a public key's length in bytes: Ed25519 (RFC 8032).
const KeySize = ed25519.PublicKeySize

// What an entry tells.
type What string

// The entries. Asked is the first and Ended the last.
const (
	Asked    What = "asked"    // the supporter asks: the desk's invitation with its signature; Key is the customer's
	Agreed   What = "agreed"   // the code became a key: Key is the supporter's
	Granted  What = "granted"  // the customer gives Rights
	Refused  What = "refused"  // the customer does not give Rights
	Revoked  What = "revoked"  // By takes Rights back
	Started  What = "started"  // the first picture was shown
	Scoped   What = "scope"    // from here on the screen means Scope, of these Names
	Paused   What = "paused"   // the customer blanks everything; nothing is obeyed
	Held     What = "held"     // the customer's program does, for another Reason: NoObserver or Locked, to those who know the word
	Resumed  What = "resumed"  // neither any more
	File     What = "file"     // By handed over a file: Name, Size, SHA256; Reason is "" or CutShort
	Evidence What = "evidence" // the customer handed over evidence: as File
	Ended    What = "ended"    // By ended it: Reason, Pictures, Bytes
)

// CutShort is the reason of a File or Evidence of the customer's that was
// broken off: Size and SHA256 are those of what had left by then, at most.
const CutShort = "broken off"

// Why it is Held.
const (
	NoObserver = "the required observer is not there"
	Locked     = "the screen is locked"
)

// The two who can do something, and the two that can end a session beside them.
const (
	Customer  = "customer"
	Supporter = "supporter"
	Network   = "network"
	Desk      = "desk"
)

// See is the right to see the screen.
const See = string(rights.See)

// What a scope is.
const (
	ScopeAll      = "all"
	ScopeMonitors = "monitors" // by the names that the system gives them
	ScopeWindows  = "windows"  // by their titles
)

// Entry is one thing that happened, by the customer's program. Log fills in
// Version, Number, Before and Signature.
type Entry struct {
	Version int       `json:"v"`
	Number  int       `json:"n"`      // from 1, without gaps
	Before  string    `json:"before"` // SHA-256 of the entry before, hex; 64 zeros in the first
	At      time.Time `json:"at"`     // UTC, by the customer's clock
	What    What      `json:"what"`
	By      string    `json:"by"`

	Session      string   `json:"session,omitempty"`
	Ticket       int64    `json:"ticket,omitempty"`
	Supporter    string   `json:"supporter,omitempty"`
	Organisation string   `json:"organisation,omitempty"`
	FirstPart    string   `json:"first,omitempty"` // the desk's half of the code
	Role         string   `json:"role,omitempty"`
	DeskKey      string   `json:"desk,omitempty"`    // hex
	Invited      string   `json:"invited,omitempty"` // the desk's signature of the invitation, hex
	Key          string   `json:"key,omitempty"`     // hex
	Rights       []string `json:"rights,omitempty"`
	Scope        string   `json:"scope,omitempty"`
	Names        []string `json:"names,omitempty"`
	Name         string   `json:"name,omitempty"`
	Size         int64    `json:"size,omitempty"`   // bytes
	SHA256       string   `json:"sha256,omitempty"` // hex
	Reason       string   `json:"reason,omitempty"`
	Pictures     int64    `json:"pictures,omitempty"`
	Bytes        int64    `json:"bytes,omitempty"`

	Measured *Measured `json:"measured,omitempty"`

	Signature string `json:"sig,omitempty"` // hex; by the customer's key over the line without this field
}

// Measured is how the pictures of a session came across, as the customer's
// program measured it. Times are in microseconds: the mean of what half of a
// second's pictures took at most, over all seconds with pictures.
type Measured struct {
	Path    string `json:"path"`    // the last one: "direct" or "relayed"
	Capture int64  `json:"capture"` // reading the screen
	Code    int64  `json:"code"`
	Wire    int64  `json:"wire"` // the way to the other side
	Decode  int64  `json:"decode"`
	Show    int64  `json:"show"`
	Trip    int64  `json:"trip"`     // the connection's round trip
	Lost    int64  `json:"lost"`     // of 10,000 packets
	Rate    int64  `json:"estimate"` // bytes a second that the way was thought to take, at the end
}

// valid says whether the figures can be.
func (m *Measured) valid() bool {
	if m == nil {
		return true
	}
	for _, n := range []int64{m.Capture, m.Code, m.Wire, m.Decode, m.Show, m.Trip, m.Lost, m.Rate} {
		if n < 0 {
			return false
		}
	}
	return m.Lost <= 10000 && (m.Path == "direct" || m.Path == "relayed")
}

// countersignature is the supporter's program's word that an entry, and so all
// before it, is what it was told while it happened.
type countersignature struct {
	Version   int    `json:"v"`
	Of        int    `json:"of"`  // the entry's number
	Hash      string `json:"is"`  // the entry's SHA-256, hex
	Signature string `json:"sig"` // hex; by the supporter's key
}

// Reasons that callers branch on. A *Fault carries one with its place.
var (
	ErrVersion   = errors.New("it is of a version that is not known here")
	ErrForm      = errors.New("it is not written as a record's lines are")
	ErrOrder     = errors.New("it does not belong at this place")
	ErrChain     = errors.New("it does not follow from the line before")
	ErrSignature = errors.New("its signature is not right")
	ErrDesk      = errors.New("the desk's signature in it is not right")
	ErrStranger  = errors.New("it belongs to another session")
	ErrFull      = errors.New("the record is longer than one may be")
	ErrEmpty     = errors.New("there is nothing in it")
	ErrKeep      = errors.New("the record cannot be kept")
)

// Fault says where a record does not hold, and why.
type Fault struct {
	Line int // from 1
	Err  error
}

func (f *Fault) Error() string { return fmt.Sprintf("line %d: %v", f.Line, f.Err) }
func (f *Fault) Unwrap() error { return f.Err }
