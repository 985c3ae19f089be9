package picture

import (
	"image"
	"slices"
)

// writer sends ink as text. It is part of an encoder, and its memory.
type writer struct {
	layout layout
	glyphs []inked
	order  []uint64 // line, left edge, number of the glyph: sorted, they are as they are read
	lines  []uint16 // how many glyphs seem to stand on each row
	items  []byte   // of the text that is being put together
	count  int
	start  image.Point
	pen    int
}

// inked is ink that is to be sent as a glyph.
type inked struct {
	image.Rectangle
	form
	slot int // -1: it is new
	line int
}

// colourful is how many pixels a glyph of more colours than a palette has room
// for may have: a larger one is not writing.
const colourful = 400

// write sends ink, each no larger than a glyph.
func (e *Encoder) write(ink []image.Rectangle) {
	w := &e.writer
	w.glyphs, w.order = w.glyphs[:0], w.order[:0]
	for _, r := range ink {
		g := inked{Rectangle: r, slot: -1, form: form{e.printer.of(e.now, r), byte(r.Dx()), byte(r.Dy())}}
		if slot, drop, ok := e.book.find(g.form); ok {
			g.slot, g.line = slot, r.Max.Y-drop
		}
		w.glyphs = append(w.glyphs, g)
	}
	w.align(e.base.Rect.Max.Y)
	for i, g := range w.glyphs {
		w.order = append(w.order, uint64(max(0, g.line+glyphSide))<<46|uint64(g.Min.X)<<32|uint64(i))
	}
	slices.Sort(w.order)
	for _, o := range w.order {
		e.glyph(&w.glyphs[uint32(o)])
	}
	e.endText()
}

// align puts new glyphs on lines: where most glyphs about them stand.
func (w *writer) align(height int) {
	w.lines = enough(w.lines, height+2*glyphSide)
	clear(w.lines)
	for _, g := range w.glyphs {
		at := g.Max.Y
		if g.slot >= 0 {
			at = g.line
		}
		if at = at + glyphSide; at >= 0 && at < len(w.lines) && w.lines[at] < 1<<16-1 {
			w.lines[at]++
		}
	}
	for i := range w.glyphs {
		g := &w.glyphs[i]
		if g.slot >= 0 {
			continue
		}
		// Tails hang up to six pixels below the line, quotes and dashes stand above it.
		bottom := g.Max.Y + glyphSide
		best := bottom
		for at := max(bottom-6, g.Min.Y+glyphSide+1); at <= bottom+14 && at < len(w.lines); at++ {
			if w.lines[at] > w.lines[best] {
				best = at
			}
		}
		if 3*int(w.lines[bottom]) >= int(w.lines[best]) {
			best = bottom
		}
		g.line = best - glyphSide
	}
}

// glyph adds one to the text.
func (e *Encoder) glyph(g *inked) {
	w := &e.writer
	if g.slot < 0 {
		if slot, drop, ok := e.book.find(g.form); ok { // another like it has just been sent
			g.slot, g.line = slot, g.Max.Y-drop
		}
	}
	if g.slot >= 0 && e.book.page[g.slot].form != g.form { // it had to give way meanwhile
		g.slot = -1
	}
	if g.line < 0 {
		e.literal(g.Rectangle)
		return
	}
	if g.slot >= 0 {
		e.item(g.Rectangle, g.line)
		w.items = appendVarint(w.items, g.slot+1)
		return
	}
	drop := g.Max.Y - g.line
	palette := e.ready(g)
	slot, ok := 0, false
	if palette != inColours || area(g.Rectangle) <= colourful {
		slot, ok = e.book.add(g.form, drop)
	}
	if !ok {
		e.literal(g.Rectangle)
		return
	}
	e.item(g.Rectangle, g.line)
	w.items = append(w.items, 0)
	w.items = appendVarint(w.items, slot)
	w.items = append(w.items, palette, byte(g.Dx()-1), byte(g.Dy()-1))
	w.items = appendSigned(w.items, drop)
	for y := g.Min.Y; y < g.Max.Y; y++ {
		for _, c := range e.now.Row(y, g.Min.X, g.Max.X) {
			if palette == inColours {
				w.items = appendColour(w.items, c)
			} else {
				w.items = append(w.items, e.paints.of[palette].index(c))
			}
		}
	}
}

// ready is a palette that has the colours of a glyph.
func (e *Encoder) ready(g *inked) byte {
	colours := e.paint.table.few(e.now, g.Rectangle, 128)
	if colours == nil {
		return inColours
	}
	n, begun := e.paints.choose(colours)
	if begun {
		e.endText() // it may have glyphs of what the palette was
	}
	p := &e.paints.of[n]
	first := p.n
	for _, c := range colours {
		if !p.has(c) {
			p.add(c)
		}
	}
	if p.n > first {
		e.ops = append(e.ops, opColours, byte(n), byte(first), byte(p.n-first-1))
		for _, c := range colours {
			if int(p.index(c)) >= first {
				e.ops = appendColour(e.ops, c)
			}
		}
	}
	return byte(n)
}

// item adds a glyph's place.
func (e *Encoder) item(r image.Rectangle, line int) {
	w := &e.writer
	if w.count > 0 && line != w.start.Y {
		e.endText()
	}
	if w.count == 0 {
		w.start, w.pen = image.Pt(r.Min.X, line), r.Min.X
	}
	w.items = appendSigned(w.items, r.Min.X-w.pen)
	w.pen = r.Max.X
	w.count++
}

// endText sends the text that has been put together.
func (e *Encoder) endText() {
	w := &e.writer
	if w.count == 0 {
		return
	}
	e.ops = appendVarint(appendVarint(append(e.ops, opText), w.start.X), w.start.Y)
	e.ops = append(appendVarint(e.ops, w.count), w.items...)
	w.items, w.count = w.items[:0], 0
}

func appendSigned(b []byte, v int) []byte { return appendVarint(b, v<<1^v>>63) }
