//go:build !headless

package supporter

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
)

// pausing blanks the picture while the customer has paused. After it the next
// picture shows itself.
func (w *watched) pausing(paused bool) {
	if paused == w.paused {
		return
	}
	w.paused = paused
	if paused {
		w.shown = false
		w.picture.Refresh()
		words := widget.NewNotice(widget.Neutral, lang.L("Paused by the customer"), lang.L("Nothing is shown until the customer goes on."))
		w.put(container.NewStack(canvas.NewRectangle(color.Black), container.NewCenter(container.NewGridWrap(fyne.NewSize(460, 96), words))))
	}
}

// ending says when and why the session ends by itself.
func (w *watched) ending() string {
	data := map[string]any{"Time": page.Clock(max(0, time.Until(w.ends)))}
	if w.limit == session.LimitIdle {
		return lang.L("ends in {{.Time}}, because nothing happens", data)
	}
	return lang.L("ends in {{.Time}}, after 60 minutes", data)
}

// activity lies over the picture and notices that the supporter does something.
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
