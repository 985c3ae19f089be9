package picture

import (
	"fmt"
	"image"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// Options of an encoder.
type Options struct {
	Method Method
	Tiles  int  // that the viewer keeps for later, 16 kB each; 0: 2048
	Motion bool // what moves may be told to be motion
}

// Encoder makes updates. It keeps the picture that the viewer has. It is not
// safe for concurrent use.
type Encoder struct {
	o       Options
	stream  *deflater
	fresh   bool          // the next update is the first, or the first again
	base    *pixel.Bitmap // what the viewer has
	now     *pixel.Bitmap // what it should have
	cells   cells
	ops     []byte
	changed changes
	paint   painter
	printer printer
	book    book
	paints  paints
	writer  writer
	mover   mover
}

// Update is what takes a viewer's picture to the present one.
type Update struct {
	Data    []byte            // nil: nothing to send. Valid until the next call
	Changed []image.Rectangle // a few that cover what is written; valid until the next call
	Owed    bool              // parts are coarse or not sent at all: call again when there is room, with damage or without
	Moved   bool              // more than one pixel in a hundred changed
	Motion  []Region          // what is motion from this update on: the caller sends it as video
	Next    time.Time         // call again at this time, also without damage: a region may have come to rest; zero: no need
}

// NewEncoder makes an encoder whose first update is a whole picture.
func NewEncoder(o Options) (*Encoder, error) {
	if o.Tiles == 0 {
		o.Tiles = 2048
	}
	o.Tiles = min(max(o.Tiles, 1), tileSlots)
	stream, err := newDeflater(o.Method)
	if err != nil {
		return nil, err
	}
	e := &Encoder{o: o, stream: stream, fresh: true}
	e.printer.draw()
	return e, nil
}

// Restart makes the next update a first one again: for a viewer that has
// nothing, or has forgotten it.
func (e *Encoder) Restart() { e.fresh = true }

// Encode makes the update that takes the viewer to p, as far as p differs in
// damage from the picture of the last call; nil damage: only what is owed. The
// budget is how many bytes can leave soon, within about 250 ms; 0: no limit.
// The error is ErrSize.
func (e *Encoder) Encode(p *pixel.Bitmap, damage []image.Rectangle, now time.Time, budget int) (Update, error) {
	size := p.Rect.Size()
	if err := checkSize(size); err != nil {
		return Update{}, fmt.Errorf("encode a picture of %v: %w", size, err)
	}
	h := header{fresh: e.fresh, size: size}
	if e.base == nil || e.base.Rect.Size() != size {
		e.base, h.fresh = pixel.New(image.Rectangle{Max: size}), true
	} else if h.fresh {
		clear(e.base.Pix)
	}
	e.now = &pixel.Bitmap{Pix: p.Pix, Stride: p.Stride, Rect: e.base.Rect}
	e.ops, e.changed = e.ops[:0], e.changed[:0]
	if h.fresh {
		e.restart()
		damage = []image.Rectangle{e.base.Rect}
	}
	e.cells.compare(e.base, e.now, damage)
	if !h.fresh {
		e.moves()
	}
	e.draw()
	if len(e.ops) == 0 {
		if !h.fresh {
			return Update{}, nil
		}
		e.ops = appendColour(appendRect(append(e.ops, opFill), image.Rect(0, 0, 1, 1)), 0) // all is black
	}
	data, err := e.stream.update(h, e.ops)
	if err != nil {
		return Update{}, err
	}
	e.fresh = false
	return Update{Data: data, Changed: e.changed}, nil
}

// restart forgets what the viewer had.
func (e *Encoder) restart() {
	e.cells.reset(e.base.Rect.Size())
	e.book.reset()
	e.paints.reset()
	e.changed.add(e.base.Rect)
}
