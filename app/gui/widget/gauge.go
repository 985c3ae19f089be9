//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/theme"
)

// Gauge is a name, a figure in words, and a small bar below them.
type Gauge struct {
	widget.BaseWidget
	Name, Text string
	Part       float64 // of the bar, 0 to 1; negative: there is no bar
	Tone       Tone    // of the bar
}

// NewGauge shows a name.
func NewGauge(name string) *Gauge {
	g := &Gauge{Name: name, Part: -1}
	g.ExtendBaseWidget(g)
	return g
}

// Set shows another figure, or another name with it.
func (g *Gauge) Set(name, text string, part float64, tone Tone) {
	if g.Name != name || g.Text != text || g.Part != part || g.Tone != tone {
		g.Name, g.Text, g.Part, g.Tone = name, text, part, tone
		g.Refresh()
	}
}

// CreateRenderer is part of fyne.Widget.
func (g *Gauge) CreateRenderer() fyne.WidgetRenderer {
	r := &gaugeRenderer{
		gauge: g, name: canvas.NewText("", nil), text: canvas.NewText("", nil),
		rail: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
	}
	r.Refresh()
	return r
}

type gaugeRenderer struct {
	gauge      *Gauge
	name, text *canvas.Text
	rail, bar  *canvas.Rectangle
}

const gaugeBar = float32(5)

func (r *gaugeRenderer) MinSize() fyne.Size {
	a, b := r.name.MinSize(), r.text.MinSize()
	return fyne.NewSize(a.Width+b.Width+12, max(a.Height, b.Height)+gaugeBar+6)
}

func (r *gaugeRenderer) Layout(size fyne.Size) {
	line := max(r.name.MinSize().Height, r.text.MinSize().Height)
	r.name.Move(fyne.Position{})
	r.name.Resize(r.name.MinSize())
	r.text.Move(fyne.NewPos(size.Width-r.text.MinSize().Width, 0))
	r.text.Resize(r.text.MinSize())
	for _, o := range []*canvas.Rectangle{r.rail, r.bar} {
		o.Move(fyne.NewPos(0, line+2))
		o.CornerRadius = gaugeBar / 2
	}
	r.rail.Resize(fyne.NewSize(size.Width, gaugeBar))
	r.bar.Resize(fyne.NewSize(size.Width*float32(min(max(r.gauge.Part, 0), 1)), gaugeBar))
}

func (r *gaugeRenderer) Refresh() {
	g := r.gauge
	r.name.Text, r.name.Color, r.name.TextSize = g.Name, base.Color(theme.ColorNameMuted), base.Size(base.SizeNameCaptionText)
	r.text.Text, r.text.Color, r.text.TextSize = g.Text, base.Color(base.ColorNameForeground), base.Size(base.SizeNameCaptionText)
	r.rail.FillColor, r.bar.FillColor = base.Color(Neutral.soft()), base.Color(g.Tone.strong())
	r.rail.Hidden, r.bar.Hidden = g.Part < 0, g.Part <= 0
	r.Layout(g.Size())
	canvas.Refresh(g)
}

func (r *gaugeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.rail, r.bar, r.name, r.text}
}

func (r *gaugeRenderer) Destroy() {}
