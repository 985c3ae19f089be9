//go:build !headless

package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/theme"
)

// Tile is a small picture with a name below, to be chosen.
type Tile struct {
	widget.BaseWidget
	Text   string
	Chosen bool
	Choose func()

	picture image.Image // may be nil
	over    bool        // the pointer is, or the focus
}

// TileSize is every tile's, in Fyne's units.
var TileSize = fyne.NewSize(164, 132)

// NewTile calls choose when it is tapped.
func NewTile(picture image.Image, text string, choose func()) *Tile {
	t := &Tile{Text: text, Choose: choose, picture: picture}
	t.ExtendBaseWidget(t)
	return t
}

// Set says whether it is the chosen one.
func (t *Tile) Set(chosen bool) {
	t.Chosen = chosen
	t.Refresh()
}

// Tapped is part of fyne.Tappable.
func (t *Tile) Tapped(*fyne.PointEvent) { t.Choose() }

// TypedKey is part of fyne.Focusable.
func (t *Tile) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeySpace || key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
		t.Choose()
	}
}

// TypedRune is part of fyne.Focusable.
func (t *Tile) TypedRune(rune) {}

// FocusGained is part of fyne.Focusable.
func (t *Tile) FocusGained() { t.hover(true) }

// FocusLost is part of fyne.Focusable.
func (t *Tile) FocusLost() { t.hover(false) }

// MouseIn is part of desktop.Hoverable.
func (t *Tile) MouseIn(*desktop.MouseEvent) { t.hover(true) }

// MouseMoved is part of desktop.Hoverable.
func (t *Tile) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (t *Tile) MouseOut() { t.hover(false) }

func (t *Tile) hover(on bool) {
	t.over = on
	t.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	name := NewCaption(t.Text)
	name.Wrapping, name.Truncation, name.Alignment = fyne.TextWrapOff, fyne.TextTruncateEllipsis, fyne.TextAlignCenter
	name.Importance = widget.MediumImportance
	r := &tileRenderer{tile: t, ground: canvas.NewRectangle(nil), name: name}
	if t.picture != nil {
		r.picture = canvas.NewImageFromImage(t.picture)
		r.picture.FillMode, r.picture.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	}
	r.Refresh()
	return r
}

type tileRenderer struct {
	tile    *Tile
	ground  *canvas.Rectangle
	picture *canvas.Image // nil: there is none
	name    *widget.Label
}

const tilePad = float32(8)

func (r *tileRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	line := r.name.MinSize().Height
	r.name.Resize(fyne.NewSize(size.Width, line))
	r.name.Move(fyne.NewPos(0, size.Height-line))
	if r.picture != nil {
		r.picture.Move(fyne.NewSquareOffsetPos(tilePad))
		r.picture.Resize(fyne.NewSize(size.Width-2*tilePad, size.Height-line-tilePad))
	}
}

func (r *tileRenderer) MinSize() fyne.Size { return TileSize }

func (r *tileRenderer) Refresh() {
	r.ground.CornerRadius, r.ground.StrokeWidth = 8, 1
	r.ground.FillColor, r.ground.StrokeColor = base.Color(theme.ColorNameCard), base.Color(theme.ColorNameCardBorder)
	if r.tile.over {
		r.ground.FillColor = base.Color(theme.ColorNameSoftNeutral)
	}
	if r.tile.Chosen {
		r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = base.Color(theme.ColorNameSoftPrimary), base.Color(base.ColorNamePrimary), 2
	}
	r.name.SetText(r.tile.Text)
	canvas.Refresh(r.tile)
}

func (r *tileRenderer) Objects() []fyne.CanvasObject {
	if r.picture == nil {
		return []fyne.CanvasObject{r.ground, r.name}
	}
	return []fyne.CanvasObject{r.ground, r.picture, r.name}
}

func (r *tileRenderer) Destroy() {}
