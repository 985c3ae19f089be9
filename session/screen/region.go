package screen

import (
	"image"
	"slices"
)

// region is a part of the desktop: rectangles that do not overlap.
type region []image.Rectangle

// without is r less what lies in hole.
func (r region) without(hole image.Rectangle) region {
	var rest region
	for _, p := range r {
		cut := p.Intersect(hole)
		if cut.Empty() {
			rest = append(rest, p)
			continue
		}
		for _, side := range []image.Rectangle{
			{Min: p.Min, Max: image.Pt(p.Max.X, cut.Min.Y)},
			{Min: image.Pt(p.Min.X, cut.Max.Y), Max: p.Max},
			{Min: image.Pt(p.Min.X, cut.Min.Y), Max: image.Pt(cut.Min.X, cut.Max.Y)},
			{Min: image.Pt(cut.Max.X, cut.Min.Y), Max: image.Pt(p.Max.X, cut.Max.Y)},
		} {
			if !side.Empty() {
				rest = append(rest, side)
			}
		}
	}
	return rest
}

// less is r without everything in s.
func (r region) less(s region) region {
	for _, hole := range s {
		r = r.without(hole)
	}
	return r
}

// with is r and a rectangle.
func (r region) with(p image.Rectangle) region { return r.plus(region{p}) }

// plus is r and s, whose rectangles may overlap each other and r.
func (r region) plus(s region) region {
	all := slices.Clone(r)
	for _, p := range s {
		rest := region{p}.less(all)
		all = append(all, rest...)
	}
	return all
}

// join is r and s, whose rectangles do not overlap each other.
func (r region) join(s region) region { return slices.Concat(r, s.less(r)) }

// within is what of r lies in the rectangles of s, which do not overlap.
func (r region) within(s region) region {
	var both region
	for _, p := range r {
		for _, q := range s {
			if cut := p.Intersect(q); !cut.Empty() {
				both = append(both, cut)
			}
		}
	}
	return both
}

func (r region) bounds() (all image.Rectangle) {
	for _, p := range r {
		all = all.Union(p)
	}
	return all
}
