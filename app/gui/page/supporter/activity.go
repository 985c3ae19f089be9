//go:build !headless

package supporter

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// activity lies under a page and notices that the supporter does something there.
type activity struct {
	fynewidget.BaseWidget
	does func() // nil before the session is joined
}

func newActivity() *activity {
	a := &activity{}
	a.ExtendBaseWidget(a)
	return a
}

// CreateRenderer is part of fyne.Widget: there is nothing to see.
func (a *activity) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// MouseIn is part of desktop.Hoverable.
func (a *activity) MouseIn(*desktop.MouseEvent) { a.MouseMoved(nil) }

// MouseMoved is part of desktop.Hoverable.
func (a *activity) MouseMoved(*desktop.MouseEvent) {
	if a.does != nil {
		a.does()
	}
}

// MouseOut is part of desktop.Hoverable.
func (a *activity) MouseOut() {}
