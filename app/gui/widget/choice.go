//go:build !headless

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NewChoice is a box to tick with a sentence of what that means, and what to be
// careful about, if anything; more are things that belong to it.
func NewChoice(name, meaning, caution string, more ...fyne.CanvasObject) (row *fyne.Container, box *widget.Check) {
	box = widget.NewCheck(name, nil)
	words := container.New(layout.NewCustomPaddedVBoxLayout(-12), NewText(meaning))
	if caution != "" {
		careful := NewText(caution)
		careful.Importance = widget.WarningImportance
		words.Add(careful)
	}
	below := container.New(layout.NewCustomPaddedVBoxLayout(0), words)
	for _, o := range more {
		below.Add(o)
	}
	left := base.Size(base.SizeNameInlineIcon) + base.InnerPadding()
	return container.New(layout.NewCustomPaddedVBoxLayout(-10), box, container.New(layout.NewCustomPaddedLayout(0, 0, left, 0), below)), box
}
