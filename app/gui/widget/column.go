//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewColumn keeps content at most so wide, in the middle, as high as it is
// given room.
func NewColumn(widest float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(column{widest: widest, fill: true}, content)
}

// NewCentred is NewColumn with content only as high as it needs, in the middle.
func NewCentred(widest float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(column{widest: widest}, content)
}

type column struct {
	widest float32
	fill   bool
}

func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(c.widest, size.Width)
	for _, o := range objects {
		h := size.Height
		if !c.fill {
			// Wrapped text knows its height only at its width.
			o.Resize(fyne.NewSize(w, o.MinSize().Height))
			h = min(size.Height, o.MinSize().Height)
		}
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos((size.Width-w)/2, max(0, (size.Height-h)/2)))
	}
}

func (c column) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least = least.Max(o.MinSize())
	}
	return least
}
