//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// NewNotice is a sentence on a soft ground: what happened in bold, what to do
// below it, and the buttons for that.
func NewNotice(tone Tone, what, todo string, actions ...fyne.CanvasObject) *Surface {
	head := NewText(what)
	head.TextStyle.Bold = true
	words := container.New(layout.NewCustomPaddedVBoxLayout(-10), head)
	body := container.NewVBox(words)
	if todo != "" {
		words.Add(NewText(todo))
	}
	if len(actions) > 0 {
		body.Add(container.NewHBox(actions...))
	}
	icon := container.NewVBox(Inset(6, widget.NewIcon(tone.icon())), layout.NewSpacer())
	return NewGround(tone, container.NewBorder(nil, nil, icon, nil, body))
}
