package session

import (
	"fmt"
	"image"
	"sync"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/wire"
)

// remote is the customer's pointer at the viewer's end.
type remote struct {
	show func(*pixel.Shape, image.Point) // nil: it is shown to nobody

	mu     sync.Mutex // guards the rest
	serial uint32     // of shape
	shape  *pixel.Shape
	number uint32 // of the newest position
}

// shaped takes how it looks.
func (p *remote) shaped(m *wire.Shape) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m.Serial == p.serial {
		return fmt.Errorf("shape %d again: %w", m.Serial, ErrTampered)
	}
	p.serial = m.Serial
	p.shape = &pixel.Shape{
		Size: image.Pt(int(m.Width), int(m.Height)), Hot: image.Pt(int(m.HotX), int(m.HotY)), Pix: m.Pix,
	}
	return nil
}

// moved takes where it is. One that comes late, or with a shape that is still
// on its way, is passed over: the next one follows.
func (p *remote) moved(m *wire.Cursor) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m.Number <= p.number || m.Shown && m.Serial != p.serial {
		return
	}
	p.number = m.Number
	if p.show == nil {
		return
	}
	if !m.Shown {
		p.show(nil, image.Point{})
		return
	}
	p.show(p.shape, image.Pt(int(m.X), int(m.Y)))
}

// hide takes it away; the next one to be shown begins anew.
func (p *remote) hide() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.number, p.serial, p.shape = 0, 0, nil
	if p.show != nil {
		p.show(nil, image.Point{})
	}
}
