// Package session is one assistance session: two people, one code, one consent, one shared screen.
package session

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/netwatch"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// Invitation is what the desk tells both sides about the session to come,
// under its signature. The customer is shown it, and the key exchange binds it:
// both sides agree on a key only when both were told the same.
type Invitation struct {
	invite.Invitation
	Asked   time.Time // when the supporter asked; for the record, not bound
	Expires time.Time // the code's end by the desk's clock; to show, not bound
}

// ICEServer is one STUN or TURN server (RFC 8489, RFC 8656).
type ICEServer struct {
	URLs       []string
	Username   string
	Credential string
}

// Phase is how far a session has come, as it is shown to people.
type Phase string

// The phases, in the order in which a session goes through them.
const (
	PhaseWaiting    Phase = "waiting"    // for the other side to come into the room
	PhaseCode       Phase = "code"       // the other side is there: the code becomes a key
	PhaseConsent    Phase = "consent"    // the customer is asked
	PhaseConnecting Phase = "connecting" // the two machines look for a way to each other
	PhaseSharing    Phase = "sharing"    // customer's side: the screen is seen
	PhaseWatching   Phase = "watching"   // supporter's side: the screen is seen
	PhaseEnded      Phase = "ended"      // over; Event.Err is nil when somebody ended it in good order
)

// Event is a change that a window shows.
type Event struct {
	Phase Phase
	Path  string // PathDirect or PathRelayed once known, or ""
	Err   error  // with PhaseEnded: Run's error

	// From PhaseConsent on:
	Words [2]string // the same on both sides, for people to compare; empty before

	// With PhaseSharing and PhaseWatching:
	Rights    rights.Set // what can be used now: given, witnessed, not taken back; a Held says that none of it can for the moment
	Scope     Scope      // what of the screen See shows; the customer's side only
	Held      Hold       // why nothing is shown and nothing obeyed; 0: it is
	Paused    bool       // Held is not 0
	Asked     Asked      // the newest question while the session lasts
	Transfers []Transfer // the newest ones, oldest first
	Own       bool       // the customer uses their own mouse or keyboard, before which the supporter's stands back; the supporter's side only
	Trouble   error      // what this machine could not do last; nil: all went well
	Ends      time.Time  // it ends by itself then, in less than WarnTime; zero: not soon
	Limit     Limit      // why; "" when Ends is zero
	Broken    Break      // nothing comes through at the moment, and the session goes on by itself when it does; "": it does
	Since     time.Time  // since when; zero when Broken is ""
}

// How the two machines reach each other.
const (
	PathDirect  = "direct"
	PathRelayed = "relayed"
)

// Room carries messages between the two sides through the desk, unread by it.
// rendezvous.Join gives one over a WebSocket.
type Room interface {
	// Send passes one message of at most 64 KiB on to the other side.
	Send(ctx context.Context, message []byte) error
	// Receive waits for the next message. rendezvous.ErrPeerLeft says that the
	// other side is away for now; every other error is final.
	Receive(ctx context.Context) ([]byte, error)
	// Close leaves the room; the other side is told by the desk.
	Close() error
}

// seams are what tests put in place of the machine; the zero value is the machine.
type seams struct {
	clock  clock
	outage time.Duration
	part   time.Duration                               // for the last words
	clocks func(now time.Time) (wall, awake time.Time) // time, by the wall's clock and by the one that stands still while the machine sleeps
	able   wire.Able                                   // what the viewer says that it can do with a screen; 0: what it can
	took   func(uint32)                                // told the number of each connection that takes over
}

func (s seams) orMachine() seams {
	s.clock = clockOr(s.clock)
	if s.outage == 0 {
		s.outage = OutageTime
	}
	if s.part == 0 {
		s.part = partTime
	}
	if s.clocks == nil {
		s.clocks = func(now time.Time) (wall, awake time.Time) { return now, now } // it has both readings
	}
	return s
}

func changesOr(c func(context.Context) <-chan struct{}) func(context.Context) <-chan struct{} {
	if c == nil {
		return netwatch.Changes
	}
	return c
}

// Who ended a session.
const (
	ByCustomer  = "customer"
	BySupporter = "supporter"
	ByNetwork   = "network"
	ByDesk      = "desk"
)

// End is a session's record. Times that were not reached are zero.
type End struct {
	By        string    // ByCustomer, BySupporter, ByNetwork or ByDesk
	Reason    string    // in words, English
	Asked     time.Time // from the invitation
	KeyAgreed time.Time
	Consented time.Time
	Started   time.Time // the first picture was shown
	Ended     time.Time
	Frames    int64 // pictures sent or shown
	Bytes     int64 // picture bytes on the wire, sealed
}

// Reasons that callers branch on.
var (
	ErrBadCode        = errors.New("the code must be nine digits")             // as typed; nothing was sent
	ErrNotThisSession = errors.New("the code is for another session")          // its first part is; nothing was sent, the guess is not used
	ErrWrongCode      = errors.New("the code was wrong and is used up")        // or somebody altered the exchange
	ErrRefused        = errors.New("the customer did not consent")             // said no, or nothing
	ErrExpired        = errors.New("the code has expired")                     // ten minutes
	ErrPeerLeft       = errors.New("the other side has left")                  // before a connection was there
	ErrDesk           = errors.New("the desk has ended the session")           // before a connection was there
	ErrNoConnection   = errors.New("the two machines cannot reach each other") // none came about
	ErrConnectionLost = errors.New("the connection was lost")                  // it was there, and broke
	ErrNoScreen       = errors.New("the customer's screen can no longer be read")
	ErrIdle           = errors.New("nothing happened for 10 minutes")
	ErrTooLong        = errors.New("the session has lasted for 60 minutes")
	ErrRecordFull     = errors.New("the session's record is full")
	ErrDeskKey        = errors.New("the desk does not have the key that it is known by") // nothing was sent
	ErrInvitation     = errors.New("the desk's invitation is not right")                 // nothing was sent; why is wrapped behind it
	ErrCannotGive     = errors.New("this machine has nothing of what is asked for")      // nothing was sent
	ErrNoRecord       = errors.New("the session's record could not be kept")             // on either side
	ErrTampered       = errors.New("the session's messages were tampered with")          // sealed messages that do not open, or say what they must not
)
