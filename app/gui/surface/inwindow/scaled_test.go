//go:build !headless && linux

package inwindow

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/session/pixel"
)

// even is a picture of one colour with a square of another in it.
func even(w, h int, square image.Rectangle) *pixel.Bitmap {
	p := pixel.New(image.Rect(0, 0, w, h))
	p.Fill(p.Rect, 0x204060)
	p.Fill(square, 0xf0c010)
	return p
}

// A picture that is fitted into its room is where it should be, follows its
// changes, and carries the pointer; what Fyne paints instead looks the same.
func TestScaled(t *testing.T) {
	ground, square, green := color.RGBA{0x20, 0x40, 0x60, 255}, color.RGBA{0xf0, 0xc0, 0x10, 255}, color.RGBA{0, 255, 0, 255}
	shape := &surface.Shape{Size: image.Pt(6, 6), Pix: make([]uint32, 36)}
	for i := range shape.Pix {
		shape.Pix[i] = 0xff00ff00
	}
	for name, c := range map[string]struct{ w, h, dx, dy int }{
		"shrunk": {1280, 960, 640, 480}, "a bit": {1000, 750, 640, 480}, "much": {3200, 2400, 640, 480}, "enlarged": {160, 120, 640, 480},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, fyne.NewSize(640, 480), nil)
			at := func(x, y int) (int, int) { return x * c.w / 640, y * c.h / 480 }
			rect := func(x0, y0, x1, y1 int) image.Rectangle {
				ax, ay := at(x0, y0)
				bx, by := at(x1, y1)
				return image.Rect(ax, ay, bx, by)
			}
			p := even(c.w, c.h, rect(200, 100, 300, 200))
			s.surface.Update(p, nil)
			inside := func(seen *image.RGBA, r image.Rectangle, want color.RGBA) bool {
				for y := r.Min.Y; y < r.Max.Y; y++ {
					for x := r.Min.X; x < r.Max.X; x++ {
						if seen.RGBAAt(x, y) != want {
							return false
						}
					}
				}
				return true
			}
			around := func(seen *image.RGBA) bool {
				return inside(seen, image.Rect(0, 0, 640, 90), ground) && inside(seen, image.Rect(0, 250, 640, 480), ground)
			}
			s.until("the square", func(seen *image.RGBA) bool {
				return s.surface.Direct() && inside(seen, image.Rect(206, 106, 294, 194), square) && around(seen)
			})
			p.Fill(p.Rect, 0x204060)
			p.Fill(rect(400, 100, 500, 200), 0xf0c010)
			s.surface.Update(p, []image.Rectangle{rect(200, 100, 300, 200), rect(400, 100, 500, 200)})
			s.until("the square elsewhere", func(seen *image.RGBA) bool {
				return inside(seen, image.Rect(406, 106, 494, 194), square) && inside(seen, image.Rect(0, 90, 390, 210), ground) && around(seen)
			})
			x, y := at(320, 160)
			s.surface.SetCursor(shape, image.Pt(x, y))
			s.until("the pointer", func(seen *image.RGBA) bool {
				return inside(seen, image.Rect(320, 160, 326, 166), green) && inside(seen, image.Rect(0, 90, 318, 210), ground) &&
					inside(seen, image.Rect(328, 90, 390, 210), ground)
			})
			s.surface.SetCursor(nil, image.Point{})
			direct := s.until("no pointer", func(seen *image.RGBA) bool { return inside(seen, image.Rect(0, 90, 390, 210), ground) })
			fyne.DoAndWait(func() { s.surface.SetUnder(true) })
			s.until("the same by Fyne", func(seen *image.RGBA) bool {
				if s.surface.Direct() {
					return false
				}
				for i, v := range seen.Pix {
					if d := int(v) - int(direct.Pix[i]); d > 96 || d < -96 { // the edges are mixed in another way
						return false
					}
				}
				return true
			})
			fyne.DoAndWait(func() { s.surface.SetUnder(false) })
			s.until("the display again", func(*image.RGBA) bool { return s.surface.Direct() })
		})
	}
}

// Pixel for pixel, the scrolled part is the picture's.
func TestScrolled(t *testing.T) {
	s := open(t, fyne.NewSize(512, 412), nil)
	s.show(1500, 1200)
	fyne.DoAndWait(func() { s.surface.SetActual(true) })
	s.until("the corner", func(seen *image.RGBA) bool {
		return s.surface.Direct() && same(seen, image.Point{}, s.picture, image.Rect(0, 0, 500, 400))
	})
	fyne.DoAndWait(func() { s.surface.Scroll(fyne.NewDelta(333, 222)) })
	s.until("another part", func(seen *image.RGBA) bool {
		return same(seen, image.Point{}, s.picture, image.Rect(333, 222, 833, 622))
	})
	invert(s, image.Rect(300, 200, 400, 300))
	s.surface.Update(s.picture, []image.Rectangle{image.Rect(300, 200, 400, 300)})
	s.until("a change that is partly seen", func(seen *image.RGBA) bool {
		return same(seen, image.Point{}, s.picture, image.Rect(333, 222, 833, 622))
	})
}
