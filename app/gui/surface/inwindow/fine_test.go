//go:build !headless && linux

package inwindow

import (
	"image"
	"os"
	"os/exec"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// fine names the process that paints finer, whose windows have more pixels than
// units.
const fine = "INWINDOW_FINE"

// On a fine display, where one of Fyne's units is more than one pixel, a pixel
// of the picture is still one of the display's, and a place is its pixel.
func TestFine(t *testing.T) {
	if os.Getenv(fine) == "" {
		again := exec.Command(os.Args[0], "-test.run=^TestFine$", "-test.v")
		again.Env = append(os.Environ(), fine+"=1", "FYNE_SCALE=1.5")
		if out, err := again.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	side := canvas.NewRectangle(nil)
	side.SetMinSize(fyne.NewSize(101, 10))
	s := open(t, fyne.NewSize(605, 400), func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(beside{}, side, o)
	})
	var scale float32
	fyne.DoAndWait(func() { scale = s.window.Canvas().Scale() })
	if scale != 1.5 {
		t.Fatalf("the scale is %v", scale)
	}
	s.show(700, 500)
	x := 152 + (756-700)/2 // 101 units are 151.5 pixels
	s.until("the picture", func(seen *image.RGBA) bool {
		for _, at := range []int{x - 1, x, x + 1} {
			if s.surface.Direct() && same(seen, image.Pt(at, 50), s.picture, s.picture.Rect) {
				x = at
				return true
			}
		}
		return false
	})
	fyne.DoAndWait(func() {
		for _, p := range []image.Point{{1, 0}, {350, 250}, {698, 499}} {
			place := fyne.NewPos((float32(p.X+x)+0.5)/scale-101, (float32(p.Y+50)+0.5)/scale)
			if got, inside := s.surface.PlaceOf(place); !inside || max(got.X-p.X, p.X-got.X) > 1 || got.Y != p.Y {
				t.Errorf("%v is said to be %v, %v", p, got, inside)
			}
		}
		s.surface.SetUnder(true)
	})
	s.until("the same by Fyne", func(seen *image.RGBA) bool {
		for _, at := range []int{x - 1, x, x + 1} {
			if same(seen, image.Pt(at, 50), s.picture, s.picture.Rect) {
				return !s.surface.Direct()
			}
		}
		return false
	})
}

// beside puts the second at the right of the first.
type beside struct{}

func (beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(101, size.Height))
	o[1].Move(fyne.NewPos(101, 0))
	o[1].Resize(fyne.NewSize(size.Width-101, size.Height))
}

func (beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 100) }
