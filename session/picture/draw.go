package picture

import "image"

const (
	around = 24  // pixels about what changed that are looked at: writing there may reach into it
	narrow = 128 // pixels: what is smaller is worth looking at twice

	noLimit = 1 << 30 // bytes
	packs   = 0.45    // of a byte, one of operations other than textures takes when compressed
)

// draw sends what differs, in about so many bytes, and owes the rest.
func (e *Encoder) draw(budget int) {
	t := &e.textures
	t.pieces = t.pieces[:0]
	for _, in := range e.motions.outside(e, e.cells.windows()) {
		r := tight(e.base, e.now, image.Rectangle{in.Min.Mul(cellSide), in.Max.Mul(cellSide)}.Intersect(e.base.Rect))
		e.cells.pay(in)
		if !r.Empty() {
			e.window(r)
		}
	}
	e.cells.clear()
	if e.o.Motion {
		e.warm()
	}
	e.hits()
	used := int(packs * float64(len(e.ops)))
	if budget == 0 || used+t.expected() <= budget {
		e.lossless(noLimit)
		return
	}
	all := append([]piece(nil), t.pieces...)
	var dearer []piece
	t.pieces = t.pieces[:0]
	few := 0
	for _, p := range all {
		if cheap := 8*p.cost < area(p.Rectangle); cheap || p.few && few+p.cost < (budget-used)/2 {
			t.pieces = append(t.pieces, p)
			few += p.cost
		} else {
			dearer = append(dearer, p)
		}
	}
	used += t.expected()
	e.lossless(noLimit)
	t.pieces = append(t.pieces[:0], dearer...)
	e.coarse(max(budget-used, budget/4))
}

// window sends r as ground and the ink on it, and puts textures on their list.
func (e *Encoder) window(r image.Rectangle) {
	l := &e.writer.layout
	l.read(e.now, r.Inset(-around).Intersect(e.base.Rect), commonest(e.now, r))
	for _, b := range l.ground {
		b.Rectangle = b.Intersect(r)
		if b.Dx() <= narrow && b.Dy() <= narrow {
			b.Rectangle = e.erased(b)
		}
		if !b.Empty() {
			e.ops = appendColour(appendRect(append(e.ops, opFill), b.Rectangle), b.colour)
			fill(e.base, b.Rectangle, b.colour)
		}
	}
	e.wrote(r)
	for _, t := range l.texture {
		e.texture(t.Intersect(r))
	}
	small := l.ink[:0]
	for _, ink := range l.ink {
		if ink.Overlaps(r) && !l.textured(ink) {
			small = append(small, ink)
			e.wrote(ink)
			e.base.Copy(e.now, ink)
		}
	}
	e.write(small)
}

// erased is the part of some ground that the viewer sees something else on.
func (e *Encoder) erased(b band) image.Rectangle {
	var found image.Rectangle
	for y := b.Min.Y; y < b.Max.Y; y++ {
		had, has := e.base.Row(y, b.Min.X, b.Max.X), e.now.Row(y, b.Min.X, b.Max.X)
		had = had[:len(has)]
		for i, c := range has {
			if c == b.colour && had[i] != c {
				x := b.Min.X + i
				found = found.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return found
}
