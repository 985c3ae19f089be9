package picture

import "image"

// warm notes what is dear, for its size, in this picture, makes regions of what
// stays so, and takes that off the list of what is sent.
func (e *Encoder) warm() {
	m, t := &e.motions, &e.textures
	hot := false
	for _, p := range t.pieces {
		if 4*p.cost < area(p.Rectangle) || overlapsAny(e.cells.of(p.Rectangle), e.mover.copied) {
			continue
		}
		h := &m.heat[p.tile]
		if e.clock-h.last > heatTime*1e6 {
			h.n = 0
		}
		h.n, h.last = h.n+1, e.clock
		hot = hot || h.n >= hotAfter && p.cost >= hotCost
	}
	if !hot {
		return
	}
	found := e.hot()
	for _, r := range found {
		e.enlist(r)
	}
	left := t.pieces[:0]
	for _, p := range t.pieces {
		if !e.hides(p.Rectangle) {
			left = append(left, p)
		}
	}
	t.pieces = left
}

func overlapsAny(r image.Rectangle, all []image.Rectangle) bool {
	for _, other := range all {
		if r.Overlaps(other) {
			return true
		}
	}
	return false
}

// hot is what surrounds hot tiles and the warm ones that lie beside them.
func (e *Encoder) hot() []image.Rectangle {
	t := &e.textures
	var found []image.Rectangle
	taken := make([]bool, len(t.pieces))
	for i, p := range t.pieces {
		if h := e.motions.heat[p.tile]; taken[i] || p.cost < hotCost || h.n < hotAfter || h.last != e.clock {
			continue
		}
		r := p.Rectangle
		for grown := true; grown; {
			grown = false
			for k, q := range t.pieces {
				h := e.motions.heat[q.tile]
				if !taken[k] && h.last == e.clock && h.n >= warmAfter && q.Inset(-8).Overlaps(r) {
					taken[k], grown = true, true
					r = r.Union(q.Rectangle)
				}
			}
		}
		r = image.Rect(r.Min.X&^15, r.Min.Y&^15, (r.Max.X+15)&^15, (r.Max.Y+15)&^15).Intersect(e.base.Rect)
		if d := difference(e.base, e.now, r); area(d) >= regionFrom { // what stands beside it within a cell is no film
			r = d
		}
		if area(r) >= regionFrom {
			found = append(found, r)
		}
	}
	return found
}

// enlist makes a region, or a larger one of one that is there.
func (e *Encoder) enlist(r image.Rectangle) {
	m := &e.motions
	for {
		near := -1
		for i, other := range m.regions {
			if both := other.Rect.Union(r); both.In(other.Rect) && !other.resting {
				return
			} else if other.Rect.Inset(-cellSide).Overlaps(r) || len(m.regions) == regionsMax && (near < 0 || area(both) < area(m.regions[near].Rect.Union(r))) {
				near = i
			}
		}
		if near < 0 {
			break
		}
		e.ops = append(e.ops, opStill, m.regions[near].ID)
		r = r.Union(m.regions[near].Rect)
		m.regions = append(m.regions[:near], m.regions[near+1:]...)
	}
	id := byte(1)
	for i := 0; i < len(m.regions); i++ {
		if m.regions[i].ID == id {
			id, i = id+1, -1
		}
	}
	m.regions = append(m.regions, region{Region: Region{id, r}})
	e.begin(&m.regions[len(m.regions)-1])
}

// hides says whether r lies in the cells of a region that moves.
func (e *Encoder) hides(r image.Rectangle) bool {
	for i := range e.motions.regions {
		other := &e.motions.regions[i]
		in := e.inCells(other)
		if !other.resting && r.In(image.Rectangle{in.Min.Mul(cellSide), in.Max.Mul(cellSide)}) {
			return true
		}
	}
	return false
}

// outside is rectangles of cells without those in regions that move.
func (m *motions) outside(e *Encoder, all []image.Rectangle) []image.Rectangle {
	for i := range m.regions {
		if m.regions[i].resting {
			continue
		}
		hole := e.inCells(&m.regions[i])
		var left []image.Rectangle
		for _, r := range all {
			in := r.Intersect(hole)
			if in.Empty() {
				left = append(left, r)
				continue
			}
			for _, part := range []image.Rectangle{
				{r.Min, image.Pt(r.Max.X, in.Min.Y)},
				{image.Pt(r.Min.X, in.Min.Y), image.Pt(in.Min.X, in.Max.Y)},
				{image.Pt(in.Max.X, in.Min.Y), image.Pt(r.Max.X, in.Max.Y)},
				{image.Pt(r.Min.X, in.Max.Y), r.Max},
			} {
				if !part.Empty() {
					left = append(left, part)
				}
			}
		}
		all = left
	}
	return all
}
