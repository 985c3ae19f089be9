package picture

import "image"

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
