package picture

import (
	"image"
	"slices"
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
		n, beside := 0, image.Rectangle{}
		for _, p := range e.cells.moving {
			if p.In(in) {
				n++
				r.recent = r.recent.Union(image.Rectangle{p, p.Add(image.Pt(1, 1))})
				beside = beside.Union(e.beside(r, p))
			}
		}
		if !beside.Empty() {
			r.Rect = r.Rect.Union(beside)
			e.begin(r)
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

// beside is what has changed of a region's cell that is not in the region: the
// region does not end with cells, and what stands around it in one is seen as it was.
func (e *Encoder) beside(r *region, cell image.Point) image.Rectangle {
	p := place(cell.X, cell.Y).Intersect(e.base.Rect)
	if p.In(r.Rect) {
		return image.Rectangle{}
	}
	in := p.Intersect(r.Rect)
	var d image.Rectangle
	for _, part := range []image.Rectangle{
		{p.Min, image.Pt(p.Max.X, in.Min.Y)},
		{image.Pt(p.Min.X, in.Max.Y), p.Max},
		{image.Pt(p.Min.X, in.Min.Y), image.Pt(in.Min.X, in.Max.Y)},
		{image.Pt(in.Max.X, in.Min.Y), image.Pt(p.Max.X, in.Max.Y)},
	} {
		if !part.Empty() {
			d = d.Union(difference(e.base, e.now, part))
		}
	}
	return d
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
	if small = difference(e.base, e.now, small); 10*area(small) > 6*area(r.Rect) || area(small) < regionFrom {
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

// list is the regions as callers know them. They may keep it.
func (m *motions) list() []Region {
	if slices.EqualFunc(m.regions, m.listed, func(r region, l Region) bool { return r.Region == l }) {
		return m.listed
	}
	m.listed = nil
	for _, r := range m.regions {
		m.listed = append(m.listed, r.Region)
	}
	return m.listed
}
