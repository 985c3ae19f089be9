package session

import (
	"context"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/wire"
)

// pointing tells the viewer where the customer's pointer is and how it looks.
type pointing struct {
	number uint32
	serial uint32 // of the shape that was told last
	last   wire.Cursor
}

// follow tells what has changed.
func (p *pointing) follow(ctx context.Context, s *sharer, c screen.Cursor) error {
	m := wire.Cursor{}
	if c.Shape != nil && c.At.X >= 0 && c.At.Y >= 0 && c.At.X < wire.MaxSide && c.At.Y < wire.MaxSide {
		m = wire.Cursor{Serial: c.Serial, X: uint16(c.At.X), Y: uint16(c.At.Y), Shown: true}
	}
	if m == p.last {
		return nil
	}
	if m.Shown && m.Serial != p.serial {
		if _, err := s.say(ctx, shapeOf(c)); err != nil {
			return err
		}
		p.serial = m.Serial
	}
	p.last = m
	p.number++
	m.Number = p.number
	return s.by.cursor(ctx, &m)
}

// shapeOf is the pointer's shape as a message; of one that is very large the
// part around what it points with.
func shapeOf(c screen.Cursor) *wire.Shape {
	size := c.Shape.Size
	w, h := min(size.X, wire.MaxPointer), min(size.Y, wire.MaxPointer)
	x0, y0 := around1(c.Shape.Hot.X, w, size.X), around1(c.Shape.Hot.Y, h, size.Y)
	m := &wire.Shape{
		Serial: c.Serial, Width: uint8(w), Height: uint8(h),
		HotX: uint8(max(0, min(c.Shape.Hot.X-x0, w-1))), HotY: uint8(max(0, min(c.Shape.Hot.Y-y0, h-1))),
	}
	for y := y0; y < y0+h; y++ {
		m.Pix = append(m.Pix, c.Shape.Pix[y*size.X+x0:][:w]...)
	}
	return m
}

// around1 is where n of all begin so that the one at hot is among them.
func around1(hot, n, all int) int { return max(0, min(hot-n/2, all-n)) }
