//go:build !headless

package widget

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// glass is what a screen's picture lies behind: it takes mouse and keyboard.
type glass struct {
	widget.BaseWidget
	screen *Screen

	pointed bool // Pointed knows a place
	over    bool // the pointer is on the picture
	pressed map[MouseButton]bool
	rest    fyne.Delta // of the wheel, less than a notch
	keys    keyboard
}

var (
	_ desktop.Hoverable  = (*glass)(nil)
	_ desktop.Mouseable  = (*glass)(nil)
	_ desktop.Cursorable = (*glass)(nil)
	_ fyne.Draggable     = (*glass)(nil)
	_ fyne.Scrollable    = (*glass)(nil)
	_ fyne.Tabbable      = (*glass)(nil)
	_ fyne.Shortcutable  = (*glass)(nil)
	_ desktop.Keyable    = (*glass)(nil)
)

func newGlass(s *Screen) *glass {
	g := &glass{screen: s, pressed: map[MouseButton]bool{}}
	g.keys.strike = func(char rune, name string, down bool) {
		if s.Hands != nil {
			s.Hands.Key(char, name, down)
		}
	}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is part of fyne.Widget.
func (g *glass) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(g.screen.Picture)
}

// at is the picture's pixel at a place on the glass.
func (g *glass) at(p fyne.Position) (image.Point, bool) {
	return g.screen.Picture.PlaceOf(p)
}

// Cursor is part of desktop.Cursorable.
func (g *glass) Cursor() desktop.Cursor {
	switch {
	case g.screen.control && g.over:
		return g.screen.Picture.CursorNow()
	case g.screen.point && !g.screen.control:
		return desktop.CrosshairCursor
	}
	return desktop.DefaultCursor
}

// MouseIn is part of desktop.Hoverable.
func (g *glass) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (g *glass) MouseMoved(e *desktop.MouseEvent) {
	g.touched()
	at, inside := g.at(e.Position)
	g.over = inside
	g.screen.Picture.SetOwn(inside && g.screen.control, at)
	if !inside {
		g.unpoint()
		return
	}
	g.moved(at)
}

func (g *glass) touched() {
	if g.screen.Touched != nil {
		g.screen.Touched()
	}
}

func (g *glass) moved(at image.Point) {
	s := g.screen
	if s.control && s.Hands != nil {
		s.Hands.Move(at)
	} else if s.point && s.Pointed != nil {
		g.pointed = true
		s.Pointed(at, true)
	}
}

// MouseOut is part of desktop.Hoverable.
func (g *glass) MouseOut() {
	g.over = false
	g.screen.Picture.SetOwn(false, image.Point{})
	g.unpoint()
}

func (g *glass) unpoint() {
	if g.pointed && g.screen.Pointed != nil {
		g.screen.Pointed(image.Point{}, false)
	}
	g.pointed = false
}

// Dragged is part of fyne.Draggable: what is dragged past the edge stays at it.
// While nothing goes to the other side, the picture itself is dragged.
func (g *glass) Dragged(e *fyne.DragEvent) {
	if !g.screen.control && !g.screen.point {
		g.screen.Picture.Scroll(fyne.NewDelta(-e.Dragged.DX, -e.Dragged.DY))
		return
	}
	at, _ := g.at(e.Position)
	g.moved(at)
}

// DragEnd is part of fyne.Draggable; MouseUp comes besides.
func (g *glass) DragEnd() {}

// MouseDown is part of desktop.Mouseable.
func (g *glass) MouseDown(e *desktop.MouseEvent) {
	at, inside := g.at(e.Position)
	b, known := buttonOf(e.Button)
	if !g.screen.control || g.screen.Hands == nil || !inside || !known {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil && c.Focused() != g {
		c.Focus(g)
	}
	g.pressed[b] = true
	g.screen.Hands.Move(at)
	g.screen.Hands.Button(b, true)
}

// MouseUp is part of desktop.Mouseable.
func (g *glass) MouseUp(e *desktop.MouseEvent) {
	b, known := buttonOf(e.Button)
	if !known || !g.pressed[b] {
		return
	}
	at, _ := g.at(e.Position)
	g.screen.Hands.Move(at)
	g.release(b)
}

func (g *glass) release(b MouseButton) {
	delete(g.pressed, b)
	if g.screen.Hands != nil {
		g.screen.Hands.Button(b, false)
	}
}

func (g *glass) releaseAll() {
	for b := range g.pressed {
		g.release(b)
	}
	g.keys.releaseAll()
}

func buttonOf(b desktop.MouseButton) (MouseButton, bool) {
	switch b {
	case desktop.MouseButtonPrimary:
		return LeftButton, true
	case desktop.MouseButtonTertiary:
		return MiddleButton, true
	case desktop.MouseButtonSecondary:
		return RightButton, true
	}
	return 0, false
}

// maxNotches bounds one turn of the wheel, which Fyne accelerates.
const maxNotches = 5

// Scrolled is part of fyne.Scrollable.
func (g *glass) Scrolled(e *fyne.ScrollEvent) {
	g.touched()
	if !g.screen.control || g.screen.Hands == nil {
		g.screen.Picture.Scroll(fyne.NewDelta(-e.Scrolled.DX, -e.Scrolled.DY))
		return
	}
	var dx, dy int
	dx, g.rest.DX = notches(g.rest.DX - e.Scrolled.DX)
	dy, g.rest.DY = notches(g.rest.DY - e.Scrolled.DY)
	if dx != 0 || dy != 0 {
		g.screen.Hands.Wheel(dx, dy)
	}
}

// notches are the whole ones in what has been turned, and what is left of it.
func notches(turned float32) (n int, rest float32) {
	whole := math.Trunc(float64(turned / notch))
	return int(min(max(whole, -maxNotches), maxNotches)), turned - float32(whole)*notch
}
