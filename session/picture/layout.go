package picture

import (
	"image"
	"slices"

	"github.com/beistand/beistand/session/pixel"
)

const (
	// longRun is how many pixels of one colour in a row are ground, not ink:
	// more than a stroke of writing has, fewer than a button.
	longRun = 32
	// wideInk is how many pixels in a row that are not ground are a photograph's.
	wideInk     = 64
	quarterSide = tileSide / 2
	// maxSpans bounds the memory for a picture of a million specks.
	maxSpans = 1 << 19
)

// layout takes a part of a picture apart into ground, rectangles of one colour
// each that lie side by side, ink on it, small things such as writing and
// symbols, and texture, what is larger, such as photographs. Rows are read from
// the top; ground goes on downwards until a long run of another colour ends it.
type layout struct {
	ground  []band
	ink     []image.Rectangle // what surrounds connected ink, no larger than a glyph
	texture []image.Rectangle // what surrounds texture in a tile or a quarter of one

	row, next []strip // the ground at this row and the next one
	above, on []span  // ink of the last row and of this one
	part      []part
	spans     []inSpan // all ink, up to maxSpans
	across    int      // tiles
	box       []box    // of the texture in each quarter of a tile, four of a tile in a row
	touched   []int    // tiles that have texture
	crowd     []int32  // pixels that ink surrounds, in the tiles where it begins
}

type band struct {
	image.Rectangle
	colour uint32
}

type strip struct {
	x0, x1, top int
	colour      uint32
}

type span struct{ x0, x1, part int32 }

type inSpan struct {
	span
	y int32
}

type box struct{ x0, y0, x1, y1 int32 }

// part is a part of connected ink; what belongs together points to one.
type part struct {
	of             int32 // itself if it is the one
	x0, y0, x1, y1 int32
}

// read takes r apart, whose ground is at first of the given colour.
func (l *layout) read(p *pixel.Bitmap, r image.Rectangle, ground uint32) {
	l.ground, l.ink, l.part, l.above = l.ground[:0], l.ink[:0], l.part[:0], l.above[:0]
	for _, n := range l.touched {
		clear(l.box[4*n : 4*n+4])
	}
	l.spans, l.touched, l.texture = l.spans[:0], l.touched[:0], l.texture[:0]
	if tiles := tileCount(p.Rect.Max); len(l.box) != 4*tiles {
		l.box, l.touched = make([]box, 4*tiles), l.touched[:0]
	}
	l.across = (p.Rect.Max.X + tileSide - 1) / tileSide
	l.row = append(l.row[:0], strip{0, r.Dx(), r.Min.Y, ground})
	for y := r.Min.Y; y < r.Max.Y; y++ {
		if !l.line(p.Row(y, r.Min.X, r.Max.X), y, r.Min.X) {
			l.row, l.next = l.next, l.row
		}
		l.join(int32(y))
		l.above, l.on = l.on, l.above
	}
	for _, s := range l.row {
		l.end(s, r.Max.Y, r.Min.X)
	}
	l.sort(r.Min.X)
	slices.Sort(l.touched)
	l.touched = slices.Compact(l.touched)
	for _, n := range l.touched {
		var all image.Rectangle
		sum := 0
		for _, b := range l.box[4*n : 4*n+4] {
			all, sum = all.Union(b.rect()), sum+area(b.rect())
		}
		if 4*area(all) <= 5*sum {
			l.texture = append(l.texture, all)
			continue
		}
		for _, b := range l.box[4*n : 4*n+4] {
			if b.x1 > 0 {
				l.texture = append(l.texture, b.rect())
			}
		}
	}
}

// sort tells what is small from what is texture.
func (l *layout) sort(left int) {
	large := false
	for i := range l.part {
		p := &l.part[i]
		if p.of != int32(i) {
			continue
		}
		if p.x1-p.x0 <= glyphSide && p.y1-p.y0 <= glyphSide {
			l.ink = append(l.ink, image.Rect(int(p.x0)+left, int(p.y0), int(p.x1)+left, int(p.y1)))
			continue
		}
		large = true
		if len(l.spans) == maxSpans {
			for y := p.y0; y < p.y1; y++ {
				l.mark(int(p.x0)+left, int(p.x1)+left, int(y))
			}
		}
	}
	l.crowded()
	if !large || len(l.spans) == maxSpans {
		return
	}
	for _, s := range l.spans {
		if p := &l.part[l.root(s.part)]; p.x1-p.x0 > glyphSide || p.y1-p.y0 > glyphSide {
			l.mark(int(s.x0)+left, int(s.x1)+left, int(s.y))
		}
	}
}
