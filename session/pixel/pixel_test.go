package pixel_test

import (
	"image"
	"image/color"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// A picture that is taken over and given back is the same, within the place
// that was asked for and nowhere else.
func TestThereAndBack(t *testing.T) {
	r := image.Rect(-3, 5, 37, 29)
	src, dst := image.NewRGBA(r), image.NewRGBA(r)
	for i := range src.Pix {
		src.Pix[i] = byte(i*7 + i/90)
	}
	part := image.Rect(-10, 8, 20, 25)
	b := pixel.New(image.Rect(0, 0, 30, 40))
	b.Take(src, part)
	b.Give(dst, part)
	both := part.Intersect(b.Rect).Intersect(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			want := color.RGBA{}
			if image.Pt(x, y).In(both) {
				want = src.RGBAAt(x, y)
				want.A = 0xff
				if b.At(x, y) != want {
					t.Fatalf("at %d,%d %v, not %v", x, y, b.At(x, y), want)
				}
			}
			if got := dst.RGBAAt(x, y); got != want {
				t.Fatalf("given back at %d,%d: %v, not %v", x, y, got, want)
			}
		}
	}
}

// A part shares its pixels; copying and filling keep to the place.
func TestParts(t *testing.T) {
	b := pixel.New(image.Rect(0, 0, 10, 10))
	s := b.Sub(image.Rect(4, 5, 20, 20))
	if s.Rect != image.Rect(4, 5, 10, 10) {
		t.Fatalf("the part is %v", s.Rect)
	}
	s.Fill(image.Rect(0, 0, 6, 7), 0x123456)
	c := pixel.New(image.Rect(2, 2, 8, 8))
	c.Copy(b, b.Rect)
	for y := range 10 {
		for x := range 10 {
			var want uint32
			if image.Pt(x, y).In(image.Rect(4, 5, 6, 7)) {
				want = 0x123456
			}
			if got := b.Row(y, x, x+1)[0]; got != want {
				t.Errorf("at %d,%d %x", x, y, got)
			}
			if image.Pt(x, y).In(c.Rect) && c.Row(y, x, x+1)[0] != want {
				t.Errorf("copied at %d,%d %x", x, y, c.Row(y, x, x+1)[0])
			}
		}
	}
	if e := b.Sub(image.Rect(50, 50, 60, 60)); len(e.Pix) != 0 || !e.Rect.Empty() {
		t.Error("a part outside has pixels")
	}
}
