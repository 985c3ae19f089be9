//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// TextView shows a long text in a fixed pitch. It paints only the lines and
// columns that can be seen, so its cost does not grow with the text. A tapped
// line is marked, and the copy shortcut takes it.
type TextView struct {
	widget.BaseWidget
	lines  *Lines
	marked int // the line that stands out; -1 for none
	found  map[int]bool
	scroll *container.Scroll
	sheet  *sheet
	focus  bool
	late   bool // the marked line is to be brought into view as soon as there is a size
}

var (
	_ fyne.Focusable    = (*TextView)(nil)
	_ fyne.Shortcutable = (*TextView)(nil)
)

// NewTextView shows lines.
func NewTextView(lines *Lines) *TextView {
	v := &TextView{lines: lines, marked: -1}
	v.sheet = &sheet{view: v}
	v.sheet.ExtendBaseWidget(v.sheet)
	v.scroll = container.NewScroll(v.sheet)
	v.scroll.OnScrolled = func(fyne.Position) { v.sheet.Refresh() }
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer is part of fyne.Widget.
func (v *TextView) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.scroll) }

// Resize is part of fyne.CanvasObject.
func (v *TextView) Resize(size fyne.Size) {
	v.BaseWidget.Resize(size)
	if v.late && v.scroll.Size().Height > 0 {
		v.late = false
		v.Mark(v.marked)
	}
	v.sheet.Refresh()
}

// Found marks lines softly; nil marks none.
func (v *TextView) Found(lines []int) {
	v.found = make(map[int]bool, len(lines))
	for _, i := range lines {
		v.found[i] = true
	}
	v.sheet.Refresh()
}

// Mark makes one line stand out and brings it into view; -1 marks none.
func (v *TextView) Mark(line int) {
	v.marked = line
	v.late = line >= 0 && v.scroll.Size().Height == 0
	if line >= 0 && !v.late {
		pitch := v.sheet.pitch()
		top, bottom := float32(line)*pitch.Height, float32(line+1)*pitch.Height
		if top < v.scroll.Offset.Y || bottom > v.scroll.Offset.Y+v.scroll.Size().Height {
			y := max(0, top-v.scroll.Size().Height/3)
			v.scroll.ScrollToOffset(fyne.NewPos(0, y))
		}
	}
	v.sheet.Refresh()
}

// Marked is the line that stands out, or -1.
func (v *TextView) Marked() int { return v.marked }

// ToEnd scrolls to the last line.
func (v *TextView) ToEnd() { v.scroll.ScrollToBottom(); v.sheet.Refresh() }

// Tapped is part of fyne.Tappable.
func (v *TextView) Tapped(e *fyne.PointEvent) {
	line := int((e.Position.Y + v.scroll.Offset.Y) / v.sheet.pitch().Height)
	if line < v.lines.Len() {
		v.marked = line
		v.sheet.Refresh()
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// Cursor is part of desktop.Cursorable.
func (v *TextView) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// FocusGained is part of fyne.Focusable.
func (v *TextView) FocusGained() { v.focus = true }

// FocusLost is part of fyne.Focusable.
func (v *TextView) FocusLost() { v.focus = false }

// TypedRune is part of fyne.Focusable.
func (v *TextView) TypedRune(rune) {}

// TypedKey scrolls.
func (v *TextView) TypedKey(key *fyne.KeyEvent) {
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

// TypedShortcut copies the marked line.
func (v *TextView) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && v.marked >= 0 && v.marked < v.lines.Len() {
		fyne.CurrentApp().Clipboard().SetContent(string(v.lines.Raw(v.marked)))
	}
}

// sheet is the whole text's area inside the scroller.
type sheet struct {
	widget.BaseWidget
	view *TextView
}

const sheetPad = float32(6)

// pitch is one letter's width and one line's height.
func (s *sheet) pitch() fyne.Size {
	size := base.Size(base.SizeNameCaptionText)
	const sample = 64 // letters, because one alone is rounded
	m := fyne.MeasureText(sampleText, size, fyne.TextStyle{Monospace: true})
	return fyne.NewSize(m.Width/sample, m.Height+2)
}

const sampleText = "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"
