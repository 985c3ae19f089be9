// Package wire is every message of a session, its bytes and its limits. docs/wire.md draws it.
package wire

import (
	"errors"
	"fmt"
)

// Version is the first byte of every message.
const Version = 1

// Limits, in bytes. What is longer is neither written nor read.
const (
	MaxMessage = 64 << 10 // a whole message, as the desk's room carries it
	MaxData    = 256      // the key exchange's associated data
	MaxSDP     = 32 << 10 // a session description
	MaxLine    = 1 << 10  // a candidate's line
	MaxName    = 256      // a media section's name, a user name fragment
	MaxChunk   = 16 << 10 // a picture's piece
	MaxUpdate  = 128 << 20
	MaxRecord  = 8 << 10         // a line of the session's record
	MaxSealed  = MaxMessage - 10 // behind its version, kind and number

	MaxReason = 200      // a question's reason, in characters
	MaxClip   = 48 << 10 // a clipboard's text
	MaxVital  = 4 << 10  // a sample's text
	MaxSide   = 1 << 14  // a picture's side in pixels

	MaxFile     = 2 << 30  // a file
	MaxEvidence = 64 << 20 // logs, or what the system says of itself
	MaxPiece    = 16 << 10 // of a file or evidence
	MaxNamed    = 200      // a file's name
)

// Reasons that callers branch on.
var (
	ErrVersion = errors.New("the other side speaks another version")
	ErrFormat  = errors.New("not a message of a session")
)

// Message is one of this package's messages.
type Message interface {
	kind() kind
	append(b []byte) ([]byte, error)
	parse(r *reader)
}

type kind byte

const (
	kindShare         kind = 1
	kindAnswered      kind = 2
	kindConfirm       kind = 3
	kindBye           kind = 4
	kindSealed        kind = 5
	kindGranted       kind = 6
	kindRefused       kind = 7
	kindOffer         kind = 8
	kindAnswer        kind = 9
	kindCandidate     kind = 10
	kindPicture       kind = 11
	kindShown         kind = 12
	kindRecorded      kind = 13
	kindCountersigned kind = 14
	kindPaused        kind = 15
	kindResumed       kind = 16
	kindActive        kind = 17
	kindScreen        kind = 18
	kindShape         kind = 19
	kindCursor        kind = 20
	kindFlow          kind = 21
	kindFlowed        kind = 22
	kindFigures       kind = 23
	kindAgain         kind = 32
	kindResume        kind = 33
	kindReceived      kind = 34
	kindWithdrawn     kind = 35

	kindAsk      kind = 48
	kindGiveBack kind = 49
	kindPointer  kind = 50
	kindMove     kind = 51
	kindButton   kind = 52
	kindWheel    kind = 53
	kindKey      kind = 54
	kindClip     kind = 55
	kindWant     kind = 56
	kindVital    kind = 57
	kindHand     kind = 58
	kindAccept   kind = 59
	kindPiece    kind = 60
	kindTook     kind = 61
	kindDone     kind = 62
	kindCancel   kind = 63
	kindOwn      kind = 64
)

func empty(k kind) Message {
	switch k {
	case kindShare:
		return &Share{}
	case kindAnswered:
		return &Answered{}
	case kindConfirm:
		return &Confirm{}
	case kindBye:
		return &Bye{}
	case kindSealed:
		return &Sealed{}
	case kindGranted:
		return &Granted{}
	case kindRefused:
		return &Refused{}
	case kindOffer:
		return &Offer{}
	case kindAnswer:
		return &Answer{}
	case kindCandidate:
		return &Candidate{}
	case kindPicture:
		return &Picture{}
	case kindShown:
		return &Shown{}
	case kindRecorded:
		return &Recorded{}
	case kindCountersigned:
		return &Countersigned{}
	case kindPaused:
		return &Paused{}
	case kindResumed:
		return &Resumed{}
	case kindActive:
		return &Active{}
	case kindScreen:
		return &Screen{}
	case kindShape:
		return &Shape{}
	case kindCursor:
		return &Cursor{}
	case kindFlow:
		return &Flow{}
	case kindFlowed:
		return &Flowed{}
	case kindFigures:
		return &Figures{}
	case kindAgain:
		return &Again{}
	case kindResume:
		return &Resume{}
	case kindReceived:
		return &Received{}
	case kindWithdrawn:
		return &Withdrawn{}
	}
	return emptyOfRight(k)
}

// Append appends m's bytes to b. The error is ErrFormat when m breaks a limit.
func Append(b []byte, m Message) ([]byte, error) {
	b, err := m.append(append(b, Version, byte(m.kind())))
	if err != nil {
		return nil, fmt.Errorf("write %T: %w", m, err)
	}
	return b, nil
}

// Decode reads one message. What it returns shares b's memory. The error is
// ErrVersion or ErrFormat; every message has one encoding only.
func Decode(b []byte) (Message, error) {
	switch {
	case len(b) < 2 || len(b) > MaxMessage:
		return nil, fmt.Errorf("read a message of %d bytes: %w", len(b), ErrFormat)
	case b[0] != Version:
		return nil, fmt.Errorf("read a message of version %d: %w", b[0], ErrVersion)
	}
	m := empty(kind(b[1]))
	if m == nil {
		return nil, fmt.Errorf("read a message of kind %d: %w", b[1], ErrFormat)
	}
	r := &reader{rest: b[2:]}
	m.parse(r)
	if r.bad || len(r.rest) > 0 {
		return nil, fmt.Errorf("read %T of %d bytes: %w", m, len(b), ErrFormat)
	}
	return m, nil
}
