package picture

import "image"

const (
	around = 24  // pixels about what changed that are looked at: writing there may reach into it
	narrow = 128 // pixels: what is smaller is worth looking at twice
)

// draw sends what differs.
func (e *Encoder) draw() {
	for _, in := range e.cells.windows() {
		r := tight(e.base, e.now, image.Rect(in.Min.X*cellSide, in.Min.Y*cellSide, in.Max.X*cellSide, in.Max.Y*cellSide).Intersect(e.base.Rect))
		if !r.Empty() {
			e.window(r)
		}
	}
	e.cells.clear()
}

// window sends r as ground and the ink on it.
func (e *Encoder) window(r image.Rectangle) {
	l := &e.writer.layout
	l.read(e.now, r.Inset(-around).Intersect(e.base.Rect), commonest(e.now, r))
	small, large := l.ink[:0], []image.Rectangle(nil)
	for _, ink := range l.ink {
		if !ink.Overlaps(r) {
			continue
		}
		if ink.Dx() <= glyphSide && ink.Dy() <= glyphSide {
			small = append(small, ink)
		} else {
			large = append(large, ink)
		}
	}
	for _, b := range l.ground {
		b.Rectangle = b.Intersect(r)
		if b.Dx() <= narrow && b.Dy() <= narrow {
			b.Rectangle = e.erased(b)
		}
		if !b.Empty() {
			e.ops = appendColour(appendRect(append(e.ops, opFill), b.Rectangle), b.colour)
		}
	}
	for _, ink := range large {
		ink = ink.Intersect(r)
		for y := ink.Min.Y; y < ink.Max.Y; y = (y/tileSide + 1) * tileSide {
			for x := ink.Min.X; x < ink.Max.X; x = (x/tileSide + 1) * tileSide {
				e.literal(image.Rect(x, y, (x/tileSide+1)*tileSide, (y/tileSide+1)*tileSide).Intersect(ink))
			}
		}
	}
	inside := small[:0]
	for _, ink := range small {
		if !within(ink, large) {
			inside = append(inside, ink)
			e.changed.add(ink)
			e.base.Copy(e.now, ink)
		}
	}
	e.changed.add(r)
	e.base.Copy(e.now, r)
	e.write(inside)
}

// within says whether r lies in one of some rectangles.
func within(r image.Rectangle, all []image.Rectangle) bool {
	for _, other := range all {
		if r.In(other) {
			return true
		}
	}
	return false
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
