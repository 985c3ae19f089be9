//go:build !headless

package widget

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"

	"github.com/beistand/beistand/app/gui/theme"
)

// CreateRenderer is part of fyne.Widget.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	r := &sheetRenderer{sheet: s}
	r.Refresh()
	return r
}

// sheetRenderer keeps one row of objects for each visible line and uses them
// again for others when the text is scrolled.
type sheetRenderer struct {
	sheet *sheet
	rows  []*sheetRow
	used  int
}

// numbers is the width of the line numbers' column, in letters.
func (v *TextView) numbers() int {
	return len(strconv.Itoa(v.lines.Len()+max(0, v.First-1))) + 2
}

func (r *sheetRenderer) MinSize() fyne.Size {
	view := r.sheet.view
	pitch, lines := r.sheet.pitch(), view.lines
	if lines == nil {
		return fyne.Size{}
	}
	return fyne.NewSize(
		2*sheetPad+float32(view.numbers()+lines.Widest+1)*pitch.Width,
		float32(lines.Len())*pitch.Height,
	)
}

func (r *sheetRenderer) Layout(fyne.Size) { r.Refresh() }

func (r *sheetRenderer) Refresh() {
	view := r.sheet.view
	pitch, at, size := r.sheet.pitch(), view.scroll.Offset, view.scroll.Size()
	first := max(0, int(at.Y/pitch.Height))
	last := min(view.lines.Len(), int((at.Y+size.Height)/pitch.Height)+1)
	f := frame{pitch: pitch, width: max(r.sheet.Size().Width, size.Width)}
	f.gutter = sheetPad + float32(view.numbers())*pitch.Width
	f.left = max(0, int((at.X-f.gutter)/pitch.Width))
	f.right = f.left + int(size.Width/pitch.Width) + 2
	f.from, f.to = view.ends()
	r.used = max(0, last-first)
	for len(r.rows) < r.used {
		r.rows = append(r.rows, newSheetRow())
	}
	for n := range r.used {
		r.rows[n].paint(view, first+n, f)
	}
	canvas.Refresh(r.sheet)
}

func (r *sheetRenderer) Objects() []fyne.CanvasObject {
	all := make([]fyne.CanvasObject, 0, 3*r.used)
	for _, row := range r.rows[:r.used] {
		all = append(all, row.ground, row.number)
		if row.chosen {
			all = append(all, row.choice)
		}
		for _, s := range row.spans[:row.used] {
			all = append(all, s.ground)
		}
		all = append(all, row.text)
		for _, s := range row.spans[:row.used] {
			all = append(all, s.text)
		}
	}
	return all
}

func (r *sheetRenderer) Destroy() {}

// frame is what can be seen, the same for all rows.
type frame struct {
	pitch         fyne.Size
	width, gutter float32
	left, right   int   // columns
	from, to      place // of the selection
}

// x is where a column begins.
func (f frame) x(column int) float32 { return f.gutter + float32(column)*f.pitch.Width }

type sheetRow struct {
	ground       *canvas.Rectangle
	number, text *canvas.Text
	choice       *canvas.Rectangle // the selected part
	chosen       bool
	spans        []rowSpan
	used         int
}

// rowSpan is a part of a row that stands out.
type rowSpan struct {
	ground *canvas.Rectangle
	text   *canvas.Text
}

func newSheetRow() *sheetRow {
	row := &sheetRow{ground: canvas.NewRectangle(nil), number: canvas.NewText("", nil), text: canvas.NewText("", nil), choice: canvas.NewRectangle(nil)}
	row.number.TextStyle.Monospace, row.text.TextStyle.Monospace = true, true
	return row
}

func (row *sheetRow) paint(view *TextView, line int, f frame) {
	y := float32(line) * f.pitch.Height
	row.ground.FillColor = base.Color(theme.ColorNameCard)
	switch {
	case line == view.marked:
		row.ground.FillColor = base.Color(theme.ColorNameSoftWarning)
	case view.found[line]:
		row.ground.FillColor = base.Color(theme.ColorNameSoftPrimary)
	}
	row.ground.Move(fyne.NewPos(0, y))
	row.ground.Resize(fyne.NewSize(f.width, f.pitch.Height))
	row.number.Text = strconv.Itoa(line + max(1, view.First))
	row.number.Color, row.text.Color = base.Color(theme.ColorNameMuted), base.Color(base.ColorNameForeground)
	row.number.TextSize = base.Size(base.SizeNameCaptionText)
	row.text.TextSize = row.number.TextSize
	text := view.lines.Columns(line, f.left, f.right)
	row.text.TextStyle.Bold = line == view.marked
	row.text.Text = row.paintSpans(view, line, f, text)
	row.number.Move(fyne.NewPos(sheetPad+float32(view.numbers()-2-len(row.number.Text))*f.pitch.Width, y+1))
	row.text.Move(fyne.NewPos(f.x(f.left), y+1))
	row.number.Resize(row.number.MinSize())
	row.text.Resize(row.text.MinSize())
	row.paintChoice(view, line, f)
}

// paintChoice puts the ground under the selected part.
func (row *sheetRow) paintChoice(view *TextView, line int, f frame) {
	row.chosen = f.from != f.to && f.from.line <= line && line <= f.to.line
	if !row.chosen {
		return
	}
	from, to := 0, view.lines.Column(line, len(view.lines.Raw(line)))+1
	if line == f.from.line {
		from = view.lines.Column(line, f.from.at)
	}
	if line == f.to.line {
		to = view.lines.Column(line, f.to.at)
	}
	row.choice.FillColor = base.Color(theme.ColorNameChosen)
	row.choice.Move(fyne.NewPos(f.x(from), float32(line)*f.pitch.Height))
	row.choice.Resize(fyne.NewSize(float32(to-from)*f.pitch.Width, f.pitch.Height))
}

// paintSpans puts what stands out over the text, and gives the text without it.
func (row *sheetRow) paintSpans(view *TextView, line int, f frame, text string) string {
	row.used = 0
	spans := view.spans(line)
	if len(spans) == 0 {
		return text
	}
	letters := []rune(text)
	for _, s := range spans {
		from, to := view.lines.Column(line, s.From), view.lines.Column(line, s.To)
		begin, end := max(from, f.left), min(to, f.left+len(letters))
		if begin >= end {
			continue
		}
		if row.used == len(row.spans) {
			row.spans = append(row.spans, rowSpan{canvas.NewRectangle(nil), canvas.NewText("", nil)})
		}
		o := row.spans[row.used]
		row.used++
		y := float32(line) * f.pitch.Height
		o.ground.FillColor, o.ground.StrokeColor = base.Color(s.Tone.soft()), base.Color(s.Tone.strong())
		o.ground.StrokeWidth, o.ground.CornerRadius = 1, 4
		o.ground.Move(fyne.NewPos(f.x(begin), y+0.5))
		o.ground.Resize(fyne.NewSize(float32(end-begin)*f.pitch.Width, f.pitch.Height-1))
		o.text.Text = string(letters[begin-f.left : end-f.left])
		o.text.Color, o.text.TextSize = base.Color(s.Tone.strong()), row.text.TextSize
		o.text.TextStyle = fyne.TextStyle{Monospace: true, Bold: true}
		o.text.Move(fyne.NewPos(f.x(begin), y+1))
		o.text.Resize(o.text.MinSize())
		copy(letters[begin-f.left:], []rune(strings.Repeat(" ", end-begin)))
	}
	return string(letters)
}
