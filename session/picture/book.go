package picture

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
