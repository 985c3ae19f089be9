package film

import (
	"image"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// maxPointer is how wide and high a pointer may be to be drawn, in pixels.
const maxPointer = 1024

// pointer is the other side's, over the picture.
type pointer struct {
	shape *pixel.Shape // nil: there is none
	at    image.Point  // its hot spot in the picture
}

// place is what it covers, also beside the picture.
func (p pointer) place() image.Rectangle {
	if p.shape == nil {
		return image.Rectangle{}
	}
	min := p.at.Sub(p.shape.Hot)
	return image.Rectangle{Min: min, Max: min.Add(p.shape.Size)}
}

// draw draws it into b and says where.
func (p pointer) draw(b *pixel.Bitmap) image.Rectangle {
	r := p.place().Intersect(b.Rect)
	if !r.Empty() {
		p.shape.Lay(b, p.place().Min)
	}
	return r
}

// Point is the pointer as the viewer sees it from at on: its shape, nil for
// none, with its hot spot at spot in the picture. A shape that cannot be is none.
// It is to be called before the Add whose picture it belongs to, or after it.
func (w *Writer) Point(shape *pixel.Shape, spot image.Point, at time.Time) {
	if shape != nil {
		size := shape.Size
		if size.X <= 0 || size.Y <= 0 || size.X > maxPointer || size.Y > maxPointer || len(shape.Pix) < size.X*size.Y {
			shape = nil
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.pointer.place()
	w.pointer = pointer{shape, spot}
	if w.seen == nil || w.err != nil || w.closed {
		return
	}
	w.changed = w.changed.Union(before.Intersect(w.seen.Rect)).Union(w.pointer.place().Intersect(w.seen.Rect))
	w.news(at)
}
