// Package film is what glass paints: repeatable scenes with a counter on every frame, and the judgement of what became of them.
//
// It does no I/O, and knows nothing of the programs that are measured.
package film

import "image"

// Frame is a picture of 32-bit pixels, 0x00RRGGBB, row by row without gaps.
type Frame struct {
	W, H int
	Pix  []uint32
}

// NewFrame is a black one.
func NewFrame(w, h int) *Frame { return &Frame{w, h, make([]uint32, w*h)} }

// Bounds is all of it.
func (f *Frame) Bounds() image.Rectangle { return image.Rect(0, 0, f.W, f.H) }

// row is the part of line y between x0 and x1.
func (f *Frame) row(y, x0, x1 int) []uint32 { return f.Pix[y*f.W+x0 : y*f.W+x1] }

func (f *Frame) fill(r image.Rectangle, c uint32) {
	r = r.Intersect(f.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		line := f.row(y, r.Min.X, r.Max.X)
		for i := range line {
			line[i] = c
		}
	}
}

// Crop copies a rectangle out of f.
func (f *Frame) Crop(r image.Rectangle) *Frame {
	c := NewFrame(r.Dx(), r.Dy())
	for y := range c.H {
		copy(c.row(y, 0, c.W), f.row(r.Min.Y+y, r.Min.X, r.Max.X))
	}
	return c
}

// blit copies rectangle r of src to dst at point p.
func blit(dst, src *Frame, r image.Rectangle, p image.Point) {
	for y := range r.Dy() {
		copy(dst.row(p.Y+y, p.X, p.X+r.Dx()), src.row(r.Min.Y+y, r.Min.X, r.Max.X))
	}
}
