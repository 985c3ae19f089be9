//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Badge is a word on a coloured ground.
type Badge struct {
	widget.BaseWidget
	Text string
	Tone Tone
}

// NewBadge shows text in tone's colours.
func NewBadge(text string, tone Tone) *Badge {
	b := &Badge{Text: text, Tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another word.
func (b *Badge) Set(text string, tone Tone) {
	b.Text, b.Tone = text, tone
	b.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: b, ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type badgeRenderer struct {
	badge  *Badge
	ground *canvas.Rectangle
	text   *canvas.Text
}

func (r *badgeRenderer) MinSize() fyne.Size { return r.text.MinSize().AddWidthHeight(18, 6) }

// Layout keeps the badge as small as its word, at the left and in the middle.
func (r *badgeRenderer) Layout(size fyne.Size) {
	least := r.MinSize()
	at := fyne.NewPos(0, (size.Height-least.Height)/2)
	r.ground.Move(at)
	r.ground.Resize(least)
	r.ground.CornerRadius = least.Height / 2
	r.text.Move(at.AddXY(9, 3))
	r.text.Resize(r.text.MinSize())
}

func (r *badgeRenderer) Refresh() {
	r.ground.FillColor = base.Color(r.badge.Tone.soft())
	r.text.Text, r.text.Color = r.badge.Text, base.Color(r.badge.Tone.strong())
	r.text.TextSize, r.text.TextStyle = base.Size(base.SizeNameCaptionText), fyne.TextStyle{Bold: true}
	r.Layout(r.badge.Size())
	canvas.Refresh(r.badge)
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.text}
}

func (r *badgeRenderer) Destroy() {}
