//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewFlow puts small things one after the other, in as many rows as they need.
func NewFlow(parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{}, parts...)
}

const flowGap = float32(4)

// flow knows its height only at a width: the one that it was given last.
type flow struct{ width, height float32 }

func (f *flow) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.height = f.rows(parts, size.Width, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Move(at)
		o.Resize(s)
	})
}

// rows gives the height of all rows.
func (f *flow) rows(parts []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	at, row := fyne.Position{}, float32(0)
	for _, o := range parts {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		if at.X > 0 && at.X+s.Width > width {
			at = fyne.NewPos(0, at.Y+row+flowGap)
			row = 0
		}
		put(o, at, s)
		at.X += s.Width + flowGap
		row = max(row, s.Height)
	}
	return at.Y + row
}

func (f *flow) MinSize(parts []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range parts {
		if o.Visible() {
			least.Width = max(least.Width, o.MinSize().Width)
		}
	}
	least.Height = f.rows(parts, max(f.width, least.Width), func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
	return least
}
