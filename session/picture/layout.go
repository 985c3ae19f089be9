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

func (b box) rect() image.Rectangle {
	return image.Rect(int(b.x0), int(b.y0), int(b.x1), int(b.y1))
}

// quarter is where the box of a pixel's quarter of a tile is.
func (l *layout) quarter(x, y int) int {
	return 4*(y/tileSide*l.across+x/tileSide) + y/quarterSide%2*2 + x/quarterSide%2
}

// textured says whether r lies in texture, which is sent anyway.
func (l *layout) textured(r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y = (y/quarterSide + 1) * quarterSide {
		for x := r.Min.X; x < r.Max.X; x = (x/quarterSide + 1) * quarterSide {
			q := image.Rect(0, 0, quarterSide, quarterSide).Add(image.Pt(x/quarterSide, y/quarterSide).Mul(quarterSide))
			if !r.Intersect(q).In(l.box[l.quarter(x, y)].rect()) {
				return false
			}
		}
	}
	return true
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

// crowded makes ink texture where what surrounds it overlaps a lot, as in a
// hatching.
func (l *layout) crowded() {
	l.crowd = enough(l.crowd, len(l.box)/4)
	clear(l.crowd)
	for _, r := range l.ink {
		l.crowd[r.Min.Y/tileSide*l.across+r.Min.X/tileSide] += int32(area(r))
	}
	for _, r := range l.ink {
		if l.crowd[r.Min.Y/tileSide*l.across+r.Min.X/tileSide] > 3*tileSide*tileSide {
			for y := r.Min.Y; y < r.Max.Y; y++ {
				l.mark(r.Min.X, r.Max.X, y)
			}
		}
	}
}

// mark makes pixels of a row texture.
func (l *layout) mark(x0, x1, y int) {
	for x0 < x1 {
		end := min(x1, (x0/quarterSide+1)*quarterSide)
		n := l.quarter(x0, y)
		if b := &l.box[n]; b.x1 == 0 {
			*b = box{int32(x0), int32(y), int32(end), int32(y + 1)}
			l.touched = append(l.touched, n/4)
		} else {
			*b = box{min(b.x0, int32(x0)), min(b.y0, int32(y)), max(b.x1, int32(end)), max(b.y1, int32(y+1))}
		}
		x0 = end
	}
}

// inked adds ink to the row.
func (l *layout) inked(from, to, y, left int) {
	if to-from >= wideInk {
		l.mark(from+left, to+left, y)
	} else if to > 0 {
		l.on = append(l.on, span{int32(from), int32(to), -1})
	}
}

// end makes ground that does not go on a band.
func (l *layout) end(s strip, y, left int) {
	if s.top < y && s.x0 < s.x1 {
		l.ground = append(l.ground, band{image.Rect(left+s.x0, s.top, left+s.x1, y), s.colour})
	}
}

// line finds the ink of a row. It says whether the ground goes on as it was;
// else next is the ground from this row on.
func (l *layout) line(row []uint32, y, left int) bool {
	l.on = l.on[:0]
	from, to := -1, -1 // the ink that is being followed
	same, done := true, 0
	for n := range l.row {
		s := &l.row[n]
		x := max(s.x0, done)
		for x < s.x1 {
			x += alike(row[x:s.x1], s.colour)
			if x >= s.x1 {
				break
			}
			c := row[x]
			end := x + 1
			for end < len(row) && row[end] == c {
				end++
			}
			if end-x >= longRun {
				if same {
					l.next, same = append(l.next[:0], l.row...), false
				}
				l.cover(strip{x, end, y, c}, left)
				x, done = min(end, s.x1), end
				continue
			}
			end = min(end, s.x1)
			if x == to {
				to = end
			} else {
				l.inked(from, to, y, left)
				from, to = x, end
			}
			x = end
		}
	}
	l.inked(from, to, y, left)
	return same
}

// alike is how many pixels from the first on have a colour.
func alike(row []uint32, c uint32) int {
	x := 0
	for x+8 <= len(row) {
		if r := (*[8]uint32)(row[x:]); (r[0]^c)|(r[1]^c)|(r[2]^c)|(r[3]^c)|(r[4]^c)|(r[5]^c)|(r[6]^c)|(r[7]^c) != 0 {
			break
		}
		x += 8
	}
	for x < len(row) && row[x] == c {
		x++
	}
	return x
}

// cover puts a strip on the ground that is next, and ends what it covers.
func (l *layout) cover(s strip, left int) {
	for i := 0; i < len(l.next); i++ {
		n := l.next[i]
		if n.x1 <= s.x0 || n.x0 >= s.x1 {
			continue
		}
		if n.colour == s.colour && n.top == s.top { // the same run, found anew behind an edge
			s.x0, s.x1 = min(s.x0, n.x0), max(s.x1, n.x1)
		} else {
			l.end(n, s.top, left)
		}
		l.next[i].x1 = l.next[i].x0 // gone; what is left of it is added
		if n.x0 < s.x0 {
			l.next = append(l.next, strip{n.x0, s.x0, s.top, n.colour})
		}
		if n.x1 > s.x1 {
			l.next = append(l.next, strip{s.x1, n.x1, s.top, n.colour})
		}
	}
	kept := l.next[:0]
	for _, n := range l.next {
		if n.x0 < n.x1 {
			kept = append(kept, n)
		}
	}
	l.next = append(kept, s)
	for i := 1; i < len(l.next); i++ { // nearly in order
		for j := i; j > 0 && l.next[j].x0 < l.next[j-1].x0; j-- {
			l.next[j], l.next[j-1] = l.next[j-1], l.next[j]
		}
	}
}

// join connects this row's ink with the last one's.
func (l *layout) join(y int32) {
	i := 0
	for n := range l.on {
		s := &l.on[n]
		for i < len(l.above) && l.above[i].x1 < s.x0 {
			i++
		}
		for k := i; k < len(l.above) && l.above[k].x0 <= s.x1; k++ {
			of := l.root(l.above[k].part)
			if s.part < 0 {
				s.part = of
			} else if of != s.part {
				s.part = l.unite(s.part, of)
			}
		}
		if s.part < 0 {
			s.part = int32(len(l.part))
			l.part = append(l.part, part{s.part, s.x0, y, s.x1, y + 1})
		} else {
			p := &l.part[s.part]
			p.x0, p.x1, p.y1 = min(p.x0, s.x0), max(p.x1, s.x1), y+1
		}
		if len(l.spans) < maxSpans {
			l.spans = append(l.spans, inSpan{*s, y})
		}
	}
}

func (l *layout) root(i int32) int32 {
	for l.part[i].of != i {
		l.part[i].of = l.part[l.part[i].of].of
		i = l.part[i].of
	}
	return i
}

// unite makes one of two, the elder.
func (l *layout) unite(a, b int32) int32 {
	if a > b {
		a, b = b, a
	}
	p, q := &l.part[a], &l.part[b]
	q.of = a
	p.x0, p.y0, p.x1, p.y1 = min(p.x0, q.x0), min(p.y0, q.y0), max(p.x1, q.x1), max(p.y1, q.y1)
	return a
}

// commonest is the colour that most of r has, as far as a sample tells.
func commonest(p *pixel.Bitmap, r image.Rectangle) uint32 {
	step := max(1, area(r)/512)
	var seen [32]struct {
		colour uint32
		n      int
	}
	w := r.Dx()
	for at := step / 2; at < area(r); at += step {
		x, y := r.Min.X+at%w, r.Min.Y+at/w
		c := p.Row(y, x, x+1)[0]
		s := &seen[c*0x9e3779b1>>27]
		switch { // of the colours that meet here, the one in the majority stays
		case s.colour == c:
			s.n++
		case s.n == 0:
			s.colour, s.n = c, 1
		default:
			s.n--
		}
	}
	best := seen[0]
	for _, s := range seen {
		if s.n > best.n {
			best = s
		}
	}
	return best.colour
}
