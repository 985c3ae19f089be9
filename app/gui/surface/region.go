//go:build !headless

package surface

import "image"

// mostRects bounds a region: each costs one request, so a few larger ones are
// better than many small ones.
const mostRects = 24

// nearby is how many pixels too many two rectangles may cost that become one:
// about what a request costs besides.
const nearby = 4096

// region is what has changed, as few rectangles. It may cover more than was
// added, never less.
type region []image.Rectangle

// add unites r with what is there.
func (g *region) add(r image.Rectangle) {
	for again := true; again && !r.Empty(); {
		again = false
		for i, have := range *g {
			both := have.Union(r)
			if area(both) <= area(have)+area(r)+nearby {
				(*g)[i] = (*g)[len(*g)-1]
				*g = (*g)[:len(*g)-1]
				r, again = both, true
				break
			}
		}
	}
	if r.Empty() {
		return
	}
	*g = append(*g, r)
	if len(*g) > mostRects {
		g.merge()
	}
}

// merge makes one of the newest and the one that it costs least with.
func (g *region) merge() {
	last := len(*g) - 1
	newest, best, least := (*g)[last], 0, 0
	for i, have := range (*g)[:last] {
		if more := area(have.Union(newest)) - area(have); i == 0 || more < least {
			best, least = i, more
		}
	}
	both := (*g)[best].Union(newest)
	*g = append((*g)[:best], (*g)[best+1:last]...)
	g.add(both)
}

// take empties the region.
func (g *region) take() []image.Rectangle {
	all := *g
	*g = nil
	return all
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }

// without is r less hole, in at most four pieces.
func without(r, hole image.Rectangle) []image.Rectangle {
	hole = hole.Intersect(r)
	if hole.Empty() {
		return []image.Rectangle{r}
	}
	var out []image.Rectangle
	for _, p := range []image.Rectangle{
		image.Rect(r.Min.X, r.Min.Y, r.Max.X, hole.Min.Y),
		image.Rect(r.Min.X, hole.Max.Y, r.Max.X, r.Max.Y),
		image.Rect(r.Min.X, hole.Min.Y, hole.Min.X, hole.Max.Y),
		image.Rect(hole.Max.X, hole.Min.Y, r.Max.X, hole.Max.Y),
	} {
		if !p.Empty() {
			out = append(out, p)
		}
	}
	return out
}
