package screen

import (
	"errors"
	"image"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// Shot is what is seen of the desktop at one moment.
type Shot struct {
	Picture  *pixel.Bitmap     // the whole of it, from 0, 0; Look's until the next Take
	Origin   image.Point       // of Picture, on the desktop
	Damage   []image.Rectangle // in Picture, what may differ from the last Shot; they do not overlap. Everything when Fresh, nothing when only the cursor moved
	Fresh    bool              // the first, or size, monitors or scope have changed
	Areas    []image.Rectangle // on the desktop, what is really seen; the rest is black
	Monitors []Monitor         // as Limited lists them
	Cursor   Cursor
	At       time.Time // when the first of it was told
}

// Cursor is the mouse's pointer in a Shot.
type Cursor struct {
	Shape  *pixel.Shape // nil: unknown, not shown, or where nothing is seen
	At     image.Point  // of the shape's Hot, in Picture
	Serial uint32       // rises when Shape changes
}

// What a Look shows at most.
const (
	MaxSide   = 16384    // pixels
	MaxPixels = 40 << 20 // pixels; four bytes each in memory
)

// ErrSize is a desktop of no size or one beyond what can be shown.
var ErrSize = errors.New("a desktop of that size cannot be shown")
