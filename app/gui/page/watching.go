//go:build !headless

package page

import (
	"context"
	"image"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rights"
)

// Watching is one session on the supporter's side. Its functions may be called
// from any goroutine; all may be nil but Show and Notify.
type Watching struct {
	Session api.Session
	Code    string // as typed
	// Show is given every picture, one at a time, and what of it has changed; it
	// is the callee's until it returns.
	Show func(picture *pixel.Bitmap, changed []image.Rectangle)
	// Cursor is told how the customer's pointer looks, nil: it is not to be
	// seen, and where in the picture it is.
	Cursor func(shape *pixel.Shape, at image.Point)
	Notify func(Standing)
	// Joined is called once, before anything can be done, with what does it.
	Joined func(Helping)
	// Clip is told the customer's clipboard, Vitals each sample: lines of text.
	Clip   func(text string)
	Vitals func(text string)
	// Evidence is given logs or facts about the system, whole and checked.
	Evidence func(which rights.Right, name string, text []byte)
	// Offered asks where a file of the customer's is kept; an error declines it.
	// It returns when ctx ends.
	Offered func(ctx context.Context, name string, size int64) (path string, err error)
}

// Helping is what the supporter does in a session. None of it blocks. An error
// says that it was not done.
type Helping interface {
	Active() // somebody is there: the session does not end as idle

	Ask(s rights.Set, reason string) error
	GiveBack(s rights.Set) error

	// Places are pixels of the newest picture.
	Point(at image.Point, shown bool) error
	Move(at image.Point) error
	Button(number uint8, down bool) error // 1 left, 2 middle, 3 right
	Wheel(dx, dy int) error               // notches to the right, and towards the hand
	Key(char rune, name string, down bool) error

	Clip(text string) error // puts it into the customer's clipboard
	// Want asks for logs or facts about the system, or begins and ends the samples.
	Want(r rights.Right, on bool) error
	// SendFile offers the file at path; how far it is comes with Standing.Moved.
	SendFile(path string) error
	// Cancel ends one of Standing.Moved.
	Cancel(id uint32)
}

// Filming is a Helping that can keep a film of what is seen.
type Filming interface {
	// Film writes what is seen from now on into a WebM file at path, in the place
	// of what is there, and begins at once. over is told once when it has ended:
	// by EndFilm, with the right, the session, or when it cannot be written.
	Film(path string, over func(FilmEnd)) error
	EndFilm()
}

// FilmEnd is how a film ended.
type FilmEnd struct {
	Path  string // where it lies, to be played; "" when nothing was seen
	Right bool   // it, or the one to see, is not given any more
	Why   error  // it could not be written any further; nil otherwise
}

// Measuring is a Helping that knows how quick the picture is.
type Measuring interface {
	Figures() Figures
}

// Figures are what the picture's way takes and carries, over the last seconds.
// What is not known is zero; without a RoundTrip nothing is known of the loss.
type Figures struct {
	// How long a picture takes, half of them at most: to be read from the
	// customer's screen, to be coded, to travel, to be decoded.
	Capture, Code, Wire, Decode time.Duration

	RoundTrip time.Duration
	Loss      float64 // of the packets, 0 to 1
	Estimate  int     // bits a second that the way is thought to carry
	Bytes     int64   // received since the session began
	Direct    bool    // datagrams carry it, not the data channel
	Motion    string  // how moving parts are coded, as in "VP9"; "": nothing moves
}

// Standing is how a session stands on the supporter's side.
type Standing struct {
	Phase session.Phase
	Path  string     // session.PathDirect, session.PathRelayed or ""
	Given rights.Set // what holds now
	Words [2]string  // the second check; empty before there are any
	Asked Request    // the newest while it lasts

	Paused     bool      // by the customer
	NoObserver bool      // nothing is shown: the one who has to look on is not there
	Locked     bool      // nothing is shown: the customer's screen is locked
	Own        bool      // the customer uses their own mouse or keyboard: the supporter's do nothing
	Broken     bool      // nothing comes through, and the session goes on by itself when it does
	NoDesk     bool      // with Broken: the desk cannot be reached either
	Since      time.Time // since when it is broken

	Ends  time.Time // it ends by itself then; zero: not soon
	Limit session.Limit

	Moved []Moved // files, the oldest first
}

// Request is what the customer is asked while a session lasts; the zero
// Request is none.
type Request struct {
	Rights  rights.Set
	Reason  string
	Outcome Outcome
}

// Outcome is what has become of a question.
type Outcome string

// The outcomes.
const (
	OutcomeOpen    Outcome = "open"
	OutcomeGiven   Outcome = "given"
	OutcomePart    Outcome = "part"    // some of it
	OutcomeRefused Outcome = "refused" // none of it, or the customer was silent
)

// Moved is a file on its way, or that was.
type Moved struct {
	ID    uint32
	Right rights.Right // FilesIn or FilesOut
	Name  string
	Done  int64 // bytes
	Size  int64 // bytes; negative if it is not known
	State MovedState
	Why   error // with MovedFailed; may be nil
}

// MovedState is how far a file has come.
type MovedState string

// The states.
const (
	MovedOffered MovedState = "offered" // the other side has not said whether it takes it
	MovedUnder   MovedState = "under way"
	MovedDone    MovedState = "done" // stored, its sum checked, in the record
	MovedFailed  MovedState = "failed"
)
