package pane

import (
	"errors"
	"image"

	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/app/lab/glass/film"
)

const zPixmap = 2 // ImageFormat, X protocol

// Grabber copies rectangles of a display into one shared buffer.
type Grabber struct {
	d   *Display
	id  shm.Seg
	pix []uint32
}

// NewGrabber makes one with room for so many pixels.
func (d *Display) NewGrabber(pixels int) (*Grabber, error) {
	s, err := NewSegment(pixels)
	if err != nil {
		return nil, err
	}
	g, err := d.GrabInto(s)
	return g, errors.Join(err, s.Release())
}

// GrabInto copies into a segment that others may see.
func (d *Display) GrabInto(s *Segment) (*Grabber, error) {
	id, err := d.attach(s)
	return &Grabber{d, id, s.pix}, err
}

// start asks for rectangle r at the given pixel offset of the buffer.
func (g *Grabber) start(r image.Rectangle, offset int) shm.GetImageCookie {
	return shm.GetImage(g.d.conn, xproto.Drawable(g.d.root), int16(r.Min.X), int16(r.Min.Y),
		uint16(r.Dx()), uint16(r.Dy()), ^uint32(0), zPixmap, g.id, uint32(offset*4))
}

// Screen grabs everything into a frame that the next grab overwrites.
func (g *Grabber) Screen() (*film.Frame, error) {
	_, err := g.start(image.Rect(0, 0, g.d.W, g.d.H), 0).Reply()
	return &film.Frame{W: g.d.W, H: g.d.H, Pix: g.pix[:g.d.W*g.d.H]}, err
}

// All grabs rectangles: it asks for all at once, then waits for all. The next
// grab overwrites them.
func (g *Grabber) All(rects ...image.Rectangle) ([]film.Frame, error) {
	all := make([]film.Frame, len(rects))
	asked := make([]shm.GetImageCookie, len(rects))
	offset := 0
	for i, r := range rects {
		asked[i] = g.start(r, offset)
		end := offset + r.Dx()*r.Dy()
		all[i] = film.Frame{W: r.Dx(), H: r.Dy(), Pix: g.pix[offset:end]}
		offset = end
	}
	for _, a := range asked {
		if _, err := a.Reply(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
