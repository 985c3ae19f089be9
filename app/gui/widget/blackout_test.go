//go:build !headless

package widget

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/theme"
)

func TestBlackout(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Calm{})
	b := NewBlackout(image.NewRGBA(image.Rect(0, 0, 400, 200)), nil)
	w := test.NewTempWindow(t, b)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 200)) // half the size: the picture is from 0,50 to 200,150
	for name, c := range map[string]struct {
		from, to fyne.Position
		want     image.Rectangle
	}{
		"to the right and down": {fyne.NewPos(10, 60), fyne.NewPos(50, 80), image.Rect(20, 20, 100, 60)},
		"to the left and up":    {fyne.NewPos(50, 80), fyne.NewPos(10, 60), image.Rect(20, 20, 100, 60)},
		"over the edge":         {fyne.NewPos(150, 100), fyne.NewPos(500, 500), image.Rect(300, 100, 400, 200)},
		"each pixel touched":    {fyne.NewPos(10.2, 60.2), fyne.NewPos(20.3, 70.3), image.Rect(20, 20, 41, 41)},
		"a trembling hand":      {fyne.NewPos(10, 60), fyne.NewPos(11, 60), image.Rectangle{}},
		"beside the picture":    {fyne.NewPos(10, 10), fyne.NewPos(100, 40), image.Rectangle{}},
	} {
		t.Run(name, func(t *testing.T) {
			var got image.Rectangle
			b.Drawn = func(r image.Rectangle) { got = r }
			b.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: c.from}, Button: desktop.MouseButtonPrimary})
			b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: c.to}})
			b.DragEnd()
			if got != c.want {
				t.Errorf("drawn %v, want %v", got, c.want)
			}
		})
	}
	undone := 0
	b.Undo = func() { undone++ }
	b.TypedShortcut(&fyne.ShortcutUndo{})
	if undone != 1 {
		t.Error("the shortcut does nothing")
	}
}
