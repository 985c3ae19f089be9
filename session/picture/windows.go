package picture

import "image"

// windows are rectangles of cells that hold all dirty ones, and few others.
func (c *cells) windows() []image.Rectangle {
	c.found = c.found[:0]
	c.split(c.rows)
	return c.found
}

func (c *cells) split(in image.Rectangle) {
	c.byRow, c.byColumn = enough(c.byRow, in.Dy()), enough(c.byColumn, in.Dx())
	clear(c.byRow)
	clear(c.byColumn)
	total := 0
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x, d := range c.dirty[y*c.across+in.Min.X : y*c.across+in.Max.X] {
			if d {
				c.byRow[y-in.Min.Y]++
				c.byColumn[x]++
				total++
			}
		}
	}
	if total == 0 {
		return
	}
	top, bottom, gapTop, gapBottom := occupied(c.byRow)
	left, right, gapLeft, gapRight := occupied(c.byColumn)
	all := image.Rect(in.Min.X+left, in.Min.Y+top, in.Min.X+right, in.Min.Y+bottom)
	if 2*total >= area(all) || area(all) <= 12 {
		c.found = append(c.found, all)
		return
	}
	a, b := all, all
	switch high, wide := gapBottom-gapTop, gapRight-gapLeft; {
	case wide > 0 && wide >= high:
		a.Max.X, b.Min.X = in.Min.X+gapLeft, in.Min.X+gapRight
	case high > 0:
		a.Max.Y, b.Min.Y = in.Min.Y+gapTop, in.Min.Y+gapBottom
	case all.Dx() > all.Dy():
		a.Max.X = (all.Min.X + all.Max.X) / 2
		b.Min.X = a.Max.X
	default:
		a.Max.Y = (all.Min.Y + all.Max.Y) / 2
		b.Min.Y = a.Max.Y
	}
	c.split(a)
	c.split(b)
}

// occupied is where counts begin and end, and the widest gap between.
func occupied(n []int) (first, end, gap, gapEnd int) {
	first = -1
	for i, v := range n {
		if v == 0 {
			continue
		}
		if first < 0 {
			first = i
		} else if i-end > gapEnd-gap {
			gap, gapEnd = end, i
		}
		end = i + 1
	}
	return first, end, gap, gapEnd
}

// bounds is what surrounds the dirty cells of in, and how many they are.
func (c *cells) bounds(in image.Rectangle) (image.Rectangle, int) {
	var found image.Rectangle
	n := 0
	for y := in.Min.Y; y < in.Max.Y; y++ {
		first, last := -1, 0
		for x, d := range c.dirty[y*c.across+in.Min.X : y*c.across+in.Max.X] {
			if d {
				if n++; first < 0 {
					first = x
				}
				last = x + 1
			}
		}
		if first >= 0 {
			found = found.Union(image.Rect(in.Min.X+first, y, in.Min.X+last, y+1))
		}
	}
	return found, n
}

// at says whether the cell at a pixel is dirty.
func (c *cells) at(x, y int) bool { return c.dirty[y/cellSide*c.across+x/cellSide] }
