package screen

import "image"

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
