package picture

import "image"

// glyphs is what both sides know of them.
type glyphs struct {
	slot   [glyphSlots]glyph
	pixels int // of all
}

type glyph struct {
	w, h, drop int
	pix        []uint32 // the decoder's; row by row
}

func (d *Decoder) set() {
	palette, first, n := d.raw.byte(), int(d.raw.byte()), int(d.raw.byte())+1
	if palette >= palettes || first+n > 256 {
		d.raw.bad()
		return
	}
	for i := range n {
		d.colours[palette][first+i] = d.colour()
	}
}

func (d *Decoder) text() {
	pen, line, count := d.raw.varint(), d.raw.varint(), d.raw.varint()
	var all image.Rectangle
	for range count {
		pen += d.raw.signed()
		n := d.raw.varint()
		var g *glyph
		if n == 0 {
			g = d.newGlyph()
		} else if n <= glyphSlots {
			g = &d.glyphs.slot[n-1]
		}
		if d.raw.err != nil || g == nil || g.w == 0 {
			d.raw.bad()
			break
		}
		bottom := line + g.drop
		r := image.Rect(pen, bottom-g.h, pen+g.w, bottom)
		if d.work -= area(r); d.work < 0 || !r.In(d.picture.Rect) {
			d.raw.bad()
			break
		}
		w := g.w
		for y, pix := r.Min.Y, g.pix; y < r.Max.Y; y, pix = y+1, pix[w:] {
			copy(d.picture.Row(y, r.Min.X, r.Max.X), pix[:w])
		}
		pen = r.Max.X
		all = all.Union(r)
	}
	d.changed.add(all)
}

// newGlyph reads one and keeps it; nil if it cannot be.
func (d *Decoder) newGlyph() *glyph {
	slot, palette := d.raw.varint(), d.raw.byte()
	w, h, drop := int(d.raw.byte())+1, int(d.raw.byte())+1, d.raw.signed()
	if slot >= glyphSlots || palette >= palettes && palette != inColours || w > glyphSide || h > glyphSide {
		d.raw.bad()
		return nil
	}
	each := 1
	if palette == inColours {
		each = 3
	}
	pixels := d.raw.take(w * h * each)
	if pixels == nil {
		return nil
	}
	g := &d.glyphs.slot[slot]
	d.glyphs.pixels += w*h - len(g.pix)
	if d.glyphs.pixels > glyphPixels {
		d.raw.bad()
		return nil
	}
	if cap(g.pix) < w*h || cap(g.pix) > 2*w*h {
		g.pix = make([]uint32, w*h)
	}
	g.w, g.h, g.drop, g.pix = w, h, drop, g.pix[:w*h]
	if palette == inColours {
		for i := range g.pix {
			g.pix[i] = uint32(pixels[3*i])<<16 | uint32(pixels[3*i+1])<<8 | uint32(pixels[3*i+2])
		}
	} else {
		colours := &d.colours[palette]
		for i, v := range pixels[:len(g.pix)] {
			g.pix[i] = colours[v]
		}
	}
	return g
}
