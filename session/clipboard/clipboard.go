// Package clipboard reads and writes the text of the desktop's clipboard.
package clipboard

import (
	"context"
	"errors"
)

// Clipboard is one system's clipboard. Its methods may be called from any
// goroutine. The conformance suite in clipboardtest says what a driver must do.
type Clipboard interface {
	// Read gives the text; "" when there is none. What a password manager
	// marks as secret is never asked for: ErrSecret. More than MaxText is ErrLarge.
	Read(ctx context.Context) (string, error)

	// Write puts a text there, valid UTF-8 of at most MaxText bytes. It stays
	// as long as the driver is open or until somebody else writes.
	Write(ctx context.Context, text string) error

	// Changed tells that somebody else has written, until ctx ends; the channel
	// holds one and is closed then, and when the driver closes.
	Changed(ctx context.Context) <-chan struct{}

	// Close gives back what the driver holds. Later calls give ErrClosed.
	Close() error
}

// MaxText bounds a text, in bytes.
const MaxText = 48 << 10

// Reasons that callers branch on.
var (
	ErrUnavailable = errors.New("the clipboard cannot be reached here") // the reason in words is wrapped around it
	ErrSecret      = errors.New("the clipboard holds a password")
	ErrLarge       = errors.New("the clipboard's text is too long")
	ErrText        = errors.New("the clipboard's text is damaged")
	ErrClosed      = errors.New("the clipboard has been closed") // by Close
)

// Open gives the driver for the system that the program runs on now. The error
// is ErrUnavailable with the reason in words around it.
func Open() (Clipboard, error) { return open() }
