//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// TextView shows a long text in a fixed pitch. It paints only the lines and
// columns that can be seen, so its cost does not grow with the text. A tapped
// line is marked; text is selected by dragging, by two clicks on a word, or by
// the arrow keys with Shift. The copy shortcut takes what is selected, or else
// the marked line.
type TextView struct {
	widget.BaseWidget
	First    int                      // the number of the first line; 0 is 1
	Spans    func(line []byte) []Span // what stands out in a line, in order; may be nil
	Selected func(text string)        // is told what is selected, "" if nothing is; may be nil
	Act      func()                   // called on the delete key when something is selected; may be nil
	Menu     func() []*fyne.MenuItem  // for what is selected, called on a secondary click; may be nil

	lines  *Lines
	marked int // the line that stands out; -1 for none
	found  map[int]bool
	scroll *container.Scroll
	sheet  *sheet
	sel    selection
	focus  bool
	late   bool // the marked line is to be brought into view as soon as there is a size
}

// Span is a part of a line that stands out by its tone, a frame and strong letters.
type Span struct {
	From, To int // bytes of the line
	Tone     Tone
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

// SetLines shows another text at the same place. Nothing is selected then.
func (v *TextView) SetLines(lines *Lines) {
	v.lines = lines
	if v.marked >= lines.Len() {
		v.marked = -1
	}
	v.choose(selection{})
	v.scroll.Refresh()
	v.sheet.Refresh()
}

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
		v.show(line)
	}
	v.sheet.Refresh()
}

// show brings a line into view.
func (v *TextView) show(line int) {
	pitch := v.sheet.pitch()
	top, bottom := float32(line)*pitch.Height, float32(line+1)*pitch.Height
	if top < v.scroll.Offset.Y || bottom > v.scroll.Offset.Y+v.scroll.Size().Height {
		v.scroll.ScrollToOffset(fyne.NewPos(0, max(0, top-v.scroll.Size().Height/3)))
	}
}

// Marked is the line that stands out, or -1.
func (v *TextView) Marked() int { return v.marked }

// ToEnd scrolls to the last line.
func (v *TextView) ToEnd() { v.scroll.ScrollToBottom(); v.sheet.Refresh() }

// FocusGained is part of fyne.Focusable.
func (v *TextView) FocusGained() { v.focus = true }

// FocusLost is part of fyne.Focusable.
func (v *TextView) FocusLost() { v.focus = false }

// TypedRune is part of fyne.Focusable.
func (v *TextView) TypedRune(rune) {}

// TypedShortcut copies what is selected, or the marked line.
func (v *TextView) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); !ok {
		return
	}
	if text := v.Selection(); text != "" {
		fyne.CurrentApp().Clipboard().SetContent(text)
	} else if v.marked >= 0 && v.marked < v.lines.Len() {
		fyne.CurrentApp().Clipboard().SetContent(string(v.lines.Raw(v.marked)))
	}
}
