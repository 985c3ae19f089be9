// Package overlay shows on a person's own desktop what of it is shared.
package overlay

import (
	"errors"
	"image"
)

// Area is what is shared: a monitor or a window.
type Area struct {
	Monitor string // as screen.Monitor has it; "" for a window
	Window  uint32 // as screen.Window has it; 0 for a monitor
}

// Overlay is one system's way to show it. Its methods may be called from any
// goroutine. Nothing of it ever takes a click, a key or the focus. The
// conformance suite in overlaytest says what a driver must do.
type Overlay interface {
	// Border frames these areas, and nothing else, until the next call. A
	// frame follows its window and its monitor; what is gone has none.
	Border(areas []Area) error

	// Mark shows a ring around a place of the desktop, in pixels, or takes it away.
	Mark(at image.Point, shown bool) error

	// Label is what stands beside the mark: a name, cut after MaxLabel
	// characters; "" for none.
	Label(text string) error

	// Hotkey takes the first of these keys that nobody else holds, wherever
	// the focus is, in place of what it held before, and says which. Each press
	// is on the channel at once, which holds one; Close closes it. The error is
	// ErrTaken when there is none to be had.
	Hotkey(keys ...string) (key string, pressed <-chan struct{}, err error)

	// Close takes everything away. Later calls give ErrClosed.
	Close() error
}

// MaxLabel is how many characters a label shows.
const MaxLabel = 32

// Keys are the keys that Hotkey should be given, the best first.
func Keys() []string {
	return []string{"Ctrl+Alt+End", "Ctrl+Alt+Pause", "Ctrl+Shift+End", "Ctrl+Alt+F12"}
}

// Reasons that callers branch on.
var (
	ErrUnavailable = errors.New("nothing can be shown on the desktop here") // the reason in words is wrapped around it
	ErrTaken       = errors.New("other programs hold all of these keys")
	ErrKey         = errors.New("no such key")
	ErrClosed      = errors.New("the overlay has been closed") // by Close
)

// Open gives the driver for the system that the program runs on now. The error
// is ErrUnavailable with the reason in words around it.
func Open() (Overlay, error) { return open() }
