//go:build !headless && linux

package inwindow

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// While something comes up above the picture and goes again, nothing else is
// ever seen beside it.
func TestNoFlash(t *testing.T) {
	s := open(t, fyne.NewSize(640, 480), nil)
	s.show(640, 480)
	s.until("the picture", s.shows(image.Point{}))
	bounds, err := s.hand.Bounds(s.frame)
	if err != nil {
		t.Fatal(err)
	}
	corner := image.Rect(4, 4, 60, 40)
	mark := canvas.NewRectangle(nil)
	mark.SetMinSize(fyne.NewSize(50, 50))
	looks := 0
	for i := range 6 {
		var up *widget.PopUp
		fyne.DoAndWait(func() {
			up = widget.NewPopUp(mark, s.window.Canvas())
			up.ShowAtPosition(fyne.NewPos(300, 200))
		})
		for _, direct := range []bool{false, true} {
			for settled, until := 0, time.Now().Add(patience); settled < 300; looks++ {
				seen, err := s.hand.Look(corner.Add(bounds.Min))
				if err != nil {
					t.Fatal(err)
				}
				if !same(seen, image.Point{}, s.picture, corner) {
					s.keep(seen, "flash")
					t.Fatalf("look %d, pop-up %d: something else is seen beside it", looks, i)
				}
				if s.surface.Direct() == direct {
					settled++
				}
				if time.Now().After(until) {
					t.Fatal("it does not settle")
				}
			}
			if !direct {
				fyne.DoAndWait(up.Hide)
			}
		}
	}
	t.Logf("%d looks", looks)
}
