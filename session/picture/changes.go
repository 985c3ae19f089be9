package picture

import "image"

// changes unites rectangles to a few that cover them.
type changes []image.Rectangle

const (
	maxChanges = 16
	nearby     = 4096 // pixels that two rectangles may cover too much when they become one
)

func (c *changes) add(r image.Rectangle) {
	if r.Empty() {
		return
	}
	for {
		best, least := -1, 0
		for i, have := range *c {
			if r.In(have) {
				return
			}
			if more := area(have.Union(r)) - area(have) - area(r); best < 0 || more < least {
				best, least = i, more
			}
		}
		if best < 0 || least > nearby && len(*c) < maxChanges {
			*c = append(*c, r)
			return
		}
		r = r.Union((*c)[best])
		(*c)[best] = (*c)[len(*c)-1]
		*c = (*c)[:len(*c)-1]
	}
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }
