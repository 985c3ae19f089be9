//go:build !headless

package widget

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Blackout is a picture on which rectangles are drawn by dragging. It does not
// make anything black: who is told of a rectangle sets another picture.
type Blackout struct {
	widget.BaseWidget
	Drawn func(image.Rectangle) // in the picture's pixels, within it; may be nil
	Undo  func()                // called on the undo shortcut; may be nil

	picture  *Picture
	framed   []image.Rectangle // have a frame: what is black already
	proposed []image.Rectangle // have another: what could be
	dragging bool
	from, to fyne.Position
	pressed  *fyne.Position
}

var (
	_ fyne.Draggable     = (*Blackout)(nil)
	_ fyne.Focusable     = (*Blackout)(nil)
	_ fyne.Shortcutable  = (*Blackout)(nil)
	_ desktop.Mouseable  = (*Blackout)(nil)
	_ desktop.Cursorable = (*Blackout)(nil)
)

// leastDrawn is the least width and height of what counts as drawn, in pixels:
// a click with a trembling hand is none.
const leastDrawn = 3

// NewBlackout shows a picture.
func NewBlackout(m image.Image, framed []image.Rectangle) *Blackout {
	b := &Blackout{picture: NewPicture()}
	b.picture.Best = true
	b.picture.Set(m)
	b.framed = framed
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another picture of the same size, with frames around parts of it.
func (b *Blackout) Set(m image.Image, framed []image.Rectangle) {
	b.picture.Set(m)
	b.framed = framed
	b.picture.Refresh()
	b.Refresh()
}

// Propose puts frames of another kind around parts; nil takes them away.
func (b *Blackout) Propose(all []image.Rectangle) {
	b.proposed = all
	b.Refresh()
}

// MouseDown remembers where a rectangle begins.
func (b *Blackout) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		at := e.Position
		b.pressed = &at
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b)
	}
}

// MouseUp is part of desktop.Mouseable.
func (b *Blackout) MouseUp(*desktop.MouseEvent) {}

// Dragged draws.
func (b *Blackout) Dragged(e *fyne.DragEvent) {
	if !b.dragging {
		b.dragging = true
		b.from = e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY)
		if b.pressed != nil {
			b.from = *b.pressed
		}
	}
	b.to = e.Position
	b.Refresh()
}

// DragEnd tells of what was drawn.
func (b *Blackout) DragEnd() {
	r := b.drawn()
	b.dragging, b.pressed = false, nil
	b.Refresh()
	if b.Drawn != nil && r.Dx() >= leastDrawn && r.Dy() >= leastDrawn {
		b.Drawn(r)
	}
}

// drawn is what is drawn by now, in the picture's pixels: each that is touched.
func (b *Blackout) drawn() image.Rectangle {
	at, scale := b.place()
	if !b.dragging || scale == 0 {
		return image.Rectangle{}
	}
	low, high := b.from.Subtract(at), b.to.Subtract(at)
	low.X, high.X = min(low.X, high.X), max(low.X, high.X)
	low.Y, high.Y = min(low.Y, high.Y), max(low.Y, high.Y)
	floor := func(v float32) int { return int(math.Floor(float64(v / scale))) }
	ceil := func(v float32) int { return int(math.Ceil(float64(v / scale))) }
	return image.Rect(floor(low.X), floor(low.Y), ceil(high.X), ceil(high.Y)).
		Intersect(image.Rectangle{Max: b.picture.PixelSize()})
}

// place is where the picture is, and how large one of its pixels is shown.
func (b *Blackout) place() (fyne.Position, float32) {
	pixels := b.picture.PixelSize()
	if pixels.X == 0 {
		return fyne.Position{}, 0
	}
	raster := b.picture.raster
	return b.picture.Position().Add(raster.Position()), raster.Size().Width / float32(pixels.X)
}

// Cursor is part of desktop.Cursorable.
func (b *Blackout) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// FocusGained is part of fyne.Focusable.
func (b *Blackout) FocusGained() {}

// FocusLost is part of fyne.Focusable.
func (b *Blackout) FocusLost() {}

// TypedRune is part of fyne.Focusable.
func (b *Blackout) TypedRune(rune) {}

// TypedKey is part of fyne.Focusable.
func (b *Blackout) TypedKey(*fyne.KeyEvent) {}

// TypedShortcut takes back what was drawn last.
func (b *Blackout) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutUndo); ok && b.Undo != nil {
		b.Undo()
	}
}

// CreateRenderer is part of fyne.Widget.
func (b *Blackout) CreateRenderer() fyne.WidgetRenderer { return &blackoutRenderer{blackout: b} }

type blackoutRenderer struct {
	blackout *Blackout
	frames   []*canvas.Rectangle
}

func (r *blackoutRenderer) Layout(size fyne.Size) {
	r.blackout.picture.Resize(size)
	r.Refresh()
}

func (r *blackoutRenderer) MinSize() fyne.Size { return r.blackout.picture.MinSize() }

func (r *blackoutRenderer) Refresh() {
	b := r.blackout
	at, scale := b.place()
	r.frames = r.frames[:0]
	put := func(all []image.Rectangle, name fyne.ThemeColorName, fill bool) {
		for _, part := range all {
			o := canvas.NewRectangle(nil)
			if fill {
				o.FillColor = base.Color(base.ColorNameShadow)
			}
			o.StrokeColor, o.StrokeWidth = base.Color(name), 2
			o.Move(at.AddXY(float32(part.Min.X)*scale, float32(part.Min.Y)*scale))
			o.Resize(fyne.NewSize(float32(part.Dx())*scale, float32(part.Dy())*scale))
			r.frames = append(r.frames, o)
		}
	}
	put(b.framed, base.ColorNamePrimary, false)
	put(b.proposed, base.ColorNameWarning, false)
	if d := b.drawn(); !d.Empty() {
		put([]image.Rectangle{d}, base.ColorNameError, true)
	}
	canvas.Refresh(b)
}

func (r *blackoutRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.blackout.picture}
	for _, o := range r.frames {
		all = append(all, o)
	}
	return all
}

func (r *blackoutRenderer) Destroy() {}
