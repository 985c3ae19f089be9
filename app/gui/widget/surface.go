//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/theme"
)

// Surface is a coloured ground with round corners under its content.
type Surface struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Fill    fyne.ThemeColorName
	Border  fyne.ThemeColorName // "" for none
	Pad     float32             // around the content, in Fyne's units
	Radius  float32
}

// NewCard is the white ground that a page's parts stand on.
func NewCard(content fyne.CanvasObject) *Surface {
	return newSurface(content, theme.ColorNameCard, theme.ColorNameCardBorder, 14, 12)
}

// NewGround is a soft ground for a notice.
func NewGround(tone Tone, content fyne.CanvasObject) *Surface {
	return newSurface(content, tone.soft(), "", 10, 10)
}

// NewField gives a field the border that Fyne's own select lacks.
func NewField(content fyne.CanvasObject) *Surface {
	return newSurface(content, base.ColorNameInputBackground, base.ColorNameInputBorder, 1, 8)
}

func newSurface(content fyne.CanvasObject, fill, border fyne.ThemeColorName, pad, radius float32) *Surface {
	s := &Surface{Content: content, Fill: fill, Border: border, Pad: pad, Radius: radius}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of fyne.Widget.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{surface: s, ground: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	surface *Surface
	ground  *canvas.Rectangle
}

func (r *surfaceRenderer) Layout(size fyne.Size) {
	pad := r.surface.Pad
	r.ground.Resize(size)
	r.surface.Content.Move(fyne.NewSquareOffsetPos(pad))
	r.surface.Content.Resize(size.SubtractWidthHeight(2*pad, 2*pad))
}

func (r *surfaceRenderer) MinSize() fyne.Size {
	return r.surface.Content.MinSize().AddWidthHeight(2*r.surface.Pad, 2*r.surface.Pad)
}

func (r *surfaceRenderer) Refresh() {
	r.ground.FillColor = base.Color(r.surface.Fill)
	r.ground.CornerRadius = r.surface.Radius
	r.ground.StrokeWidth = 0
	if r.surface.Border != "" {
		r.ground.StrokeColor, r.ground.StrokeWidth = base.Color(r.surface.Border), 1
	}
	r.ground.Refresh()
	r.surface.Content.Refresh()
	r.Layout(r.surface.Size())
}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.surface.Content}
}

func (r *surfaceRenderer) Destroy() {}

// Inset keeps content away from what is around it by so many of Fyne's units.
func Inset(by float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(inset(by), content)
}

type inset float32

func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewSquareOffsetPos(float32(i)))
		o.Resize(size.SubtractWidthHeight(2*float32(i), 2*float32(i)))
	}
}

func (i inset) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least = least.Max(o.MinSize())
	}
	return least.AddWidthHeight(2*float32(i), 2*float32(i))
}
