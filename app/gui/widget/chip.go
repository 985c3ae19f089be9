//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/theme"
)

// Chip is a small word with a sign that says how it is: lit, waited for, or
// not there. Enter, space and a tap press it.
type Chip struct {
	widget.BaseWidget
	Text  string
	State ChipState
	Do    func() // may be nil

	hovered, focused bool
}

// ChipState is how a chip is.
type ChipState int

// The states.
const (
	ChipOff ChipState = iota
	ChipWaits
	ChipLit
)

var (
	_ fyne.Tappable     = (*Chip)(nil)
	_ fyne.Focusable    = (*Chip)(nil)
	_ desktop.Hoverable = (*Chip)(nil)
)

// NewChip is off.
func NewChip(text string, do func()) *Chip {
	c := &Chip{Text: text, Do: do}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows another state.
func (c *Chip) Set(s ChipState) {
	if c.State != s {
		c.State = s
		c.Refresh()
	}
}

// Tapped is part of fyne.Tappable.
func (c *Chip) Tapped(*fyne.PointEvent) {
	if c.Do != nil {
		c.Do()
	}
}

// TypedKey is part of fyne.Focusable.
func (c *Chip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	}
}

// TypedRune is part of fyne.Focusable.
func (c *Chip) TypedRune(rune) {}

// FocusGained is part of fyne.Focusable.
func (c *Chip) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost is part of fyne.Focusable.
func (c *Chip) FocusLost() { c.focused = false; c.Refresh() }

// MouseIn is part of desktop.Hoverable.
func (c *Chip) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved is part of desktop.Hoverable.
func (c *Chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (c *Chip) MouseOut() { c.hovered = false; c.Refresh() }

// CreateRenderer is part of fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{chip: c, ground: canvas.NewRectangle(nil), over: canvas.NewRectangle(nil), sign: canvas.NewImageFromResource(nil), text: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type chipRenderer struct {
	chip         *Chip
	ground, over *canvas.Rectangle
	sign         *canvas.Image
	text         *canvas.Text
}

const chipSign = float32(14)

func (r *chipRenderer) MinSize() fyne.Size { return r.text.MinSize().AddWidthHeight(chipSign+26, 10) }

func (r *chipRenderer) Layout(size fyne.Size) {
	for _, o := range []*canvas.Rectangle{r.ground, r.over} {
		o.Resize(size)
		o.CornerRadius = size.Height / 2
	}
	r.sign.Resize(fyne.NewSquareSize(chipSign))
	r.sign.Move(fyne.NewPos(9, (size.Height-chipSign)/2))
	r.text.Resize(r.text.MinSize())
	r.text.Move(fyne.NewPos(chipSign+14, (size.Height-r.text.MinSize().Height)/2))
}

func (r *chipRenderer) Refresh() {
	c := r.chip
	fill, border, ink, icon := theme.ColorNameCard, theme.ColorNameCardBorder, theme.ColorNameMuted, base.ContentAddIcon()
	switch c.State {
	case ChipLit:
		fill, border, ink, icon = Good.soft(), Good.strong(), Good.strong(), base.ConfirmIcon()
	case ChipWaits:
		fill, border, ink, icon = Warning.soft(), Warning.strong(), Warning.strong(), base.HistoryIcon()
	}
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = base.Color(fill), base.Color(border), 1
	r.over.FillColor, r.over.StrokeWidth = nil, 0
	if c.hovered {
		r.over.FillColor = base.Color(base.ColorNameHover)
	}
	if c.focused {
		r.over.StrokeColor, r.over.StrokeWidth = base.Color(base.ColorNamePrimary), 2
	}
	r.sign.Resource = base.NewColoredResource(icon, ink)
	r.text.Text, r.text.Color = c.Text, base.Color(ink)
	r.text.TextSize, r.text.TextStyle = base.Size(base.SizeNameCaptionText)+1, fyne.TextStyle{Bold: c.State != ChipOff}
	r.Layout(c.Size())
	r.sign.Refresh()
	canvas.Refresh(c)
}

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.over, r.sign, r.text}
}

func (r *chipRenderer) Destroy() {}
