//go:build !headless

package evidence

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/widget"
)

// Busy says that something takes its time.
func Busy(words string) fyne.CanvasObject {
	bar := fynewidget.NewProgressBarInfinite()
	text := fynewidget.NewLabel(words)
	text.Alignment = fyne.TextAlignCenter
	return container.NewCenter(container.NewVBox(text, container.NewCenter(container.NewGridWrap(fyne.NewSize(240, 6), bar))))
}

func centre(label *fynewidget.Label) fyne.CanvasObject {
	label.Alignment = fyne.TextAlignCenter
	label.Importance = fynewidget.LowImportance
	return widget.NewCentred(320, label)
}

// tight stacks labels without the space that Fyne leaves between them.
type tight struct{}

func (*tight) step(o fyne.CanvasObject) float32 {
	return o.MinSize().Height - 2*base.InnerPadding() + 4
}

func (t *tight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := -base.InnerPadding() + 2
	for _, o := range objects {
		o.Move(fyne.NewPos(-base.InnerPadding(), y))
		o.Resize(fyne.NewSize(size.Width+2*base.InnerPadding(), o.MinSize().Height))
		y += t.step(o)
	}
}

func (t *tight) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least.Height += t.step(o)
	}
	least.Height += 6
	return least
}
