package picture

import (
	"image"
)

// motions finds what moves like video: tiles that change again and again, that
// no copy explains and that cost much.
type motions struct {
	heat    []heat
	regions []region
	listed  []Region
}

// heat is how often a tile was dear of late.
type heat struct {
	last int64 // nanoseconds
	n    int
}

type region struct {
	Region
	moved   int64 // when it last did
	resting bool  // what it has come to is being sent
	looked  int64 // when it was last looked at as a whole
	recent  image.Rectangle
}

const (
	hotAfter   = 4    // times that a tile is dear before it is motion
	warmAfter  = 2    // times before it is if it lies beside such a one
	heatTime   = 450  // ms: less often is not motion
	restTime   = 300  // ms without change: it has come to rest
	lookTime   = 1000 // ms from one look at the whole region to the next
	regionsMax = 4
	regionFrom = 3 * tileSide * tileSide // pixels
	hotCost    = 900                     // bytes of a tile's texture
)

func (m *motions) reset(size image.Point) {
	m.heat = make([]heat, tileCount(size))
	m.regions = m.regions[:0]
}

// inCells is a region's cells.
func (e *Encoder) inCells(r *region) image.Rectangle { return e.cells.of(r.Rect) }

// rest finds the regions that have come to rest, or are not what they were.
func (e *Encoder) rest() {
	for i := range e.motions.regions {
		r := &e.motions.regions[i]
		if r.resting {
			continue
		}
		in := e.inCells(r)
		n := 0
		for _, p := range e.cells.moving {
			if p.In(in) {
				n++
				r.recent = r.recent.Union(image.Rectangle{p, p.Add(image.Pt(1, 1))})
			}
		}
		if n > max(1, area(in)/50) {
			r.moved = e.clock
		}
		switch {
		case e.clock-r.moved >= restTime*1e6:
			e.settle(r)
		case e.clock-r.looked >= lookTime*1e6:
			e.look(r)
		}
	}
}

// settle begins to send what a region has come to.
func (e *Encoder) settle(r *region) {
	r.resting = true
	in := e.inCells(r)
	e.cells.hide(e.now, in, false)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if p := place(x, y).Intersect(e.base.Rect); differ(e.base, e.now, p) {
				e.cells.owe(e.now, p, stageFine)
			}
		}
	}
}

// look sees whether a region is still dear, and as large as it was.
func (e *Encoder) look(r *region) {
	recent := r.recent
	r.looked, r.recent = e.clock, image.Rectangle{}
	cheap, all := 0, 0
	for y := r.Rect.Min.Y; y < r.Rect.Max.Y; y += 2 * tileSide {
		for x := r.Rect.Min.X; x < r.Rect.Max.X; x += 2 * tileSide {
			all++
			if e.price(image.Rect(x, y, x+tileSide, y+tileSide).Intersect(r.Rect)).cost < dear {
				cheap++
			}
		}
	}
	if 4*cheap > 3*all {
		e.settle(r)
		return
	}
	small := image.Rectangle{recent.Min.Mul(cellSide), recent.Max.Mul(cellSide)}.Intersect(e.base.Rect)
	if 10*area(small) > 6*area(r.Rect) || area(small) < regionFrom {
		return
	}
	e.settle(r)
	r.resting, r.Rect = false, small
	e.begin(r)
}

// begin says that a region is motion, or has another place.
func (e *Encoder) begin(r *region) {
	e.ops = appendRect(append(e.ops, opMotion, r.ID), r.Rect)
	e.wrote(r.Rect)
	e.cells.hide(e.now, e.inCells(r), true)
	r.moved, r.looked, r.recent = e.clock, e.clock, image.Rectangle{}
}

// still ends the regions of which nothing is owed any more.
func (e *Encoder) still() {
	m := &e.motions
	left := m.regions[:0]
	for _, r := range m.regions {
		if r.resting && !e.cells.owes(e.inCells(&r)) {
			e.ops = append(e.ops, opStill, r.ID)
			e.wrote(r.Rect)
			continue
		}
		left = append(left, r)
	}
	m.regions = left
}

// warm notes what is dear, for its size, in this picture, makes regions of what stays so, and
// takes that off the list of what is sent.
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
		if !e.motions.hides(p.Rectangle) {
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

// hides says whether r lies in a region that moves.
func (m *motions) hides(r image.Rectangle) bool {
	for _, other := range m.regions {
		if !other.resting && r.In(other.Rect) {
			return true
		}
	}
	return false
}

// list is the regions as callers know them.
func (m *motions) list() []Region {
	m.listed = m.listed[:0]
	for _, r := range m.regions {
		m.listed = append(m.listed, r.Region)
	}
	return m.listed
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
