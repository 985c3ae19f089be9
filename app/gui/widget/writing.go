//go:build !headless

package widget

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Writing is Fyne's entry for several lines, wrapped at words, without a fault
// that it has in 2.7: where a word ends so near the edge that the space after
// it has no room, the cursor stays before that space, so that the next word is
// put before the space too.
type Writing struct {
	widget.Entry
	owed        int // letters by which the cursor stands too early
	row, column int // where it then stands
}

// NewWriting is empty.
func NewWriting() *Writing {
	w := &Writing{}
	w.MultiLine = true
	w.Wrapping = fyne.TextWrapWord
	w.ExtendBaseWidget(w)
	return w
}

// catchUp brings the cursor to where it belongs, a column that its row does not
// have but that counts right, unless it was moved meanwhile.
func (w *Writing) catchUp() {
	if w.CursorRow == w.row && w.CursorColumn == w.column {
		w.CursorColumn += w.owed
	}
	w.owed = 0
}

// change lets Fyne change the text, after which the cursor belongs so many
// letters further on. With a selection Fyne finds the place itself.
func (w *Writing) change(by int, do func()) {
	w.catchUp()
	want := w.CursorTextOffset() + by
	selected := w.SelectedText() != ""
	do()
	if !selected {
		w.owed = w.spaces(w.CursorTextOffset(), want)
		w.row, w.column = w.CursorRow, w.CursorColumn
	}
}

// spaces is how many letters there are between two places; none when anything
// but spaces is there, which cannot be what has no room at a line's end.
func (w *Writing) spaces(from, to int) int {
	letters := []rune(w.Text)
	if from >= to || to > len(letters) {
		return 0
	}
	for _, r := range letters[from:to] {
		if !unicode.IsSpace(r) {
			return 0
		}
	}
	return to - from
}

// TypedRune is part of fyne.Focusable.
func (w *Writing) TypedRune(r rune) {
	w.change(1, func() { w.Entry.TypedRune(r) })
}

// TypedKey is part of fyne.Focusable.
func (w *Writing) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyBackspace && w.CursorTextOffset()+w.owed > 0 {
		w.change(-1, func() { w.Entry.TypedKey(key) })
		return
	}
	w.catchUp()
	w.Entry.TypedKey(key)
}

// TypedShortcut is part of fyne.Shortcutable.
func (w *Writing) TypedShortcut(s fyne.Shortcut) {
	w.catchUp()
	w.Entry.TypedShortcut(s)
}
