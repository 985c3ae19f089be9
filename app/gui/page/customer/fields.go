//go:build !headless

package customer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/widget"
)

// entry is a one-line field that writes into where.
func entry(hint string, where *string, most int, changed func()) *fynewidget.Entry {
	e := fynewidget.NewEntry()
	e.SetPlaceHolder(hint)
	bind(e, where, most, changed)
	return e
}

// bind fills e from where and keeps both the same, at most so many characters.
func bind(e *fynewidget.Entry, where *string, most int, changed func()) {
	e.SetText(*where)
	e.OnChanged = func(text string) {
		if letters := []rune(text); len(letters) > most {
			e.SetText(string(letters[:most]))
			return
		}
		*where = text
		changed()
	}
}

// labelled puts a field's name above it.
func labelled(name string, field fyne.CanvasObject) fyne.CanvasObject {
	l := fynewidget.NewLabel(name)
	l.TextStyle.Bold = true
	return container.New(layout.NewCustomPaddedVBoxLayout(-4), l, field)
}

// foot puts a page's buttons below its body: back at the left, main at the right.
func foot(body, note, back fyne.CanvasObject, main ...fyne.CanvasObject) fyne.CanvasObject {
	bar := container.NewHBox(main...)
	if note == nil {
		note = layout.NewSpacer()
	}
	return widget.Inset(12, container.NewBorder(nil, widget.Inset(4, container.NewBorder(nil, nil, back, bar, note)), nil, nil, body))
}

// middle puts things in the middle of the height, as high as they need to be.
type middle struct{}

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		o.Resize(fyne.NewSize(size.Width, min(size.Height, o.MinSize().Height)))
		o.Move(fyne.NewPos(0, (size.Height-o.Size().Height)/2))
	}
}

func (middle) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least = least.Max(o.MinSize())
	}
	return least
}
