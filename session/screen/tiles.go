package screen

import (
	"cmp"
	"image"
	"maps"
	"slices"
)

// tiles is what has changed, by the square of side pixels that it lies in.
type tiles struct {
	side int // a power of two
	all  map[image.Point]image.Rectangle
}

func newTiles(side int) tiles { return tiles{side, map[image.Point]image.Rectangle{}} }

// add notes a rectangle in the tiles that it reaches into.
func (t tiles) add(r image.Rectangle) {
	for y := r.Min.Y &^ (t.side - 1); y < r.Max.Y; y += t.side {
		for x := r.Min.X &^ (t.side - 1); x < r.Max.X; x += t.side {
			at := image.Pt(x, y)
			t.all[at] = t.all[at].Union(r.Intersect(image.Rect(x, y, x+t.side, y+t.side)))
		}
	}
}

// region joins neighbours to rectangles that do not overlap, the highest first.
func (t tiles) region() region {
	places := slices.SortedFunc(maps.Keys(t.all), func(a, b image.Point) int { return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X)) })
	var all region
	for _, at := range places {
		r := t.all[at]
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
const maxParts = 32

// few is r in at most maxParts rectangles, with what lies between those that are near.
func few(r region) region {
	all := r
	for side := grain; len(all) > maxParts; side *= 2 {
		t := newTiles(side)
		for _, p := range r {
			t.add(p)
		}
		all = t.region()
	}
	return all
}
