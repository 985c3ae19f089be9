// Package lock tells whether this machine's screen is locked.
package lock

import (
	"context"
	"errors"
	"time"
)

// AskTime is what anybody may take to answer.
const AskTime = 2 * time.Second

// State is what is known of the screen.
type State uint8

// The states. Only Locked is a reason to stop anything.
const (
	Unknown  State = iota // nothing here says so
	Unlocked              // somebody who would know says that it is not
	Locked
)

// Lock is one system's way to know. Its methods may be called from any
// goroutine. The conformance suite in locktest says what a driver must do.
type Lock interface {
	// State is what is known now: Unknown also as long as nobody has answered
	// the first time. Whoever hangs takes AskTime, and holds nobody else up.
	State() State

	// Watch gives the state once everybody was asked, or somebody has said that
	// it is locked, and each change. The channel holds the newest alone; it is
	// closed when ctx ends and when the driver closes.
	Watch(ctx context.Context) <-chan State

	// Close gives back what the driver holds; the state is Unknown afterwards.
	Close() error
}

// ErrUnavailable has the reason in words around it.
var ErrUnavailable = errors.New("whether the screen is locked cannot be known here")

// Open gives the driver for the system that the program runs on now. It waits
// for nobody. The error is ErrUnavailable.
func Open() (Lock, error) { return open() }
