package screentest

import "image"

// cut is p without hole.
func cut(p, hole image.Rectangle) (rest []image.Rectangle) {
	both := p.Intersect(hole)
	if both.Empty() {
		return []image.Rectangle{p}
	}
	for _, side := range []image.Rectangle{
		{Min: p.Min, Max: image.Pt(p.Max.X, both.Min.Y)},
		{Min: image.Pt(p.Min.X, both.Max.Y), Max: p.Max},
		{Min: image.Pt(p.Min.X, both.Min.Y), Max: image.Pt(both.Min.X, both.Max.Y)},
		{Min: image.Pt(both.Max.X, both.Min.Y), Max: image.Pt(p.Max.X, both.Max.Y)},
	} {
		if !side.Empty() {
			rest = append(rest, side)
		}
	}
	return rest
}

// without is parts less hole.
func without(parts []image.Rectangle, hole image.Rectangle) (rest []image.Rectangle) {
	for _, p := range parts {
		rest = append(rest, cut(p, hole)...)
	}
	return rest
}

// apart is parts as rectangles that do not overlap.
func apart(parts []image.Rectangle) (all []image.Rectangle) {
	for _, p := range parts {
		all = append(without(all, p), p)
	}
	return all
}

// within is what of parts lies in others.
func within(parts, others []image.Rectangle) (both []image.Rectangle) {
	for _, p := range parts {
		for _, q := range others {
			if r := p.Intersect(q); !r.Empty() {
				both = append(both, r)
			}
		}
	}
	return both
}
