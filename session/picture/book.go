package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// book is the glyphs that the viewer has, without their pixels.
type book struct {
	slot   map[form]int
	page   []leaf // of each slot in use
	hand   int    // the next slot to be asked whether it is still needed
	pixels int    // of all slots
}

// form is what a glyph looks like.
type form struct {
	print
	w, h byte
}

type leaf struct {
	form
	drop int16
	used bool // since the hand came by
}

func (b *book) reset() {
	*b = book{slot: make(map[form]int), page: b.page[:0]}
}

// find is the slot of a form, and how far its lower edge lies beneath the line.
func (b *book) find(f form) (slot, drop int, ok bool) {
	if slot, ok = b.slot[f]; ok {
		l := &b.page[slot]
		l.used = true
		return slot, int(l.drop), true
	}
	return 0, 0, false
}

// add is the slot that a new form gets; false if there is no room for so many pixels.
func (b *book) add(f form, drop int) (int, bool) {
	size := int(f.w) * int(f.h)
	slot := len(b.page)
	if slot < glyphSlots {
		if b.pixels+size > glyphPixels {
			return 0, false
		}
		b.page = append(b.page, leaf{})
	} else {
		for b.page[b.hand].used {
			b.page[b.hand].used = false
			b.hand = (b.hand + 1) % glyphSlots
		}
		slot = b.hand
		old := b.page[slot]
		if b.pixels+size-int(old.w)*int(old.h) > glyphPixels {
			return 0, false
		}
		b.hand = (b.hand + 1) % glyphSlots
		b.pixels -= int(old.w) * int(old.h)
		if b.slot[old.form] == slot {
			delete(b.slot, old.form)
		}
	}
	b.pixels += size
	b.page[slot] = leaf{form: f, drop: int16(drop)}
	b.slot[f] = slot
	return slot, true
}

// paints is the palettes that the viewer has.
type paints struct {
	of   [palettes]paint
	turn int // counts uses
}

type paint struct {
	index map[uint32]byte
	n     int // colours
	used  int // when it was last
}

func (s *paints) reset() {
	for i := range s.of {
		if s.of[i].index == nil {
			s.of[i].index = make(map[uint32]byte, 256)
		}
		clear(s.of[i].index)
		s.of[i].n, s.of[i].used = 0, 0
	}
}

// choose finds the palette for some colours that needs the fewest more, or
// begins one; begun says that what it was is gone.
func (s *paints) choose(colours []uint32) (palette int, begun bool) {
	best, least := -1, 0
	oldest := 0
	for i := range s.of {
		p := &s.of[i]
		if p.used < s.of[oldest].used {
			oldest = i
		}
		missing := 0
		for _, c := range colours {
			if _, ok := p.index[c]; !ok {
				missing++
			}
		}
		if p.n+missing <= 256 && (best < 0 || missing < least) {
			best, least = i, missing
			if missing == 0 {
				break
			}
		}
	}
	s.turn++
	if best < 0 || least > len(colours)*3/4 && s.of[best].n > 192 {
		best, begun = oldest, s.of[oldest].n > 0
		clear(s.of[best].index)
		s.of[best].n = 0
	}
	s.of[best].used = s.turn
	return best, begun
}

// colours are those of r, in the order in which they are met; nil if they are more than limit.
func (t *colourTable) few(p *pixel.Bitmap, r image.Rectangle, limit int) []uint32 {
	if !t.index(p, r) || len(t.colours) > limit {
		return nil
	}
	return t.colours
}
