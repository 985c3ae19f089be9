//go:build !headless

package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Screen shows another machine's screen, whole or pixel for pixel with
// scrolling, and tells what is done on it in that screen's own pixels. What it
// tells belongs to the user interface's thread.
type Screen struct {
	widget.BaseWidget
	Picture *Picture

	// Pointed is told where the pointer is while it is over the picture, and
	// once that it is no more. May be nil.
	Pointed func(at image.Point, shown bool)
	// Hands is told what mouse and keyboard do while Control is on. May be nil.
	Hands Hands
	// Touched is called whenever something is done on it. May be nil.
	Touched func()
	// Leave is called on Ctrl+Alt+Enter while Control is on. May be nil.
	Leave func()

	scroll  *container.Scroll
	glass   *glass
	actual  bool
	control bool
	point   bool
}

// Hands is told what is done with mouse and keyboard. Places are in the
// picture's pixels.
type Hands interface {
	Move(at image.Point)
	Button(b MouseButton, down bool) // at the place of the Move before
	Wheel(dx, dy int)                // notches to the right, and towards the hand
	// Key presses a key or lets it go: a character with name "", or one of the
	// W3C's names (UI Events KeyboardEvent key Values) with rune 0. Modifiers
	// are held; of others every press comes with its release at once, and
	// again as long as the key repeats.
	Key(char rune, name string, down bool)
}

// MouseButton is a button of the mouse.
type MouseButton int

// The buttons.
const (
	LeftButton MouseButton = iota
	MiddleButton
	RightButton
)

// NewScreen shows p, which may be shown nowhere else.
func NewScreen(p *Picture) *Screen {
	s := &Screen{Picture: p}
	s.glass = newGlass(s)
	s.scroll = container.NewScroll(s.glass)
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of fyne.Widget.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.scroll) }

// SetActual shows the picture pixel for pixel, or else scaled to fit.
func (s *Screen) SetActual(on bool) {
	if s.actual == on {
		return
	}
	s.actual = on
	if !on {
		s.scroll.ScrollToOffset(fyne.Position{})
	}
	s.Repaint()
}

// Actual says whether it is shown pixel for pixel.
func (s *Screen) Actual() bool { return s.actual }

// SetControl begins or ends that mouse and keyboard go to Hands. At the end
// everything that is held is let go.
func (s *Screen) SetControl(on bool) {
	if s.control && !on {
		s.glass.releaseAll()
	}
	s.control = on
}

// SetPoint begins or ends that the pointer is told to Pointed.
func (s *Screen) SetPoint(on bool) {
	if s.point && !on {
		s.glass.unpoint()
	}
	s.point = on
}

// Focus is what gets the keys.
func (s *Screen) Focus() fyne.Focusable { return s.glass }

// Repaint shows the picture as it was set last. It belongs to the user
// interface's thread.
func (s *Screen) Repaint() {
	if s.glass.MinSize() != s.glass.Size() {
		s.scroll.Refresh()
	}
	s.Picture.Refresh()
}

// Resize is part of fyne.CanvasObject.
func (s *Screen) Resize(size fyne.Size) {
	s.BaseWidget.Resize(size)
	s.scroll.Refresh()
}

// MinSize is part of fyne.CanvasObject.
func (s *Screen) MinSize() fyne.Size { return fyne.NewSquareSize(32) }

// pixelAt is the picture's pixel at a place, where a picture of so many pixels
// is painted at a position in a size. A place outside gives the nearest pixel.
func pixelAt(at, from fyne.Position, size fyne.Size, pixels image.Point) (pixel image.Point, inside bool) {
	if size.Width <= 0 || size.Height <= 0 || pixels.X <= 0 || pixels.Y <= 0 {
		return image.Point{}, false
	}
	one := func(v, all float32, n int) int {
		if v < 0 {
			return -1
		}
		return int(float64(v) * float64(n) / float64(all))
	}
	pixel = image.Pt(one(at.X-from.X, size.Width, pixels.X), one(at.Y-from.Y, size.Height, pixels.Y))
	inside = pixel.In(image.Rectangle{Max: pixels})
	return image.Pt(min(max(pixel.X, 0), pixels.X-1), min(max(pixel.Y, 0), pixels.Y-1)), inside
}
