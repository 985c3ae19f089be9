package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

const cellSide = 16

// cells says of each 16x16 pixels whether the viewer's differ.
type cells struct {
	across, down int
	dirty        []bool
	rows         image.Rectangle // cells out of which none is dirty
	owed         []byte          // the viewer has a stand-in, the larger the coarser; 0: it has not
	hidden       []bool          // it is motion, and what the viewer's picture has there does not count
	seen         []uint64        // of cells that are owed or hidden, what their content was like
	moving       []image.Point   // hidden cells that have changed in this picture

	found           []image.Rectangle
	byRow, byColumn []int
}

func (c *cells) reset(size image.Point) {
	c.across, c.down = (size.X+cellSide-1)/cellSide, (size.Y+cellSide-1)/cellSide
	n := c.across * c.down
	c.dirty, c.owed, c.hidden, c.seen = make([]bool, n), make([]byte, n), make([]bool, n), make([]uint64, n)
	c.rows, c.moving = image.Rectangle{}, c.moving[:0]
}

func (c *cells) clear() {
	for y := c.rows.Min.Y; y < c.rows.Max.Y; y++ {
		clear(c.dirty[y*c.across+c.rows.Min.X : y*c.across+c.rows.Max.X])
	}
	c.rows = image.Rectangle{}
}

// of is the cells that r touches.
func (c *cells) of(r image.Rectangle) image.Rectangle {
	return image.Rect(r.Min.X/cellSide, r.Min.Y/cellSide, (r.Max.X+cellSide-1)/cellSide, (r.Max.Y+cellSide-1)/cellSide)
}

// place is a cell's pixels.
func place(x, y int) image.Rectangle {
	return image.Rect(x*cellSide, y*cellSide, (x+1)*cellSide, (y+1)*cellSide)
}

// compare finds the cells in which two pictures of one size differ, as far as
// damage reaches. Owed cells count only if they are not as they were.
func (c *cells) compare(a, b *pixel.Bitmap, damage []image.Rectangle) {
	c.moving = c.moving[:0]
	for _, r := range damage {
		if r = r.Intersect(a.Rect); r.Empty() {
			continue
		}
		in := c.of(r)
		c.rows = c.rows.Union(in)
		for y := in.Min.Y; y < in.Max.Y; y++ {
			for x := in.Min.X; x < in.Max.X; x++ {
				i := y*c.across + x
				if c.dirty[i] {
					continue
				}
				r := place(x, y).Intersect(a.Rect)
				if c.owed[i] > 0 || c.hidden[i] {
					was := c.seen[i]
					if c.seen[i] = glance(b, r); c.seen[i] == was {
						continue
					}
					if c.hidden[i] {
						c.moving = append(c.moving, image.Pt(x, y))
						continue
					}
					c.owed[i] = 0
				}
				c.dirty[i] = differ(a, b, r)
			}
		}
	}
}

// glance is a number that tells whether a cell has changed. Nothing wrong comes
// of two that have the same: what is owed is sent in the end.
func glance(p *pixel.Bitmap, r image.Rectangle) uint64 {
	h := uint64(1)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, c := range p.Row(y, r.Min.X, r.Max.X) {
			h = (h ^ uint64(c)) * 0x9e3779b97f4a7c15
		}
		h ^= h >> 29
	}
	return h
}

// owe says that what the viewer has in r is a stand-in for what now shows.
func (c *cells) owe(now *pixel.Bitmap, r image.Rectangle, stage byte) {
	in := c.of(r)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			i := y*c.across + x
			c.owed[i] = stage
			c.seen[i] = glance(now, place(x, y).Intersect(now.Rect))
		}
	}
}

// pay says that nothing is owed in cells.
func (c *cells) pay(in image.Rectangle) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		clear(c.owed[y*c.across+in.Min.X : y*c.across+in.Max.X])
	}
}

// owes says whether anything is owed in cells.
func (c *cells) owes(in image.Rectangle) bool {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for _, o := range c.owed[y*c.across+in.Min.X : y*c.across+in.Max.X] {
			if o > 0 {
				return true
			}
		}
	}
	return false
}

// hide makes cells motion, or no more.
func (c *cells) hide(now *pixel.Bitmap, in image.Rectangle, hidden bool) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			i := y*c.across + x
			c.hidden[i], c.owed[i], c.dirty[i] = hidden, 0, false
			if hidden {
				c.seen[i] = glance(now, place(x, y).Intersect(now.Rect))
			}
		}
	}
}

// right says that the viewer has all pixels of r. Cells that lie in it in part
// are compared anew.
func (c *cells) right(a, b *pixel.Bitmap, r image.Rectangle) {
	in := c.of(r)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			i := y*c.across + x
			p := place(x, y).Intersect(a.Rect)
			if p.In(r) {
				c.dirty[i], c.owed[i] = false, 0
			} else if c.dirty[i] {
				c.dirty[i] = differ(a, b, p)
			}
		}
	}
}
