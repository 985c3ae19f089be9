//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewSnug puts head, body and foot on a card in the middle, at most so wide and
// as high as they need. Where there is less room the body scrolls.
func NewSnug(widest float32, head, body, foot fyne.CanvasObject) *fyne.Container {
	scroll := container.NewVScroll(body)
	return container.New(snug{widest, scroll}, NewCard(container.NewBorder(head, foot, nil, nil, scroll)))
}

type snug struct {
	widest float32
	scroll *container.Scroll
}

func (s snug) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w, card := min(s.widest, size.Width), objects[0]
	h := size.Height
	for range 3 { // wrapped text knows its height only at its width
		card.Resize(fyne.NewSize(w, h))
		need := card.MinSize().Height - s.scroll.MinSize().Height + s.scroll.Content.MinSize().Height
		h = min(size.Height, need)
	}
	card.Resize(fyne.NewSize(w, h))
	card.Move(fyne.NewPos((size.Width-w)/2, (size.Height-h)/2))
}

func (snug) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
