package cast

import "time"

// Said is a line that only has a word, or a word about one thing.
type Said struct {
	Event  string    `json:"event"` // see the constants
	Word   string    `json:"word,omitempty"`
	Number int64     `json:"number,omitempty"`
	At     time.Time `json:"at"`
}

// What is said.
const (
	SaidListening = "listening" // desk: Word is a member of staff's token; proxy
	SaidTicket    = "ticket"    // host: Number is the ticket's
	SaidCode      = "code"      // host: Word is what the customer reads out
	SaidAsked     = "asked"     // viewer: the session is there, the code is waited for
	SaidPhase     = "phase"     // both: Word is the session's
	SaidPath      = "path"      // both: Word is how the machines reach each other, when that changes
	SaidBroken    = "broken"    // both: Word is session.Break, "" when it goes on
	SaidPicture   = "picture"   // viewer: see Picture
	SaidEnd       = "end"       // both: Word is why
	SaidTunnel    = "tunnel"    // proxy: Word is where to
	SaidRefused   = "refused"   // proxy: Word is why
)

// Picture is a picture that was shown. Frames are counted where the screen is
// read, so that one that is missing is one that was lost.
type Picture struct {
	Event  string    `json:"event"`
	Number uint32    `json:"number"`
	Read   time.Time `json:"read"`  // off the customer's screen
	Shown  time.Time `json:"shown"` // on the supporter's
}

func word(event, what string) { say(Said{Event: event, Word: what, At: time.Now()}) }
