package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

const cellSide = 16

// cells says of each 16x16 pixels whether the viewer's differ.
type cells struct {
	across, down int
	dirty        []bool
	rows         image.Rectangle // cells out of which none is dirty

	found           []image.Rectangle
	byRow, byColumn []int
}

func (c *cells) reset(size image.Point) {
	c.across, c.down = (size.X+cellSide-1)/cellSide, (size.Y+cellSide-1)/cellSide
	c.dirty = enough(c.dirty, c.across*c.down)
	c.rows = image.Rectangle{Max: image.Pt(c.across, c.down)}
	c.clear()
}

func (c *cells) clear() {
	for y := c.rows.Min.Y; y < c.rows.Max.Y; y++ {
		clear(c.dirty[y*c.across+c.rows.Min.X : y*c.across+c.rows.Max.X])
	}
	c.rows = image.Rectangle{}
}

// of is the cells that r touches.
func (c *cells) of(r image.Rectangle) image.Rectangle {
	return image.Rect(r.Min.X/cellSide, r.Min.Y/cellSide, (r.Max.X+cellSide-1)/cellSide, (r.Max.Y+cellSide-1)/cellSide)
}

// place is a cell's pixels.
func place(x, y int) image.Rectangle {
	return image.Rect(x*cellSide, y*cellSide, (x+1)*cellSide, (y+1)*cellSide)
}

// compare finds the cells in which two pictures of one size differ, as far as damage reaches.
func (c *cells) compare(a, b *pixel.Bitmap, damage []image.Rectangle) {
	for _, r := range damage {
		if r = r.Intersect(a.Rect); r.Empty() {
			continue
		}
		in := c.of(r)
		c.rows = c.rows.Union(in)
		for y := in.Min.Y; y < in.Max.Y; y++ {
			for x := in.Min.X; x < in.Max.X; x++ {
				if d := &c.dirty[y*c.across+x]; !*d {
					*d = differ(a, b, place(x, y).Intersect(a.Rect))
				}
			}
		}
	}
}

// differ says whether two pictures do in r, which both have.
func differ(a, b *pixel.Bitmap, r image.Rectangle) bool { return !same(a, b, r, image.Point{}) }

// same says whether a has in r what b has by beside it.
func same(a, b *pixel.Bitmap, r image.Rectangle, by image.Point) bool {
	i, j := r.Min.Y*a.Stride+r.Min.X, (r.Min.Y+by.Y)*b.Stride+r.Min.X+by.X
	w := r.Dx()
	if w == cellSide {
		for range r.Dy() {
			if *(*[cellSide]uint32)(a.Pix[i:]) != *(*[cellSide]uint32)(b.Pix[j:]) {
				return false
			}
			i, j = i+a.Stride, j+b.Stride
		}
		return true
	}
	for range r.Dy() {
		if !equal(a.Pix[i:i+w], b.Pix[j:j+w]) {
			return false
		}
		i, j = i+a.Stride, j+b.Stride
	}
	return true
}

// equal says whether two rows of one length are.
func equal(a, b []uint32) bool {
	for len(a) >= cellSide && len(b) >= cellSide {
		if *(*[cellSide]uint32)(a) != *(*[cellSide]uint32)(b) {
			return false
		}
		a, b = a[cellSide:], b[cellSide:]
	}
	b = b[:len(a)]
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// tight is what of r surrounds the pixels in which two pictures differ.
func tight(a, b *pixel.Bitmap, r image.Rectangle) image.Rectangle {
	for !r.Empty() && equal(a.Row(r.Min.Y, r.Min.X, r.Max.X), b.Row(r.Min.Y, r.Min.X, r.Max.X)) {
		r.Min.Y++
	}
	for !r.Empty() && equal(a.Row(r.Max.Y-1, r.Min.X, r.Max.X), b.Row(r.Max.Y-1, r.Min.X, r.Max.X)) {
		r.Max.Y--
	}
	left, right := r.Max.X, r.Min.X
	for y := r.Min.Y; y < r.Max.Y; y++ {
		ra, rb := a.Row(y, r.Min.X, r.Max.X), b.Row(y, r.Min.X, r.Max.X)
		rb = rb[:len(ra)]
		for i := 0; i < left-r.Min.X; i++ {
			if ra[i] != rb[i] {
				left = r.Min.X + i
			}
		}
		for i := len(ra) - 1; i >= right-r.Min.X; i-- {
			if ra[i] != rb[i] {
				right = r.Min.X + i + 1
			}
		}
	}
	r.Min.X, r.Max.X = min(left, right), right
	if r.Empty() {
		return image.Rectangle{}
	}
	return r
}

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

// right says that the viewer has all pixels of r. Cells that lie in it in part
// are compared anew.
func (c *cells) right(a, b *pixel.Bitmap, r image.Rectangle) {
	in := c.of(r)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if d := &c.dirty[y*c.across+x]; *d {
				p := place(x, y).Intersect(a.Rect)
				*d = !p.In(r) && differ(a, b, p)
			}
		}
	}
}
