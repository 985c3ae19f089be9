//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewShelf puts top above rest. top is as high as it needs, but at most that
// part of the height; then it scrolls. Refresh the shelf when top has changed.
// A top that is hidden takes no room.
func NewShelf(most float32, top, rest fyne.CanvasObject) *fyne.Container {
	return container.New(shelf{most: most, top: top}, container.NewVScroll(top), rest)
}

// Reveal scrolls the top of a shelf until a part of it begins at the upper edge.
func Reveal(shelf *fyne.Container, part fyne.CanvasObject) {
	shelf.Refresh()
	if scroll, ok := shelf.Objects[0].(*container.Scroll); ok {
		scroll.ScrollToOffset(fyne.NewPos(0, part.Position().Y))
	}
}

type shelf struct {
	most float32
	top  fyne.CanvasObject
}

const shelfGap = float32(8)

func (s shelf) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	scroll, rest := objects[0], objects[1]
	y := float32(0)
	if s.top.Visible() {
		for range 3 { // wrapped text knows its height only at its width, and so do those around it
			s.top.Resize(fyne.NewSize(size.Width, s.top.MinSize().Height))
		}
		y = min(s.top.MinSize().Height, size.Height*s.most)
	}
	scroll.Move(fyne.Position{})
	scroll.Resize(fyne.NewSize(size.Width, y))
	if y > 0 {
		y += shelfGap
	}
	rest.Move(fyne.NewPos(0, y))
	rest.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
}

func (s shelf) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[1].MinSize()
	if s.top.Visible() {
		least = fyne.NewSize(max(least.Width, s.top.MinSize().Width), least.Height+objects[0].MinSize().Height+shelfGap)
	}
	return least
}
