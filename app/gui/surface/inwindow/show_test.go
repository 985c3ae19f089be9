//go:build !headless && linux

package inwindow

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/surface"
)

// What is shown pixel for pixel is the picture, wherever it changes.
func TestExact(t *testing.T) {
	s := open(t, fyne.NewSize(900, 640), nil)
	s.show(800, 600)
	at := image.Pt(50, 20)
	s.until("the picture", func(seen *image.RGBA) bool {
		return s.surface.Direct() && same(seen, at, s.picture, s.picture.Rect)
	})
	for i := range 20 {
		r := image.Rect(i*37, i*23, i*37+40+i, i*23+9)
		invert(s, r)
		s.surface.Update(s.picture, []image.Rectangle{r})
	}
	s.until("the changes", func(seen *image.RGBA) bool { return same(seen, at, s.picture, s.picture.Rect) })
	if got := s.surface.Shown(); got.At.IsZero() || got.Took <= 0 || got.Frames == 0 {
		t.Errorf("the figures say %+v", got)
	}
	s.surface.Clear()
	s.until("nothing of the picture", func(seen *image.RGBA) bool {
		return seen.RGBAAt(50, 20) == (color.RGBA{A: 255}) && seen.RGBAAt(849, 619) == (color.RGBA{A: 255})
	})
}

// invert changes a part of the picture.
func invert(s *stage, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := s.picture.Row(y, r.Min.X, r.Max.X)
		for x := range row {
			row[x] ^= 0xffffff
		}
	}
}

// The other side's pointer lies over the picture, moves without a trace, and
// what changes below it is seen through it.
func TestCursor(t *testing.T) {
	s := open(t, fyne.NewSize(640, 480), nil)
	s.show(640, 480)
	shape := &surface.Shape{Size: image.Pt(8, 8), Hot: image.Pt(2, 3), Pix: make([]uint32, 64)}
	for i := range shape.Pix[:32] {
		shape.Pix[i] = 0xff00ff00
	}
	green := color.RGBA{G: 255, A: 255}
	cursorAt := func(at image.Point) func(seen *image.RGBA) bool {
		return func(seen *image.RGBA) bool {
			min := at.Sub(shape.Hot)
			for y := range 4 {
				for x := range 8 {
					if p := min.Add(image.Pt(x, y)); p.In(s.picture.Rect) && seen.RGBAAt(p.X, p.Y) != green {
						return false
					}
				}
			}
			over := image.Rectangle{Min: min, Max: min.Add(image.Pt(8, 4))}
			for _, r := range []image.Rectangle{
				image.Rect(0, 0, 640, over.Min.Y), image.Rect(0, over.Max.Y, 640, 480),
				image.Rect(0, over.Min.Y, over.Min.X, over.Max.Y), image.Rect(over.Max.X, over.Min.Y, 640, over.Max.Y),
			} {
				if r = r.Intersect(s.picture.Rect); !same(seen, r.Min, s.picture, r) {
					return false
				}
			}
			return true
		}
	}
	for _, at := range []image.Point{{100, 100}, {104, 101}, {639, 479}, {0, 0}, {300, 200}} {
		s.surface.SetCursor(shape, at)
		s.until("the pointer at "+at.String(), cursorAt(at))
	}
	r := image.Rect(290, 190, 310, 210)
	invert(s, r)
	s.surface.Update(s.picture, []image.Rectangle{r})
	s.until("a change below the pointer", cursorAt(image.Pt(300, 200)))
	s.surface.SetOwn(true, image.Pt(310, 180))
	s.until("no pointer", func(seen *image.RGBA) bool { return same(seen, image.Point{}, s.picture, s.picture.Rect) })
	s.surface.SetOwn(false, image.Point{})
	s.until("the pointer again", cursorAt(image.Pt(300, 200)))
	s.surface.SetCursor(nil, image.Point{})
	s.until("no pointer any more", func(seen *image.RGBA) bool { return same(seen, image.Point{}, s.picture, s.picture.Rect) })
}
