//go:build !headless && linux

package inwindow

import (
	"image"
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

func (s *stage) shows(at image.Point) func(*image.RGBA) bool {
	return func(seen *image.RGBA) bool {
		return s.surface.Direct() && same(seen, at, s.picture, s.picture.Rect)
	}
}

// What Fyne shows above everything is seen above the picture, which goes on
// changing below it, and the picture is back when it goes.
func TestOverlays(t *testing.T) {
	s := open(t, fyne.NewSize(800, 600), nil)
	s.show(800, 600)
	s.until("the picture", s.shows(image.Point{}))
	red := color.NRGBA{R: 255, A: 255}
	mark := canvas.NewRectangle(red)
	mark.SetMinSize(fyne.NewSize(120, 80))
	redAt := func(seen *image.RGBA, at image.Point) bool {
		return seen.RGBAAt(at.X, at.Y) == (color.RGBA{R: 255, A: 255})
	}
	for name, open := range map[string]func() (hide func()){
		"a dialog": func() func() {
			d := dialog.NewCustom("Dialog", "Close", mark, s.window)
			d.Show()
			return d.Hide
		},
		"a pop-up": func() func() {
			p := widget.NewPopUp(mark, s.window.Canvas())
			p.ShowAtPosition(fyne.NewPos(340, 260))
			return p.Hide
		},
	} {
		var hide func()
		fyne.DoAndWait(func() { hide = open() })
		s.until(name, func(seen *image.RGBA) bool { return redAt(seen, image.Pt(400, 300)) })
		if name == "a pop-up" { // a dialog dims what is around it
			invert(s, image.Rect(10, 10, 200, 100))
			s.surface.Update(s.picture, []image.Rectangle{image.Rect(10, 10, 200, 100)})
			s.until("what changes beside it", func(seen *image.RGBA) bool {
				return redAt(seen, image.Pt(400, 300)) && same(seen, image.Point{}, s.picture, image.Rect(0, 0, 250, 200))
			})
		}
		fyne.DoAndWait(hide)
		s.until("the picture after "+name, s.shows(image.Point{}))
	}
	fyne.DoAndWait(func() {
		menu := fyne.NewMenu("", fyne.NewMenuItem("First", func() {}), fyne.NewMenuItem("Second", func() {}))
		widget.ShowPopUpMenuAtPosition(menu, s.window.Canvas(), fyne.NewPos(100, 100))
	})
	s.until("a menu", func(seen *image.RGBA) bool {
		return !same(seen, image.Pt(110, 110), s.picture, image.Rect(110, 110, 120, 120)) && same(seen, image.Pt(400, 300), s.picture, image.Rect(400, 300, 500, 400))
	})
	fyne.DoAndWait(func() { s.window.Canvas().Overlays().Top().Hide() })
	s.until("the picture after a menu", s.shows(image.Point{}))
}

// The picture follows the window's size and its place in the window.
func TestPlaces(t *testing.T) {
	side := canvas.NewRectangle(color.NRGBA{B: 255, A: 255})
	side.SetMinSize(fyne.NewSize(100, 10))
	s := open(t, fyne.NewSize(900, 600), func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(nil, nil, side, nil, o)
	})
	s.show(640, 480)
	s.until("the picture", s.shows(image.Pt(104+(796-640)/2, 60)))
	fyne.DoAndWait(func() { s.window.Resize(fyne.NewSize(804, 520)) })
	s.until("the smaller window", s.shows(image.Pt(104+(700-640)/2, 20)))
	fyne.DoAndWait(func() {
		side.Hide()
		s.window.Content().Refresh()
	})
	s.until("without what was beside it", s.shows(image.Pt(82, 20)))
	s.show(700, 500)
	s.until("another size", s.shows(image.Pt(52, 10)))
}

// A tab that hides the picture hides it, and shows it as it is then.
func TestTabs(t *testing.T) {
	green := canvas.NewRectangle(color.NRGBA{G: 255, A: 255})
	var tabs *container.AppTabs
	s := open(t, fyne.NewSize(800, 600), func(o fyne.CanvasObject) fyne.CanvasObject {
		tabs = container.NewAppTabs(container.NewTabItem("Screen", container.NewStack(o)), container.NewTabItem("Green", green))
		return tabs
	})
	s.show(300, 200)
	fyne.DoAndWait(func() { s.surface.SetActual(true) })
	s.until("the picture", func(*image.RGBA) bool { return s.surface.Direct() })
	middle := func(seen *image.RGBA) color.RGBA { return seen.RGBAAt(400, 320) }
	fyne.DoAndWait(func() { tabs.SelectIndex(1) })
	s.until("the other tab", func(seen *image.RGBA) bool { return middle(seen) == (color.RGBA{G: 255, A: 255}) })
	s.show(300, 200)
	fyne.DoAndWait(func() { tabs.SelectIndex(0) })
	s.until("the picture again", func(seen *image.RGBA) bool {
		return s.surface.Direct() && middle(seen) != (color.RGBA{G: 255, A: 255})
	})
}

// hearing writes down what reaches a surface in Fyne.
type hearing struct {
	widget.BaseWidget
	inner fyne.CanvasObject
	heard chan string
}

func (h *hearing) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.inner) }
func (h *hearing) say(what string) {
	select {
	case h.heard <- what:
	default:
	}
}
func (h *hearing) MouseIn(*desktop.MouseEvent)    { h.say("moved") }
func (h *hearing) MouseMoved(*desktop.MouseEvent) { h.say("moved") }
func (h *hearing) MouseOut()                      { h.say("out") }
func (h *hearing) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonSecondary {
		h.say("right down")
	}
}
func (h *hearing) MouseUp(*desktop.MouseEvent) { h.say("up") }
func (h *hearing) Scrolled(*fyne.ScrollEvent)  { h.say("scrolled") }
func (h *hearing) FocusGained()                {}
func (h *hearing) FocusLost()                  {}
func (h *hearing) TypedRune(r rune)            { h.say("rune " + string(r)) }
func (h *hearing) TypedKey(*fyne.KeyEvent)     {}

// Mouse and keyboard reach Fyne through the window over it, and the pointer
// never leaves Fyne's window.
func TestHands(t *testing.T) {
	var h *hearing
	s := open(t, fyne.NewSize(640, 480), func(o fyne.CanvasObject) fyne.CanvasObject {
		h = &hearing{inner: o, heard: make(chan string, 1000)}
		h.ExtendBaseWidget(h)
		return h
	})
	s.show(640, 480)
	s.until("the picture", s.shows(image.Point{}))
	fyne.DoAndWait(func() { s.window.Canvas().Focus(h) })
	bounds, err := s.hand.Bounds(s.frame)
	if err != nil {
		t.Fatal(err)
	}
	hear := func(want string) {
		t.Helper()
		late := time.After(patience)
		for {
			select {
			case got := <-h.heard:
				if got == want {
					return
				}
				if got == "out" {
					t.Error("the pointer has left")
				}
			case <-late:
				t.Fatalf("%q was not heard", want)
			}
		}
	}
	at := bounds.Min.Add(image.Pt(200, 200))
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return s.hand.Move(at) }, "moved"},
		{func() error { return s.hand.Press(at, 3, 1) }, "right down"},
		{func() error { return s.hand.Press(at, 4, 1) }, "scrolled"},
		{func() error { return s.hand.Type("k") }, "rune k"},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		hear(step.want)
	}
	if !s.surface.Direct() {
		t.Error("the picture was not there")
	}
}
