package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// paints is the palettes that the viewer has.
type paints struct {
	of   [palettes]paint
	last int // chosen
	turn int // counts choices
}

type paint struct {
	slot [2 * 256]uint32 // colours, each one more than it is; 0: none
	at   [2 * 256]byte   // their indices
	n    int             // colours
	used int             // when it was last
}

// find is where a colour is in slot, or would be.
func (p *paint) find(c uint32) int {
	for h := c * 0x9e3779b1 >> 23; ; h++ {
		if s := p.slot[h&511]; s == c+1 || s == 0 {
			return int(h & 511)
		}
	}
}

func (p *paint) has(c uint32) bool { return p.slot[p.find(c)] != 0 }

// index is a colour's, which it has.
func (p *paint) index(c uint32) byte { return p.at[p.find(c)] }

// add takes up a colour that it has not.
func (p *paint) add(c uint32) {
	i := p.find(c)
	p.slot[i], p.at[i] = c+1, byte(p.n)
	p.n++
}

func (s *paints) reset() { *s = paints{} }

// choose finds the palette for some colours that needs the fewest more, or
// begins one; begun says that what it was is gone.
func (s *paints) choose(colours []uint32) (palette int, begun bool) {
	best, least := -1, 0
	oldest := 0
	for k := range s.of {
		i := (s.last + k) % palettes
		p := &s.of[i]
		if p.used < s.of[oldest].used {
			oldest = i
		}
		missing := 0
		for _, c := range colours {
			if !p.has(c) {
				missing++
			}
		}
		if p.n+missing <= 256 && (best < 0 || missing < least) {
			if best, least = i, missing; missing == 0 {
				break
			}
		}
	}
	s.turn++
	if best < 0 || least > len(colours)*3/4 && s.of[best].n > 192 {
		best, begun = oldest, s.of[oldest].n > 0
		s.of[best] = paint{}
	}
	s.of[best].used, s.last = s.turn, best
	return best, begun
}

// few is those of r, in the order in which they are met; nil if they are more than limit.
func (t *colourTable) few(p *pixel.Bitmap, r image.Rectangle, limit int) []uint32 {
	if !t.index(p, r) || len(t.colours) > limit {
		return nil
	}
	return t.colours
}
