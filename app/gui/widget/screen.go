//go:build !headless

package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/surface"
)

// Screen shows another machine's screen, whole or pixel for pixel with
// scrolling, and tells what is done on it in that screen's own pixels. What it
// tells belongs to the user interface's thread.
type Screen struct {
	widget.BaseWidget
	Picture *surface.Surface

	// Pointed is told where the pointer is while it is over the picture, and
	// once that it is no more. May be nil.
	Pointed func(at image.Point, shown bool)
	// Hands is told what mouse and keyboard do while Control is on. May be nil.
	Hands Hands
	// Touched is called whenever something is done on it. May be nil.
	Touched func()
	// Leave is called on Ctrl+Alt+Enter while Control is on. May be nil.
	Leave func()

	glass   *glass
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
func NewScreen(p *surface.Surface) *Screen {
	s := &Screen{Picture: p}
	s.glass = newGlass(s)
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of fyne.Widget.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.glass) }

// SetControl begins or ends that mouse and keyboard go to Hands. At the end
// everything that is held is let go.
func (s *Screen) SetControl(on bool) {
	if s.control && !on {
		s.glass.releaseAll()
		s.Picture.SetOwn(false, image.Point{})
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

// MinSize is part of fyne.CanvasObject.
func (s *Screen) MinSize() fyne.Size { return fyne.NewSquareSize(32) }
