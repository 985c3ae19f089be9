//go:build !headless

package supporter

import (
	"fyne.io/fyne/v2"
)

// sideWidth is the panel's beside a picture, in Fyne's units.
const sideWidth = 380

// ground lays out the picture, the panel beside it and the shade over the
// picture. Without a picture the panel is the page, below what is said in the
// picture's place, and the shade lies over both.
type ground struct {
	bare bool // no picture comes
}

// Layout is part of fyne.Layout.
func (g *ground) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	body, side, shade := objects[0], objects[1], objects[2]
	at, left := fyne.NewPos(0, 0), size
	switch {
	case !side.Visible():
	case g.bare:
		body.Resize(fyne.NewSize(size.Width, body.MinSize().Height)) // wrapped text knows its height only at its width
		high := min(body.MinSize().Height, size.Height)
		body.Move(at)
		body.Resize(fyne.NewSize(size.Width, high))
		side.Move(fyne.NewPos(0, high))
		side.Resize(fyne.NewSize(size.Width, size.Height-high))
		shade.Move(at)
		shade.Resize(size)
		return
	default:
		left.Width = max(0, size.Width-sideWidth)
		side.Move(fyne.NewPos(left.Width, 0))
		side.Resize(fyne.NewSize(sideWidth, size.Height))
	}
	for _, o := range []fyne.CanvasObject{body, shade} {
		o.Move(at)
		o.Resize(left)
	}
}

// MinSize is part of fyne.Layout.
func (g *ground) MinSize(objects []fyne.CanvasObject) fyne.Size {
	body, side := objects[0].MinSize().Max(objects[2].MinSize()), objects[1].MinSize()
	switch {
	case !objects[1].Visible():
		return body
	case g.bare:
		return fyne.NewSize(max(body.Width, side.Width), body.Height+side.Height)
	}
	return fyne.NewSize(body.Width+sideWidth, max(body.Height, side.Height))
}
