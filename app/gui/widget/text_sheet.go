//go:build !headless

package widget

import (
	"strconv"

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
	rows  []sheetRow
	used  int
}

type sheetRow struct {
	ground       *canvas.Rectangle
	number, text *canvas.Text
}

// numbers is the width of the line numbers' column, in letters.
func (r *sheetRenderer) numbers() int {
	return len(strconv.Itoa(r.sheet.view.lines.Len())) + 2
}

func (r *sheetRenderer) MinSize() fyne.Size {
	pitch, lines := r.sheet.pitch(), r.sheet.view.lines
	if lines == nil {
		return fyne.Size{}
	}
	return fyne.NewSize(
		2*sheetPad+float32(r.numbers()+lines.Widest+1)*pitch.Width,
		float32(lines.Len())*pitch.Height,
	)
}

func (r *sheetRenderer) Layout(fyne.Size) { r.Refresh() }

func (r *sheetRenderer) Refresh() {
	view := r.sheet.view
	pitch, at, size := r.sheet.pitch(), view.scroll.Offset, view.scroll.Size()
	first := max(0, int(at.Y/pitch.Height))
	last := min(view.lines.Len(), int((at.Y+size.Height)/pitch.Height)+1)
	gutter := sheetPad + float32(r.numbers())*pitch.Width
	left := max(0, int((at.X-gutter)/pitch.Width))
	right := left + int(size.Width/pitch.Width) + 2
	r.used = max(0, last-first)
	for len(r.rows) < r.used {
		r.rows = append(r.rows, newSheetRow())
	}
	width := max(r.sheet.Size().Width, size.Width)
	for n := range r.used {
		line, row := first+n, r.rows[n]
		y := float32(line) * pitch.Height
		row.ground.FillColor = base.Color(theme.ColorNameCard)
		switch {
		case line == view.marked:
			row.ground.FillColor = base.Color(theme.ColorNameSoftWarning)
		case view.found[line]:
			row.ground.FillColor = base.Color(theme.ColorNameSoftPrimary)
		}
		row.ground.Move(fyne.NewPos(0, y))
		row.ground.Resize(fyne.NewSize(width, pitch.Height))
		row.number.Text = strconv.Itoa(line + 1)
		row.number.Color, row.text.Color = base.Color(theme.ColorNameMuted), base.Color(base.ColorNameForeground)
		row.number.TextSize = base.Size(base.SizeNameCaptionText)
		row.text.TextSize = row.number.TextSize
		row.text.Text = view.lines.Columns(line, left, right)
		row.text.TextStyle.Bold = line == view.marked
		row.number.Move(fyne.NewPos(sheetPad+float32(r.numbers()-2-len(row.number.Text))*pitch.Width, y+1))
		row.text.Move(fyne.NewPos(gutter+float32(left)*pitch.Width, y+1))
		row.number.Resize(row.number.MinSize())
		row.text.Resize(row.text.MinSize())
	}
	canvas.Refresh(r.sheet)
}

func newSheetRow() sheetRow {
	row := sheetRow{canvas.NewRectangle(nil), canvas.NewText("", nil), canvas.NewText("", nil)}
	row.number.TextStyle.Monospace, row.text.TextStyle.Monospace = true, true
	return row
}

func (r *sheetRenderer) Objects() []fyne.CanvasObject {
	all := make([]fyne.CanvasObject, 0, 3*r.used)
	for _, row := range r.rows[:r.used] {
		all = append(all, row.ground, row.number, row.text)
	}
	return all
}

func (r *sheetRenderer) Destroy() {}
