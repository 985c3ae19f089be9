package session

import (
	"context"
	"image"
	"io"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/rights"
)

// Pointer is the supporter's mark on the customer's screen.
type Pointer interface {
	// Mark shows the mark at a place on the desktop that all monitors share,
	// or takes it away.
	Mark(at image.Point, shown bool) error
}

// Input is keyboard and mouse; package input says what each does.
type Input interface {
	Move(at image.Point) error
	Button(b uint8, down bool) error
	Wheel(dx, dy int) error
	Key(k input.Key, down bool) error
	ReleaseAll() error
	Own(ctx context.Context) <-chan bool
}

// Clipboard is this machine's clipboard as text. Its methods return when ctx ends.
type Clipboard interface {
	Read(ctx context.Context) (string, error)
	Write(ctx context.Context, text string) error
	// Changed tells of each change until ctx ends, also of those that Write
	// made; several may be told as one.
	Changed(ctx context.Context) <-chan struct{}
}

// Incoming is what the other side wants to hand over.
type Incoming struct {
	ID    uint32       // its Transfer's
	Right rights.Right // FilesIn on the customer's side; FilesOut, Logs or System on the supporter's
	Name  string       // a file's name and nothing else, wire.FileName
	Size  int64        // bytes; -1: not known before it is at its end
}

// Outgoing is a file that this side wants to hand over.
type Outgoing struct {
	Name string    // becomes one without a folder
	Size int64     // bytes, at most wire.MaxFile
	From io.Reader // exactly as many
	// Begun is told its Transfer's ID before any Event has that. It must not
	// block; nil tells nobody.
	Begun func(id uint32)
}

// Files stores what the other side hands over.
type Files interface {
	// Receive makes ready for one, and may ask somebody first: an error
	// declines it. It returns when ctx ends.
	Receive(ctx context.Context, in Incoming) (Sink, error)
}

// Sink is one file on its way in. One of Commit and Abort is called, once, last.
type Sink interface {
	io.Writer
	Commit() error // it is whole, and has the sum that the sender named
	Abort()        // nothing of it stays
}

// Evidence gathers what the customer has allowed to be taken.
type Evidence interface {
	// Collect gives Logs or System, cleaned, to be read once and closed. It
	// returns when ctx ends.
	Collect(ctx context.Context, which rights.Right) (name string, content io.ReadCloser, err error)
}

// Vitals tells how the machine does.
type Vitals interface {
	// Sample is called at most once a second: text of at most wire.MaxVital bytes.
	Sample(ctx context.Context) (string, error)
}
