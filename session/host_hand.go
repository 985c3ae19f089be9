package session

import (
	"errors"
	"image"
	"slices"
	"sync"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/wire"
)

// hand is the supporter's hand on the customer's machine: mark, pointer, keys.
type hand struct {
	mu      sync.Mutex // guards all of it, and is held while the driver works
	input   Input      // nil: none
	pointer Pointer    // nil: none
	where   *placed    // nil before a picture is shown
	inside  bool       // the pointer is where something is seen
	pressed bool       // something may be
	marked  bool       // the mark is shown

	own    bool            // the customer uses their own: nothing is pressed or moved
	holds  map[string]bool // modifiers that the supporter holds; nil is none
	behind bool            // not all of them are down here
}

// place says where pictures are from now on.
func (h *hand) place(p *placed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.where, h.inside = p, false
}

// release lets go what is pressed and takes the mark away.
func (h *hand) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pressed {
		h.pressed = h.input.ReleaseAll() != nil // tried again with the next reason
	}
	h.holds, h.behind = nil, false
	if h.marked {
		h.marked = h.pointer.Mark(image.Point{}, false) != nil
	}
}

// releaseUnless does so when neither may be used.
func (h *hand) releaseUnless(g *gate) {
	if !g.may(control) || !g.may(point) {
		h.release()
	}
}

// do does what a message asks. What points outside of what is seen is not
// done; a release always is.
func (h *hand) do(m wire.Message) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p, ok := m.(*wire.Pointer); ok {
		return h.mark(p)
	}
	if h.where == nil || h.where.windows() { // what is clicked or typed could meet another window
		return nil
	}
	err := h.press(m)
	if errors.Is(err, input.ErrKey) { // this machine has no such key
		return nil
	}
	return err
}

func (h *hand) mark(m *wire.Pointer) error {
	at, ok := image.Point{}, false
	if m.Shown && h.where != nil {
		at, ok = h.where.at(m.X, m.Y)
	}
	if !ok && !h.marked {
		return nil
	}
	err := h.pointer.Mark(at, ok)
	h.marked = ok || err != nil
	return err
}

func (h *hand) press(m wire.Message) error {
	stands, err := h.behindOwn(m)
	if stands || err != nil {
		return err
	}
	switch m := m.(type) {
	case *wire.Move:
		at, ok := h.where.at(m.X, m.Y)
		if h.inside = ok; !ok {
			return nil
		}
		return h.input.Move(at)
	case *wire.Button:
		if m.Down && !h.inside {
			return nil
		}
		h.pressed = h.pressed || m.Down
		return h.input.Button(m.Number, m.Down)
	case *wire.Wheel:
		if !h.inside {
			return nil
		}
		return h.input.Wheel(int(m.DX), int(m.DY))
	case *wire.Key:
		h.pressed = h.pressed || m.Down
		return h.input.Key(input.Key{Rune: m.Rune, Name: m.Name}, m.Down)
	}
	return nil
}

// placed is where on the desktop the newest picture is.
type placed struct {
	mu     sync.Mutex // guards the rest
	origin image.Point
	size   image.Point
	areas  []image.Rectangle // what of it is seen
	single bool              // windows
}

func (p *placed) set(s screen.Shot) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.origin, p.size = s.Origin, s.Picture.Rect.Size()
	p.areas = append(p.areas[:0], s.Areas...)
}

func (p *placed) windows() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.single
}

// at is a picture's pixel on the desktop; false where nothing is seen.
func (p *placed) at(x, y uint16) (image.Point, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := image.Pt(int(x), int(y))
	if !at.In(image.Rectangle{Max: p.size}) {
		return image.Point{}, false
	}
	at = at.Add(p.origin)
	return at, slices.ContainsFunc(p.areas, func(r image.Rectangle) bool { return at.In(r) })
}
