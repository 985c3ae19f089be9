//go:build !headless && linux

package inwindow

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/demo/await"
)

// Two windows show what is theirs, and one goes on when the other is closed.
func TestTwoWindows(t *testing.T) {
	one := open(t, fyne.NewSize(400, 300), nil)
	two := open(t, fyne.NewSize(500, 300), nil)
	one.show(400, 300)
	two.show(500, 300)
	two.until("the second's picture", two.shows(image.Point{}))
	fyne.DoAndWait(two.window.Close)
	err := await.Until(t.Context(), patience, "the closed window's end", func() (bool, error) { return !two.surface.Direct(), nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	invert(one, image.Rect(0, 0, 400, 100))
	one.surface.Update(one.picture, nil)
	two.surface.Update(two.picture, nil)
	one.until("the first's picture", one.shows(image.Point{}))
}

// A window that was put away shows what has changed meanwhile, and one that was
// covered by another's shows its part again.
func TestAwayAndCovered(t *testing.T) {
	s := open(t, fyne.NewSize(400, 300), nil)
	s.show(400, 300)
	s.until("the picture", s.shows(image.Point{}))
	bounds, err := s.hand.Bounds(s.frame)
	if err != nil {
		t.Fatal(err)
	}
	over := image.NewRGBA(image.Rect(0, 0, 200, 200))
	for i := range over.Pix {
		over.Pix[i] = 255
	}
	cover, err := s.hand.Show(over, bounds.Min.Add(image.Pt(50, 50)))
	if err != nil {
		t.Fatal(err)
	}
	s.until("what covers it", func(seen *image.RGBA) bool { return seen.RGBAAt(100, 100) == (color.RGBA{255, 255, 255, 255}) })
	if err := cover.Name("cover"); err != nil {
		t.Fatal(err)
	}
	if err := s.hand.Activate(t.Context(), s.frame); err != nil {
		t.Fatal(err)
	}
	s.hand.Close() // what covers it goes
	s.reopen()
	s.until("the picture uncovered", s.shows(image.Point{}))
	fyne.DoAndWait(s.window.Hide)
	invert(s, image.Rect(100, 100, 300, 200))
	s.surface.Update(s.picture, []image.Rectangle{image.Rect(100, 100, 300, 200)})
	fyne.DoAndWait(s.window.Show)
	s.find()
	s.until("the picture as it is now", s.shows(image.Point{}))
}
