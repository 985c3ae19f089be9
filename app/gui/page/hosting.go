//go:build !headless

package page

import (
	"context"
	"image"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/revise"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// DefaultConsentTime is how long the customer has to answer the consent question.
const DefaultConsentTime = 60 * time.Second

// Hosting lets others help on this machine.
type Hosting interface {
	// Host joins s and returns at its end. When ctx ends, that is the
	// customer's doing: a refusal before consent, the end of sharing after.
	// The desk is told either way. Several may run at once.
	Host(ctx context.Context, ticket api.CreatedTicket, s api.Session, a Audience) (session.End, error)
	// Sights are what can be shown apart from everything: monitors, if there
	// are several, and windows, with small pictures.
	Sights(ctx context.Context) ([]Sight, error)
	// Cannot says which rights this machine cannot give, and why.
	Cannot() map[rights.Right]Lack
	// Hotkey names the keys that end everything, wherever they are pressed; ""
	// if there are none.
	Hotkey() string
	// Told is a session's record, as its file has it; without what is no entry.
	Told(path string) ([]record.Entry, error)
}

// Lack is why this machine cannot give something.
type Lack string

// The reasons.
const (
	LacksScreen    Lack = "screen"    // it cannot be read
	LacksInput     Lack = "input"     // programs cannot press keys
	LacksMark      Lack = "mark"      // nothing can be shown above other windows
	LacksClipboard Lack = "clipboard" // it cannot be reached
	LacksCase      Lack = "case"      // nothing was collected
)

// Audience is the window's side of one session on the customer's machine. Its
// functions may be called from any goroutine.
type Audience struct {
	Case Case

	// Code is called once, with the code to be read out, "NNN-NNNNNN".
	Code func(code string)
	// Record is called once, with the file where the session's record is kept.
	Record func(path string)
	// Consent asks the customer: after the code, and whenever more is asked for.
	// A zero Grant, an error and silence mean no.
	Consent func(ctx context.Context, w Wish) (Grant, error)
	// Hand asks whether one file or piece of evidence may come or go.
	Hand func(ctx context.Context, h Handing) bool
	// Control is called once, before Code, with what the customer can do.
	Control func(Control)
	// Notify is told every change.
	Notify func(News)
	// Locked is told whether the screen is locked, at first if it is, and each
	// change: a lock says no to whatever is being asked.
	Locked func(bool)
	// Vitals is told each sample that leaves this machine.
	Vitals func(text string)
}

// Case is what was collected for the ticket, as its owner left it.
type Case struct {
	Revision *revise.Revision // nil: nothing was collected
	Keep     func(bundle.File) bool
}

// Wish is what somebody asks to be allowed.
type Wish struct {
	Rights rights.Set
	Reason string // in their own words; may be empty
	First  bool   // right after the code
}

// Grant is what the customer allows: a part of the wish.
type Grant struct {
	Rights rights.Set
	Sight  Sight // with rights.See
}

// Sight is what of the screen is shown. The zero value is everything.
type Sight struct {
	Monitor string // its name, or ""
	Window  uint32 // the system's own number, or 0

	Name    string      // of either, for people
	Program string      // of a window; may be empty
	Size    image.Point // pixels
	Picture image.Image // small; may be nil
}

// All says whether everything is shown.
func (s Sight) All() bool { return s.Monitor == "" && s.Window == 0 }

// Handing is one thing that would come or go.
type Handing struct {
	Right rights.Right // FilesIn, FilesOut, Logs or System
	Name  string
	Size  int64  // bytes
	Text  []byte // evidence: just what would leave
}

// News is how a session stands.
type News struct {
	Phase session.Phase
	Path  string     // session.PathDirect, session.PathRelayed or ""
	Given rights.Set // what holds now
	Sight Sight
	Words [2]string // the second check; empty before there are any

	Paused      bool // by the customer
	NoObserver  bool // nothing is shown: the one who has to look on is not there
	Locked      bool // nothing is shown: the screen is locked
	Interrupted bool // the connection is, and comes back by itself

	Ends  time.Time // it ends by itself then; zero: not soon
	Limit session.Limit

	Moving  []Moving // files and evidence, the oldest first
	Trouble error    // what this machine could not do last; nil: all went well
}

// Moving is a file or piece of evidence on its way, or that was.
type Moving struct {
	ID    uint32
	Right rights.Right
	Name  string
	Done  int64 // bytes
	Size  int64 // bytes; negative if it is not known
	State MovingState
	Path  string // where it was saved; "" if it was not, or not here
}

// MovingState is how far it has come.
type MovingState string

// The states.
const (
	Offered MovingState = "offered" // somebody is asked
	Under   MovingState = "under way"
	Arrived MovingState = "arrived"
	Broken  MovingState = "broken" // it did not come to its end
	Denied  MovingState = "denied" // somebody said no
)

// Control is the customer's hand on their own session. Its methods may be
// called at any time.
type Control interface {
	Pause()            // nothing is shown from its return on
	Resume()           // shows the screen again
	Active()           // somebody is there: the session does not end as idle
	Revoke(rights.Set) // takes rights back; nothing of them happens from its return on
	Show(Sight) error  // shows something else
	// Send offers the file at path to the other side; what becomes of it is told
	// as News. The customer has confirmed it.
	Send(path string) error
}

// Snag is something that this machine could not do and that the customer can
// be told in a sentence.
type Snag string

// The snags.
const (
	SnagSecret   Snag = "the clipboard holds a password"
	SnagLarge    Snag = "the clipboard's text is too long"
	SnagEvidence Snag = "nothing of this was collected"
	SnagLocked   Snag = "the screen was locked while something was asked"
	SnagSight    Snag = "this cannot be shown by itself"
)

func (s Snag) Error() string { return string(s) }
