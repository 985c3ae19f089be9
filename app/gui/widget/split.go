//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewSplit puts two beside each other; the left one has its part of the width.
func NewSplit(part float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(split{part}, left, right)
}

// split divides the width between two, with a gap.
type split struct{ left float32 }

const splitGap = float32(12)

func (s split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - splitGap) * s.left
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[1].Move(fyne.NewPos(w+splitGap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-splitGap-w, size.Height))
}

func (s split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+splitGap, max(a.Height, b.Height))
}
