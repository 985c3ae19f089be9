package screen

import (
	"cmp"
	"image"
	"maps"
	"slices"
)

// tiles is what has changed, by the square of grain pixels that it lies in.
type tiles map[image.Point]image.Rectangle

// add notes a rectangle in the tiles that it reaches into.
func (t *tiles) add(r image.Rectangle) {
	if *t == nil {
		*t = tiles{}
	}
	for y := r.Min.Y &^ (grain - 1); y < r.Max.Y; y += grain {
		for x := r.Min.X &^ (grain - 1); x < r.Max.X; x += grain {
			at := image.Pt(x, y)
			(*t)[at] = (*t)[at].Union(r.Intersect(image.Rect(x, y, x+grain, y+grain)))
		}
	}
}

// region joins neighbours to rectangles that do not overlap, the highest first.
func (t tiles) region() region {
	places := slices.SortedFunc(maps.Keys(t), func(a, b image.Point) int { return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X)) })
	var all region
	for _, at := range places {
		r := t[at]
		if n := len(all) - 1; n >= 0 && all[n].Max.X == r.Min.X && all[n].Min.Y == r.Min.Y && all[n].Max.Y == r.Max.Y {
			all[n].Max.X = r.Max.X
			continue
		}
		all = append(all, r)
	}
	return all.stacked()
}

// stacked joins rectangles that stand right upon each other.
func (r region) stacked() region {
	var all region
	open := map[[2]int]int{} // left and right side: the last in all that has them
	for _, p := range r {
		side := [2]int{p.Min.X, p.Max.X}
		if i, ok := open[side]; ok && all[i].Max.Y == p.Min.Y {
			all[i].Max.Y = p.Max.Y
			continue
		}
		open[side] = len(all)
		all = append(all, p)
	}
	return all
}

// maxParts is how many rectangles are read one by one: each costs a request,
// about as much as reading a tile.
const maxParts = 24

// few is r in not many rectangles, with what lies between those that are near.
func few(r region) region {
	if len(r) <= maxParts {
		return r
	}
	var t tiles
	for _, p := range r {
		t.add(p)
	}
	return t.region()
}
