//go:build !headless

package widget

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Marked is one line of text in which parts stand out; what has no room is cut.
type Marked struct {
	widget.BaseWidget
	Text  string
	Spans []Span // in order
}

// NewMarked shows text.
func NewMarked(text string, spans []Span) *Marked {
	m := &Marked{Text: text, Spans: spans}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows another text.
func (m *Marked) Set(text string, spans []Span) {
	if m.Text != text || !slices.Equal(m.Spans, spans) {
		m.Text, m.Spans = text, spans
		m.Refresh()
	}
}

// CreateRenderer is part of fyne.Widget.
func (m *Marked) CreateRenderer() fyne.WidgetRenderer { return &markedRenderer{marked: m} }

type markedRenderer struct {
	marked  *Marked
	objects []fyne.CanvasObject
}

func (r *markedRenderer) MinSize() fyne.Size {
	size := fyne.MeasureText("M", base.Size(base.SizeNameText), fyne.TextStyle{})
	return fyne.NewSize(24, size.Height+4)
}

func (r *markedRenderer) Layout(size fyne.Size) {
	r.objects = r.objects[:0]
	x, at, text := float32(0), 0, r.marked.Text
	for _, s := range r.marked.Spans {
		if s.From < at || s.To > len(text) {
			continue
		}
		x = r.put(text[at:s.From], nil, x, size)
		x = r.put(text[s.From:s.To], &s.Tone, x, size)
		at = s.To
	}
	r.put(text[at:], nil, x, size)
}

// put adds a piece at x and gives where the next one begins.
func (r *markedRenderer) put(text string, tone *Tone, x float32, room fyne.Size) float32 {
	if text == "" || x >= room.Width {
		return x
	}
	o := canvas.NewText(strings.Map(visible, text), base.Color(base.ColorNameForeground))
	o.TextSize = base.Size(base.SizeNameText)
	pad := float32(0)
	if tone != nil {
		o.Color, o.TextStyle.Bold = base.Color(tone.strong()), true
		pad = 4
	}
	letters := []rune(o.Text)
	for len(letters) > 0 && x+o.MinSize().Width+2*pad > room.Width {
		letters = letters[:len(letters)-1]
		o.Text = string(letters) + "…"
	}
	size := o.MinSize()
	y := (room.Height - size.Height) / 2
	if tone != nil {
		ground := canvas.NewRectangle(base.Color(tone.soft()))
		ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = base.Color(tone.strong()), 1, 4
		ground.Move(fyne.NewPos(x+1, y))
		ground.Resize(fyne.NewSize(size.Width+2*pad-2, size.Height))
		r.objects = append(r.objects, ground)
	}
	o.Move(fyne.NewPos(x+pad, y))
	o.Resize(size)
	r.objects = append(r.objects, o)
	if len(letters) < len([]rune(text)) {
		return room.Width
	}
	return x + size.Width + 2*pad
}

// visible keeps a line one line.
func visible(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

func (r *markedRenderer) Refresh() {
	r.Layout(r.marked.Size())
	canvas.Refresh(r.marked)
}

func (r *markedRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *markedRenderer) Destroy() {}
