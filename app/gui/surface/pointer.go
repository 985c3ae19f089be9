//go:build !headless

package surface

import (
	"image"
	"time"

	"fyne.io/fyne/v2/driver/desktop"
)

// The other side's pointer is drawn while the own one acts only when it is so
// many pixels away from it for so long: then somebody else moves it.
const (
	ownReach = 40
	ownTime  = 500 * time.Millisecond
)

// own is what is known of the own pointer.
type own struct {
	acts  bool // it is over the picture and moves the other side's
	at    image.Point
	moved time.Time
}

// stands says that it stands for the other side's, which is at tip.
func (o own) stands(tip image.Point, now time.Time) bool {
	off := tip.Sub(o.at)
	near := max(off.X, -off.X, off.Y, -off.Y) <= ownReach
	return o.acts && (near || now.Sub(o.moved) < ownTime)
}

// SetCursor draws the other side's pointer with its hot spot at a pixel of the
// picture; nil draws none. It may be called from any goroutine; the shape must
// not change afterwards.
func (s *Surface) SetCursor(shape *Shape, at image.Point) {
	if !valid(shape) {
		shape = nil
	}
	s.pointing(func() { s.shape, s.tip = shape, at })
}

// SetOwn says whether the own pointer moves the other side's, and which pixel
// of the picture it is at. The other, which follows it, is not drawn then;
// CursorNow looks like it.
func (s *Surface) SetOwn(acts bool, at image.Point) {
	s.pointing(func() { s.own = own{acts, at, time.Now()} })
}

// pointing changes something about pointers, and shows what comes of it.
func (s *Surface) pointing(change func()) {
	s.mu.Lock()
	change()
	changed := s.point()
	paint := changed && !s.mapped
	s.mu.Unlock()
	if changed {
		s.poke()
	}
	if paint {
		s.repaint(false)
	}
}

// point has the pointer drawn where it is now.
func (s *Surface) point() (changed bool) {
	f, shape := &s.frame, s.shape
	if s.bare || s.own.stands(s.tip, time.Now()) {
		shape = nil
	}
	if f.shape == shape && (shape == nil || f.tip == s.tip) {
		return false
	}
	f.owed.add(f.box())
	f.shape, f.tip = shape, s.tip
	f.owed.add(f.box())
	return true
}

// CursorNow is how the own pointer looks while it stands for the other side's:
// like that, if it is known.
func (s *Surface) CursorNow() desktop.Cursor {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shape == nil {
		return desktop.DefaultCursor
	}
	return alike{s.shape}
}

// alike is a shape as Fyne takes one.
type alike struct{ *Shape }

// Image is part of desktop.Cursor.
func (a alike) Image() (image.Image, int, int) {
	m := image.NewRGBA(image.Rectangle{Max: a.Size})
	for i, p := range a.Pix[:a.Size.X*a.Size.Y] {
		m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2], m.Pix[4*i+3] = uint8(p>>16), uint8(p>>8), uint8(p), uint8(p>>24)
	}
	return m, min(max(a.Hot.X, 0), a.Size.X-1), min(max(a.Hot.Y, 0), a.Size.Y-1)
}
