package screen

import (
	"image"
	"slices"

	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/pixel"
)

// What is read at once: several parts, or bands of a large one, so that one is
// copied while the server fills the next, and both stay in the processor's cache.
const (
	ringSize = 4 << 20 // bytes
	bandSize = 1 << 20
)

// ring is shared memory into which the server writes one part after the other.
type ring struct {
	e      *ear
	dst    *pixel.Bitmap
	origin image.Point
	asked  []piece // the oldest first
	free   int     // where the last one ends
}

// piece is a part that has been asked for.
type piece struct {
	at     image.Rectangle
	offset int
	cookie shm.GetImageCookie
}

func (p piece) end() int { return p.offset + 4*p.at.Dx()*p.at.Dy() }

// ask asks for a part of at most bandSize bytes, and takes over those whose
// place it needs.
func (r *ring) ask(part image.Rectangle) error {
	p := piece{at: part, offset: r.free}
	if p.end() > ringSize {
		p.offset = 0
	}
	for slices.ContainsFunc(r.asked, func(q piece) bool { return q.offset < p.end() && p.offset < q.end() }) {
		if err := r.take(); err != nil {
			return err
		}
	}
	p.cookie = shm.GetImage(r.e.conn, xproto.Drawable(r.e.x.root), int16(part.Min.X), int16(part.Min.Y), uint16(part.Dx()), uint16(part.Dy()),
		allPlanes, xproto.ImageFormatZPixmap, r.e.shm.id, uint32(p.offset))
	r.asked, r.free = append(r.asked, p), p.end()
	return nil
}

// take takes the oldest over.
func (r *ring) take() error {
	p := r.asked[0]
	r.asked = r.asked[1:]
	if _, err := p.cookie.Reply(); err != nil {
		return err
	}
	r.e.x.pixel.store(r.dst, p.at.Sub(r.origin), r.e.shm.memory[p.offset:p.end()])
	return nil
}
