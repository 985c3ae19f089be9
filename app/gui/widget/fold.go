//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NewFold is a line that opens and closes what is below it; at first it is
// closed. changed is called with it after each time, so that those around it
// can make room; it may be nil.
func NewFold(title string, content fyne.CanvasObject, changed func(fold fyne.CanvasObject)) *fyne.Container {
	content.Hide()
	head := NewButton(title, base.MenuExpandIcon(), nil)
	head.Alignment, head.Importance = widget.ButtonAlignLeading, widget.LowImportance
	fold := container.NewVBox(head, content)
	head.OnTapped = func() {
		if content.Visible() {
			content.Hide()
			head.SetIcon(base.MenuExpandIcon())
		} else {
			content.Show()
			head.SetIcon(base.MenuDropDownIcon())
		}
		fold.Refresh()
		if changed != nil {
			changed(fold)
		}
	}
	return fold
}
