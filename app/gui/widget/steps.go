//go:build !headless

package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/theme"
)

// Steps shows the way through several pages and where on it one is.
type Steps struct {
	widget.BaseWidget
	Names   []string
	Current int // from 0
}

// NewSteps is at the first step.
func NewSteps(names ...string) *Steps {
	s := &Steps{Names: names}
	s.ExtendBaseWidget(s)
	return s
}

// Go shows another step as the current one.
func (s *Steps) Go(current int) {
	s.Current = current
	s.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer {
	r := &stepsRenderer{steps: s}
	r.Refresh()
	return r
}

const (
	stepDisc = float32(24)
	stepGap  = float32(8)
	stepLine = float32(22)
)

type stepsRenderer struct {
	steps   *Steps
	discs   []*canvas.Circle
	numbers []*canvas.Text
	names   []*canvas.Text
	lines   []*canvas.Line
}

func (r *stepsRenderer) Refresh() {
	r.discs, r.numbers, r.names, r.lines = nil, nil, nil, nil
	for i, name := range r.steps.Names {
		disc := canvas.NewCircle(base.Color(theme.ColorNameSoftNeutral))
		number := canvas.NewText(strconv.Itoa(i+1), base.Color(theme.ColorNameMuted))
		words := canvas.NewText(name, base.Color(theme.ColorNameMuted))
		switch {
		case i < r.steps.Current:
			disc.FillColor, number.Color = base.Color(theme.ColorNameSoftPrimary), base.Color(base.ColorNamePrimary)
			number.Text = "✓"
		case i == r.steps.Current:
			disc.FillColor, number.Color = base.Color(base.ColorNamePrimary), base.Color(base.ColorNameForegroundOnPrimary)
			words.Color, words.TextStyle.Bold = base.Color(base.ColorNameForeground), true
		}
		number.TextSize, words.TextSize = base.Size(base.SizeNameCaptionText), base.Size(base.SizeNameText)
		number.TextStyle.Bold = true
		r.discs, r.numbers, r.names = append(r.discs, disc), append(r.numbers, number), append(r.names, words)
		if i > 0 {
			r.lines = append(r.lines, &canvas.Line{StrokeColor: base.Color(base.ColorNameSeparator), StrokeWidth: 2})
		}
	}
	r.Layout(r.steps.Size())
	canvas.Refresh(r.steps)
}

func (r *stepsRenderer) MinSize() fyne.Size {
	least := fyne.NewSize(0, stepDisc)
	for i, n := range r.names {
		if i > 0 {
			least.Width += stepLine + 2*stepGap
		}
		least.Width += stepDisc + stepGap + n.MinSize().Width
	}
	return least
}

func (r *stepsRenderer) Layout(size fyne.Size) {
	x, middle := float32(0), size.Height/2
	for i := range r.names {
		if i > 0 {
			r.lines[i-1].Position1 = fyne.NewPos(x+stepGap, middle)
			r.lines[i-1].Position2 = fyne.NewPos(x+stepGap+stepLine, middle)
			x += stepLine + 2*stepGap
		}
		r.discs[i].Move(fyne.NewPos(x, middle-stepDisc/2))
		r.discs[i].Resize(fyne.NewSquareSize(stepDisc))
		n := r.numbers[i].MinSize()
		r.numbers[i].Move(fyne.NewPos(x+(stepDisc-n.Width)/2, middle-n.Height/2))
		r.numbers[i].Resize(n)
		w := r.names[i].MinSize()
		x += stepDisc + stepGap
		r.names[i].Move(fyne.NewPos(x, middle-w.Height/2))
		r.names[i].Resize(w)
		x += w.Width
	}
}

func (r *stepsRenderer) Objects() (all []fyne.CanvasObject) {
	for _, l := range r.lines {
		all = append(all, l)
	}
	for i := range r.discs {
		all = append(all, r.discs[i], r.numbers[i], r.names[i])
	}
	return all
}

func (r *stepsRenderer) Destroy() {}
