//go:build !headless

package widget

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TypedKey scrolls, or with Shift moves the end of what is selected.
func (v *TextView) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		if v.Act != nil && v.Selection() != "" {
			v.Act()
		}
		return
	}
	if shifted() && v.extend(key.Name) {
		return
	}
	page, line := v.scroll.Size().Height, v.sheet.pitch().Height
	at := v.scroll.Offset
	switch key.Name {
	case fyne.KeyDown:
		at.Y += line
	case fyne.KeyUp:
		at.Y -= line
	case fyne.KeyPageDown:
		at.Y += page - line
	case fyne.KeyPageUp:
		at.Y -= page - line
	case fyne.KeyHome:
		at = fyne.Position{}
	case fyne.KeyEnd:
		at.Y = v.sheet.MinSize().Height
	case fyne.KeyRight:
		at.X += 8 * v.sheet.pitch().Width
	case fyne.KeyLeft:
		at.X -= 8 * v.sheet.pitch().Width
	default:
		return
	}
	v.scroll.ScrollToOffset(fyne.NewPos(max(0, at.X), max(0, at.Y)))
	v.sheet.Refresh()
}

// shifted says whether the shift key is held.
func shifted() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// extend moves the end of what is selected; it begins at the marked line.
func (v *TextView) extend(key fyne.KeyName) bool {
	s := v.sel
	if !s.on {
		line := max(0, v.marked)
		s = selection{on: true, anchor: place{line: line}, head: place{line: line}}
	}
	if s.head.line >= v.lines.Len() {
		return false
	}
	raw := v.lines.Raw(s.head.line)
	column := v.lines.Column(s.head.line, s.head.at)
	switch key {
	case fyne.KeyRight:
		_, n := utf8.DecodeRune(raw[s.head.at:])
		s.head.at += n
	case fyne.KeyLeft:
		_, n := utf8.DecodeLastRune(raw[:s.head.at])
		s.head.at -= n
	case fyne.KeyDown, fyne.KeyUp:
		by := 1
		if key == fyne.KeyUp {
			by = -1
		}
		s.head.line = min(max(0, s.head.line+by), v.lines.Len()-1)
		s.head.at = v.lines.Offset(s.head.line, column)
	case fyne.KeyHome:
		s.head.at = 0
	case fyne.KeyEnd:
		s.head.at = len(raw)
	default:
		return false
	}
	v.choose(s)
	v.show(s.head.line)
	return true
}
