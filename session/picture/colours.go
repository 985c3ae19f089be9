package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// colourTable counts colours, up to 256.
type colourTable struct {
	colours []uint32
	indices []byte // of the pixels, row by row
	slot    [1 << tableBits]entry
	turn    uint32 // whose entries count
}

const tableBits = 10

type entry struct {
	turn   uint32
	colour uint32
	index  byte
}

// index finds the colours of r and gives each pixel its own's number; false if
// they are too many.
func (t *colourTable) index(p *pixel.Bitmap, r image.Rectangle) bool {
	t.turn++
	if t.turn == 0 {
		t.slot, t.turn = [1 << tableBits]entry{}, 1
	}
	t.colours = t.colours[:0]
	t.indices = enough(t.indices, area(r))
	at := 0
	last, lastIndex := uint32(1<<31), byte(0)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := p.Row(y, r.Min.X, r.Max.X)
		out := t.indices[at : at+len(row)]
		at += len(row)
		for i, c := range row {
			if c != last {
				n, ok := t.number(c)
				if !ok {
					return false
				}
				last, lastIndex = c, n
			}
			out[i] = lastIndex
		}
	}
	return true
}

// number is a colour's; false if there is no room for one more.
func (t *colourTable) number(c uint32) (byte, bool) {
	for h := c * 0x9e3779b1 >> (32 - tableBits); ; h++ {
		s := &t.slot[h&(1<<tableBits-1)]
		if s.turn != t.turn {
			if len(t.colours) == 256 {
				return 0, false
			}
			*s = entry{t.turn, c, byte(len(t.colours))}
			t.colours = append(t.colours, c)
			return s.index, true
		}
		if s.colour == c {
			return s.index, true
		}
	}
}
