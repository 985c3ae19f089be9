// Package collect reads one kind of evidence per collector from the machine it runs on.
package collect

import (
	"context"
	"errors"
	"image"
	"io"
	"time"
)

// Sink is where a collector puts what it found. Each file is bounded by the
// collector's own size limit: a write beyond it stores what still fits and
// returns an error, upon which the collector gives up.
type Sink interface {
	// Create begins a file. The path is slash-separated and made by the
	// collector, never from outside without SafeName. Files may be open at
	// the same time; a file counts once it is closed. One that is not, because
	// what it is a copy of could not be read to its end, is ended when Collect
	// returns: what is there stays, with Collect's error as what is missing.
	Create(path string, f FileInfo) (io.WriteCloser, error)
}

// FileInfo says what a file is, in words.
type FileInfo struct {
	Title     string // English, a translation key; one of Titles
	MediaType string // RFC 2046, such as application/json
	Source    string // where it was read, the variable part beside Title: a log's path, a monitor's name; "" if Title says it all
	Cut       string // what is missing, in words; "" if the file is whole
	Outside   string // what the source has from outside of the time that was asked for, in words; "" if nothing
}

// Collector reads one kind of evidence. Collect returns when ctx ends; a
// collector that does not is abandoned by its runner and its sink sealed.
type Collector interface {
	Name() string  // short, unique in a run, such as "memory" or "log-2"
	Title() string // English, a translation key; one of Titles
	Collect(ctx context.Context, s Sink) error
}

// Limit is what one collector may cost.
type Limit struct {
	Time time.Duration
	Size int64 // bytes of plain content, all its files together
}

// Screens is what the screens collector asks of its host.
type Screens interface {
	// Grab takes one picture of every monitor.
	Grab(ctx context.Context) ([]Screenshot, error)
}

// Screenshot is the picture of a monitor or of a window.
type Screenshot struct {
	Name  string // the monitor's name as the system gives it, or the window's title
	Image image.Image
	At    image.Point // where its upper left corner is on the desktop, in pixels
	Cut   string      // what is missing in it, in words; "" if nothing is
}

// Log names a log file to take the end of.
type Log struct {
	Path     string // of one file, or with *, ? or [] in its last element
	MaxBytes int64  // how much of the end is taken; 0 is DefaultLogBytes
	Newest   int    // how many of the matching files, newest first; 0 is 1
}

// DefaultLogBytes is how much of a log's end is taken unless told otherwise.
const DefaultLogBytes = int64(8) << 20

// ErrAbsent is wrapped by errors that say that the machine has no such thing:
// nothing went wrong, and there was nothing to collect.
var ErrAbsent = errors.New("not on this machine")

// ErrNoScreen says that the machine has no screen that can be looked at.
var ErrNoScreen error = absent("there is no screen here to take a picture of")
