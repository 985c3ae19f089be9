//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
)

// CreateRenderer is part of fyne.Widget.
func (w *Words) CreateRenderer() fyne.WidgetRenderer {
	r := &wordsRenderer{words: w}
	r.Refresh()
	return r
}

// wordsRenderer paints one text, or one for each letter when they stand apart.
type wordsRenderer struct {
	words *Words
	texts []*canvas.Text
}

// gap lies between letters that stand apart, as a part of the text's size.
const gap = 0.12

func (r *wordsRenderer) Refresh() {
	w := r.words
	parts := []string{w.Text}
	if w.Spaced {
		parts = parts[:0]
		for _, letter := range w.Text {
			parts = append(parts, string(letter))
		}
	}
	r.texts = r.texts[:0]
	for _, part := range parts {
		t := canvas.NewText(part, base.Color(w.Color))
		t.TextSize, t.TextStyle = base.Size(w.Height), w.Style
		r.texts = append(r.texts, t)
	}
	r.Layout(w.Size())
	canvas.Refresh(w)
}

func (r *wordsRenderer) MinSize() (least fyne.Size) {
	for i, t := range r.texts {
		s := t.MinSize()
		least.Width += s.Width
		if i > 0 {
			least.Width += t.TextSize * gap
		}
		least.Height = max(least.Height, s.Height)
	}
	return least
}

func (r *wordsRenderer) Layout(size fyne.Size) {
	least := r.MinSize()
	x := float32(0)
	switch r.words.Align {
	case fyne.TextAlignCenter:
		x = (size.Width - least.Width) / 2
	case fyne.TextAlignTrailing:
		x = size.Width - least.Width
	}
	for _, t := range r.texts {
		s := t.MinSize()
		t.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		t.Resize(s)
		x += s.Width + t.TextSize*gap
	}
}

func (r *wordsRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.texts))
	for i, t := range r.texts {
		objects[i] = t
	}
	return objects
}

func (r *wordsRenderer) Destroy() {}
