// Package input moves the pointer of the machine's desktop and presses its buttons and keys.
package input

import (
	"context"
	"errors"
	"image"
)

// Input is one system's way to pointer and keyboard. Its methods may be called
// from any goroutine; each has reached the system when it returns. The
// conformance suite in inputtest says what a driver must do.
type Input interface {
	// Move puts the pointer at a place on the desktop that all monitors share,
	// in pixels, as screen.Monitor has it. A place outside means the nearest inside.
	Move(at image.Point) error

	// Button presses a button, or lets it go. Others than the five below are ErrKey.
	Button(b uint8, down bool) error

	// Wheel turns the wheel by so many notches: dx to the right, dy towards the
	// hand. At most MaxWheel are taken of each.
	Wheel(dx, dy int) error

	// Key presses a key, or lets it go. Modifiers (see Key.Modifier) are held
	// from one to the other. Every other key is struck once for each press, and
	// letting it go does nothing: repeats are the sender's, so that no key runs
	// away while a connection stands still. A character arrives as it is,
	// whatever layout is active. What is no key is ErrKey.
	Key(k Key, down bool) error

	// ReleaseAll lets everything go that was pressed through this driver.
	ReleaseAll() error

	// Own tells true when somebody uses the machine's own mouse or keyboard, and
	// false when nobody has for OwnTime, until ctx ends or Close; then the channel
	// closes. What this driver and other programs press does not count. A system
	// that cannot tell closes it at once.
	Own(ctx context.Context) <-chan bool

	// Close lets everything go and gives back what the driver holds. Later
	// calls give ErrClosed.
	Close() error
}

// Buttons of a pointer.
const (
	Left    uint8 = 1
	Middle  uint8 = 2
	Right   uint8 = 3
	Back    uint8 = 8
	Forward uint8 = 9
)

// MaxWheel bounds the notches of one turn.
const MaxWheel = 50

// Reasons that callers branch on.
var (
	ErrUnavailable = errors.New("keyboard and pointer cannot be reached here") // the reason in words is wrapped around it
	ErrKey         = errors.New("no such key or button")
	ErrClosed      = errors.New("the input has been closed") // by Close
)

// CheckButton says whether b is a button: every driver's first step in Button.
func CheckButton(b uint8) error {
	switch b {
	case Left, Middle, Right, Back, Forward:
		return nil
	}
	return ErrKey
}
