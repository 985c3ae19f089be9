package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// differ says whether two pictures do in r, which both have.
func differ(a, b *pixel.Bitmap, r image.Rectangle) bool { return !same(a, b, r, image.Point{}) }

// difference bounds the pixels of r in which two pictures differ.
func difference(a, b *pixel.Bitmap, r image.Rectangle) (d image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p, q := a.Row(y, r.Min.X, r.Max.X), b.Row(y, r.Min.X, r.Max.X)
		first, last := 0, len(p)-1
		for first < len(p) && p[first] == q[first] {
			first++
		}
		if first == len(p) {
			continue
		}
		for p[last] == q[last] {
			last--
		}
		d = d.Union(image.Rect(r.Min.X+first, y, r.Min.X+last+1, y+1))
	}
	return d
}

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
