// Package screen reads the pictures of the machine's monitors.
package screen

import (
	"errors"
	"image"
)

// Monitor is one of the machine's monitors.
type Monitor struct {
	Name    string          // as the system calls it, "HDMI-1"; never empty, unique
	Bounds  image.Rectangle // pixels; the place on the desktop that all monitors share
	Primary bool            // at most one is
	Scale   float64         // how many pixels one of 96 to the inch has become; 1 if unknown
}

// Source is one system's way to the screen. Its methods may be called from any
// goroutine, one after the other or at once. The conformance suite in
// screentest says what a driver must do.
type Source interface {
	// Monitors lists the monitors as they are now, in reading order, at least one.
	Monitors() ([]Monitor, error)

	// Grab writes m's present picture into dst, opaque, top row first. dst has
	// exactly m's size; it may be a part of a larger picture and is written
	// nowhere else. When m no longer is as Monitors said, the error is
	// ErrChanged and dst's pixels are of no use.
	Grab(m Monitor, dst *image.RGBA) error

	// Close gives back what the driver holds. Later calls give ErrClosed.
	Close() error
}

// Reasons that callers branch on.
var (
	ErrUnavailable = errors.New("the screen cannot be read here")      // the reason in words is wrapped around it
	ErrChanged     = errors.New("the monitors have changed")           // ask Monitors again
	ErrClosed      = errors.New("the screen's source has been closed") // by Close
)
