//go:build !headless

package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// sheet is the whole text's area inside the scroller. It takes what the pointer does.
type sheet struct {
	widget.BaseWidget
	view     *TextView
	pressed  bool // the selection was begun by the button, not by the first move
	dragging bool
	clicked  time.Time
	at       place // of the last click
}

var (
	_ fyne.Draggable         = (*sheet)(nil)
	_ fyne.SecondaryTappable = (*sheet)(nil)
	_ desktop.Mouseable      = (*sheet)(nil)
	_ desktop.Cursorable     = (*sheet)(nil)
)

const sheetPad = float32(6)

// pitch is one letter's width and one line's height.
func (s *sheet) pitch() fyne.Size {
	size := base.Size(base.SizeNameCaptionText)
	const sample = 64 // letters, because one alone is rounded
	m := fyne.MeasureText(sampleText, size, fyne.TextStyle{Monospace: true})
	return fyne.NewSize(m.Width/sample, m.Height+2)
}

const sampleText = "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"

// place is where a point of the sheet is in the text.
func (s *sheet) place(p fyne.Position) (place, bool) {
	v, pitch := s.view, s.pitch()
	if v.lines.Len() == 0 {
		return place{}, false
	}
	line := min(max(0, int(p.Y/pitch.Height)), v.lines.Len()-1)
	gutter := sheetPad + float32(v.numbers())*pitch.Width
	column := max(0, int((p.X-gutter)/pitch.Width+0.5))
	return place{line, v.lines.Offset(line, column)}, true
}

// MouseDown begins a selection, or takes the word that was clicked twice.
func (s *sheet) MouseDown(e *desktop.MouseEvent) {
	at, ok := s.place(e.Position)
	if !ok || e.Button != desktop.MouseButtonPrimary {
		return
	}
	s.focus()
	twice := time.Since(s.clicked) < fyne.CurrentApp().Driver().DoubleTapDelay() && at == s.at
	s.clicked, s.at, s.pressed = time.Now(), at, true
	switch {
	case twice:
		from, to := s.view.word(at)
		s.view.choose(selection{on: true, anchor: from, head: to})
	case e.Modifier&fyne.KeyModifierShift != 0 && s.view.sel.on:
		s.view.choose(selection{on: true, anchor: s.view.sel.anchor, head: at})
	default:
		s.view.choose(selection{on: true, anchor: at, head: at})
	}
}

// MouseUp is part of desktop.Mouseable.
func (s *sheet) MouseUp(*desktop.MouseEvent) {}

// Dragged selects, and scrolls at the edges of what can be seen.
func (s *sheet) Dragged(e *fyne.DragEvent) {
	v := s.view
	at, ok := s.place(e.Position)
	if !ok {
		return
	}
	if !s.dragging && !s.pressed {
		from, _ := s.place(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
		v.sel = selection{on: true, anchor: from}
	}
	s.dragging = true
	v.choose(selection{on: true, anchor: v.sel.anchor, head: at})
	offset, room, pitch := v.scroll.Offset, v.scroll.Size(), s.pitch()
	switch {
	case e.Position.Y < offset.Y:
		offset.Y -= pitch.Height
	case e.Position.Y > offset.Y+room.Height:
		offset.Y += pitch.Height
	}
	switch {
	case e.Position.X < offset.X:
		offset.X -= 4 * pitch.Width
	case e.Position.X > offset.X+room.Width:
		offset.X += 4 * pitch.Width
	}
	if offset != v.scroll.Offset {
		v.scroll.ScrollToOffset(fyne.NewPos(max(0, offset.X), max(0, offset.Y)))
	}
}

// DragEnd is part of fyne.Draggable.
func (s *sheet) DragEnd() { s.dragging, s.pressed = false, false }

// Tapped marks a line.
func (s *sheet) Tapped(e *fyne.PointEvent) {
	s.pressed = false
	if line := int(e.Position.Y / s.pitch().Height); line < s.view.lines.Len() {
		s.view.marked = line
		s.Refresh()
	}
	s.focus()
}

// TappedSecondary opens the menu for what is selected, or for the word that was clicked.
func (s *sheet) TappedSecondary(e *fyne.PointEvent) {
	v := s.view
	if v.Selection() == "" {
		if at, ok := s.place(e.Position); ok {
			from, to := v.word(at)
			v.choose(selection{on: true, anchor: from, head: to})
		}
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	if v.Menu == nil || c == nil || v.Selection() == "" {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", v.Menu()...), c, e.AbsolutePosition)
}

func (s *sheet) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.view); c != nil {
		c.Focus(s.view)
	}
}

// Cursor is part of desktop.Cursorable.
func (s *sheet) Cursor() desktop.Cursor { return desktop.TextCursor }
