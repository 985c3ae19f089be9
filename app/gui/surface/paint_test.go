//go:build !headless

package surface

import (
	"image"
	"image/color"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/session/pixel"
)

// queue is the user interface's thread of a test.
type queue struct {
	mu  sync.Mutex // guards all
	all []func()
}

func (q *queue) do(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.all = append(q.all, f)
}

func (q *queue) run() (n int) {
	q.mu.Lock()
	all := q.all
	q.all = nil
	q.mu.Unlock()
	for _, f := range all {
		f()
	}
	return len(all)
}

// Where no display of its own can be had, Fyne paints the same.
func TestPainted(t *testing.T) {
	test.NewTempApp(t)
	q := &queue{}
	s := New(q.do)
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 100))
	p := noise(image.Rect(0, 0, 160, 90))
	s.Update(p, nil)
	q.run()
	same := func(what string) {
		t.Helper()
		seen := w.Canvas().Capture()
		for y := range 90 {
			for x := range 160 {
				if got := color.RGBAModel.Convert(seen.At(x+20, y+5)); got != p.At(x, y) {
					t.Fatalf("%s: at %d,%d %v, not %v", what, x, y, got, p.At(x, y))
				}
			}
		}
	}
	same("whole")
	r := image.Rect(30, 40, 60, 50)
	p.Fill(r, 0xff0000)
	p.Fill(image.Rect(0, 0, 5, 5), 0x00ff00) // not told: it need not be seen yet
	s.Update(p, []image.Rectangle{r})
	q.run()
	s.Update(p, []image.Rectangle{image.Rect(0, 0, 5, 5)})
	q.run()
	same("a part")
	if s.Direct() {
		t.Error("there is no display, and it is used")
	}
	if got := s.Shown(); got.Frames != 2 {
		t.Errorf("the figures say %+v", got)
	}
	for range 1000 {
		s.Update(p, nil)
	}
	if n := q.run(); n != 1 {
		t.Errorf("%d repaints wait for the user interface", n)
	}
	s.Clear()
	q.run()
	p.Fill(p.Rect, 0)
	same("cleared")
	p = noise(p.Rect)
	s.Update(p, []image.Rectangle{image.Rect(0, 0, 1, 1)})
	q.run()
	same("whole after it was cleared")
	s.Close()
	s.Update(pixel.New(image.Rect(0, 0, 5, 5)), nil)
	if s.PixelSize() != image.Pt(160, 90) {
		t.Error("it goes on after its end")
	}
}

// Pixel for pixel there are bars, which scroll; the wheel does too.
func TestScrolling(t *testing.T) {
	test.NewTempApp(t)
	q := &queue{}
	s := New(q.do)
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(212, 112))
	s.Update(noise(image.Rect(0, 0, 800, 400)), nil)
	q.run()
	if s.down.Visible() || s.across.Visible() {
		t.Error("bars beside what fits")
	}
	s.SetActual(true)
	place := func(x, y float32, want image.Point) {
		t.Helper()
		if got, inside := s.PlaceOf(fyne.NewPos(x, y)); got != want || !inside {
			t.Errorf("at %v,%v is %v, %v, not %v", x, y, got, inside, want)
		}
	}
	if !s.down.Visible() || !s.across.Visible() {
		t.Fatal("no bars")
	}
	place(0, 0, image.Pt(0, 0))
	s.Scroll(fyne.NewDelta(30, 10))
	place(5, 5, image.Pt(35, 15))
	test.Drag(w.Canvas(), fyne.NewPos(60, 106), 50, 0) // a quarter of the bar
	place(0, 0, image.Pt(230, 10))
	test.Tap(s.across)
	test.TapAt(s.down, fyne.NewPos(6, 99))
	place(0, 0, image.Pt(30, 110))
	s.Scroll(fyne.NewDelta(9000, 9000))
	place(199, 99, image.Pt(799, 399))
	s.SetActual(false)
	if s.down.Visible() || s.Actual() {
		t.Error("bars beside what fits again")
	}
}
