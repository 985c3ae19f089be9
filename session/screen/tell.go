package screen

import (
	"errors"
	"image"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// Teller is what a Source can be besides: one that knows what changes, so that
// nothing is read that has not changed. What it must do stands in screentest's
// TellSuite.
type Teller interface {
	Source

	// Tell begins to watch. An error means that this can not be had here; the
	// Source itself works as before.
	Tell() (Told, error)
}

// Told is what a Teller tells to one who looks. But for Changed and Close its
// methods are called by one goroutine.
type Told interface {
	// Changed is told when there is something to Take. It holds one.
	Changed() <-chan struct{}

	// Take gives what has changed since the Take before; the first gives everything.
	Take() (Change, error)

	// Read writes what stands on the desktop now, which is what the last Take
	// told of or newer. ErrChanged says that the monitors are not those of the
	// last Take any more; ErrPlaces and ErrLocked are as of ViewSource; with
	// ErrUntold this view must be read by Grab, and compared, and nothing has
	// been written. With another error r.Into may have pixels that must not be seen.
	Read(r Reading) (Seen, error)

	// Close ends it. The Source goes on.
	Close() error
}

// Change is what has happened on the desktop, whose coordinates it has.
type Change struct {
	Monitors []Monitor         // all, as they are now, in reading order
	Damage   []image.Rectangle // what may have changed; they do not overlap
	Moves    []Move            // of Damage, what is somewhere else now
	Untold   bool              // nobody knows what has changed
	Places   bool              // windows may have come, gone or moved
	Pointer  Pointer
	At       time.Time // when the first of it was told; zero if that is not known
}

// then is c and what came after it.
func (c Change) then(more Change) Change {
	more.Damage = region(c.Damage).join(more.Damage)
	more.Moves = nil // they would have to be followed one after the other
	more.Untold, more.Places = c.Untold || more.Untold, c.Places || more.Places
	if !c.At.IsZero() {
		more.At = c.At
	}
	return more
}

// Move says that what stood in From until the Take before stands at To since.
type Move struct {
	From image.Rectangle
	To   image.Point // of From.Min
}

// Pointer is the mouse's pointer on the desktop.
type Pointer struct {
	Shape *pixel.Shape // nil: unknown or not shown
	At    image.Point
}

// Reading is what is to be read.
type Reading struct {
	View   View
	Area   []image.Rectangle // of the desktop, what the view is about; they do not overlap
	Parts  []image.Rectangle // of Area, what is to be read as far as it is seen; they do not overlap
	Into   *pixel.Bitmap
	Origin image.Point // of Into's place 0, 0, on the desktop
}

// Seen is what a view shows.
type Seen struct {
	Parts []image.Rectangle // of Area; they do not overlap. What else there is must be made black
	Again bool              // soon more is seen, without anything to tell of
}

// ErrUntold says that nothing tells what changes in a view.
var ErrUntold = errors.New("it is not told what changes")
