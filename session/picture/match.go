package picture

import "image"

// match finds the cells of in that stood by beside them, and says whether they
// are enough for a copy.
func (e *Encoder) match(in image.Rectangle, by image.Point) bool {
	m := &e.mover
	w, h := in.Dx(), in.Dy()
	m.matches, m.weight = enough(m.matches, w*h), enough(m.weight, (w+1)*(h+1))
	clear(m.weight[:w+1])
	gain := 0
	for y := range h {
		var sum int32
		m.weight[(y+1)*(w+1)] = 0
		for x := range w {
			r := place(in.Min.X+x, in.Min.Y+y).Intersect(e.base.Rect)
			ok := r.Add(by).In(e.base.Rect) && e.stood(r, by)
			m.matches[y*w+x] = ok
			if ok && e.cells.dirty[(in.Min.Y+y)*e.cells.across+in.Min.X+x] {
				sum++
				gain++
			}
			m.weight[(y+1)*(w+1)+x+1] = m.weight[y*(w+1)+x+1] + sum
		}
	}
	return gain >= moveGain
}

// stood says whether the viewer has r's pixels by beside r.
func (e *Encoder) stood(r image.Rectangle, by image.Point) bool {
	return same(e.now, e.base, r, by)
}

// largest is the rectangle of matching cells that has the most dirty ones.
func (m *mover) largest(w, h int) (best image.Rectangle, gain int) {
	m.high = enough(m.high, w)
	clear(m.high)
	for y := range h {
		m.open = m.open[:0]
		for x := 0; x <= w; x++ {
			high := 0
			if x < w {
				if m.matches[y*w+x] {
					m.high[x]++
				} else {
					m.high[x] = 0
				}
				high = m.high[x]
			}
			for len(m.open) > 0 && m.high[m.open[len(m.open)-1]] >= high {
				tall := m.high[m.open[len(m.open)-1]]
				m.open = m.open[:len(m.open)-1]
				left := 0
				if len(m.open) > 0 {
					left = m.open[len(m.open)-1] + 1
				}
				r := image.Rect(left, y+1-tall, x, y+1)
				if n := m.dirtyIn(r, w); n > gain {
					best, gain = r, n
				}
			}
			if x < w {
				m.open = append(m.open, x)
			}
		}
	}
	return best, gain
}

func (m *mover) dirtyIn(r image.Rectangle, w int) int {
	at := func(x, y int) int { return int(m.weight[y*(w+1)+x]) }
	return at(r.Max.X, r.Max.Y) - at(r.Min.X, r.Max.Y) - at(r.Max.X, r.Min.Y) + at(r.Min.X, r.Min.Y)
}
