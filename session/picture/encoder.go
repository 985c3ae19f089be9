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
	cache   cache

	textures textures
	motions  motions
	work     int   // pixels that this update writes
	clock    int64 // nanoseconds
	refined  int64 // when something that was owed was last sent
}

// Update is what takes a viewer's picture to the present one.
type Update struct {
	Data    []byte            // nil: nothing to send. Valid until the next call
	Changed []image.Rectangle // a few that cover what is written; valid until the next call
	Owed    bool              // parts are coarse or not sent at all: call again when there is room, with damage or without
	Moved   bool              // more than one pixel in a hundred changed
	Motion  []Region          // what is motion from this update on: the caller sends it as video, and may keep this
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
	}
	e.now = &pixel.Bitmap{Pix: p.Pix, Stride: p.Stride, Rect: e.base.Rect}
	e.ops, e.changed, e.work, e.clock = e.ops[:0], e.changed[:0], 0, now.UnixNano()
	if h.fresh {
		e.restart()
		damage = []image.Rectangle{e.base.Rect}
	}
	moved := e.frame(h, damage, budget)
	if len(e.ops) > maxRaw(size) || e.work > maxWork(size) { // made to be so: no viewer would take it
		h.fresh = true
		e.plain()
	}
	u := Update{Owed: e.owing(), Moved: moved, Motion: e.motions.list(), Next: e.next()}
	if len(e.ops) == 0 {
		return u, nil
	}
	data, err := e.stream.update(h, e.ops)
	if err != nil {
		return Update{}, err
	}
	e.fresh = false
	e.textures.learn(len(data))
	u.Data, u.Changed = data, e.changed
	return u, nil
}

// frame puts the operations of an update together, and says whether much has changed.
func (e *Encoder) frame(h header, damage []image.Rectangle, budget int) bool {
	e.cells.compare(e.base, e.now, damage)
	_, changed := e.cells.bounds(e.cells.rows)
	moved := h.fresh || 100*(changed+len(e.cells.moving)) > len(e.cells.dirty)
	e.rest()
	if changed > 0 {
		if !h.fresh {
			e.moves()
		}
		e.draw(budget)
	}
	switch {
	case budget == 0:
		e.refine(noLimit)
	case changed == 0 || e.clock-e.refined > refineTime*1e6:
		// What is typed meanwhile must not wait for long.
		e.refine(max(budget/3, min(budget, leastRefined)))
		e.refined = e.clock
	}
	e.still()
	e.keep()
	if h.fresh && len(e.ops) == 0 { // all is black
		e.ops = appendColour(appendRect(append(e.ops, opFill), image.Rect(0, 0, 1, 1)), 0)
	}
	return moved
}

const (
	refineTime   = 500  // ms: so long what is owed waits at most while something changes
	leastRefined = 6000 // bytes
)

// owing says whether the viewer has a stand-in anywhere.
func (e *Encoder) owing() bool {
	return e.cells.owes(image.Rect(0, 0, e.cells.across, e.cells.down))
}

// next is when a region may have come to rest.
func (e *Encoder) next() time.Time {
	first := int64(0)
	for _, r := range e.motions.regions {
		if at := r.moved + restTime*1e6; !r.resting && (first == 0 || at < first) {
			first = at
		}
	}
	if first == 0 {
		return time.Time{}
	}
	return time.Unix(0, first)
}

// wrote notes that an operation writes r.
func (e *Encoder) wrote(r image.Rectangle) {
	e.changed.add(r)
	e.work += area(r)
}

// plain sends the whole picture anew, as photographs.
func (e *Encoder) plain() {
	e.ops, e.changed, e.work = e.ops[:0], e.changed[:0], 0
	e.restart()
	size := e.base.Rect.Max
	for y := 0; y < size.Y; y += tileSide {
		for x := 0; x < size.X; x += stripWide {
			e.photo(image.Rect(x, y, x+stripWide, y+tileSide).Intersect(e.base.Rect))
		}
	}
}

// restart forgets what the viewer had.
func (e *Encoder) restart() {
	clear(e.base.Pix)
	e.cells.reset(e.base.Rect.Size())
	e.book.reset()
	e.paints.reset()
	e.cache.reset(e.o.Tiles)
	e.textures.reset(e.base.Rect.Size())
	e.motions.reset(e.base.Rect.Size())
	e.refined = e.clock
	e.wrote(e.base.Rect)
}
