package picture

import "image"

// mover finds what has moved, and its memory.
type mover struct {
	anchors anchors
	strips  strips
	last    []image.Point // how far things have moved of late, the newest first
	matches []bool        // of the cells of a window
	weight  []int32       // how many dirty cells lie above and left of one
	high    []int         // how many cells above each other match, from a row upwards
	open    []int
	copies  int
	copied  []image.Rectangle // cells of windows in which something has moved
}

const (
	movesFrom = 40 // dirty cells: fewer are quicker sent than looked for
	moveGain  = 12 // dirty cells that a copy must save
	maxCopies = 8  // in an update
	keepLast  = 4
)

// moves sends what has moved as copies.
func (e *Encoder) moves() {
	m := &e.mover
	m.copies, m.copied = 0, m.copied[:0]
	for _, in := range e.cells.windows() {
		before := m.copies
		if e.movesIn(in); m.copies > before {
			m.copied = append(m.copied, in)
		}
	}
}

func (e *Encoder) movesIn(in image.Rectangle) {
	m := &e.mover
	in, left := e.cells.bounds(in)
	enough := max(movesFrom, left/4)
	for i := 0; i < len(m.last) && left >= enough; i++ {
		e.moved(in, m.last[i])
		in, left = e.cells.bounds(in)
	}
	if left < enough {
		return
	}
	pixels := image.Rectangle{in.Min.Mul(cellSide), in.Max.Mul(cellSide)}.Intersect(e.base.Rect)
	if dy := m.strips.find(e.base, e.now, pixels); dy != 0 {
		e.moved(in, image.Pt(0, dy))
		if in, left = e.cells.bounds(in); left < enough {
			return
		}
	}
	pixels = image.Rectangle{in.Min.Mul(cellSide), in.Max.Mul(cellSide)}.Intersect(e.base.Rect)
	for _, by := range m.anchors.find(e.base, e.now, pixels, e.cells.at) {
		e.moved(in, by)
	}
}

// moved sends as copies what of a window stood by beside it before.
func (e *Encoder) moved(in image.Rectangle, by image.Point) {
	m := &e.mover
	for m.copies < maxCopies {
		var left int
		if in, left = e.cells.bounds(in); left < moveGain || !e.match(in, by) {
			return
		}
		r, gain := m.largest(in.Dx(), in.Dy())
		if gain < moveGain {
			return
		}
		r = r.Add(in.Min)
		e.copyCells(image.Rectangle{r.Min.Mul(cellSide), r.Max.Mul(cellSide)}.Intersect(e.base.Rect), by)
		m.remember(by)
		if left-gain < movesFrom {
			return
		}
	}
}

func (m *mover) remember(by image.Point) {
	for i, have := range m.last {
		if have == by {
			copy(m.last[1:i+1], m.last[:i])
			m.last[0] = by
			return
		}
	}
	if len(m.last) < keepLast {
		m.last = append(m.last, image.Point{})
	}
	copy(m.last[1:], m.last)
	m.last[0] = by
}

// copyCells sends r, which stood by beside it, as a copy, and what stood about
// it of the same as far as the next cells.
func (e *Encoder) copyCells(r image.Rectangle, by image.Point) {
	whole := e.base.Rect.Intersect(e.base.Rect.Sub(by))
	grow := func(edge func(r *image.Rectangle) image.Rectangle) {
		for range cellSide {
			wider := r
			line := edge(&wider)
			if !line.In(whole) || !e.stood(line, by) {
				return
			}
			r = wider
		}
	}
	grow(func(r *image.Rectangle) image.Rectangle {
		r.Min.Y--
		return image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+1)
	})
	grow(func(r *image.Rectangle) image.Rectangle {
		r.Max.Y++
		return image.Rect(r.Min.X, r.Max.Y-1, r.Max.X, r.Max.Y)
	})
	grow(func(r *image.Rectangle) image.Rectangle {
		r.Min.X--
		return image.Rect(r.Min.X, r.Min.Y, r.Min.X+1, r.Max.Y)
	})
	grow(func(r *image.Rectangle) image.Rectangle {
		r.Max.X++
		return image.Rect(r.Max.X-1, r.Min.Y, r.Max.X, r.Max.Y)
	})
	e.ops = appendSigned(appendSigned(appendRect(append(e.ops, opCopy), r), by.X), by.Y)
	move(e.base, r, by)
	e.wrote(r)
	e.mover.copies++
	e.cells.right(e.base, e.now, r)
}
