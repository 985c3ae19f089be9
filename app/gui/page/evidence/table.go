//go:build !headless

package evidence

import (
	"bytes"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/app/gui/widget"
)

const (
	factIndent = float32(18)
	factValues = float32(0.42) // of the width stands left of the values
)

// showFacts lists facts; only the visible ones cost anything. Their owner
// chooses one to hide its value.
func (l *Look) showFacts(c content) fyne.CanvasObject {
	lines := c.facts
	list := fynewidget.NewList(
		func() int { return len(lines) },
		func() fyne.CanvasObject {
			key := widget.NewWords("")
			key.Height = base.SizeNameText
			return container.New(&factRow{}, key, widget.NewMarked("", nil))
		},
		func(i fynewidget.ListItemID, o fyne.CanvasObject) {
			row, line := o.(*fyne.Container), lines[i]
			row.Layout.(*factRow).depth = line.Depth
			key, value := row.Objects[0].(*widget.Words), row.Objects[1].(*widget.Marked)
			key.Text, key.Color, key.Style.Bold = factKey(line), theme.ColorNameMuted, false
			if line.Value == "" {
				key.Color, key.Style.Bold = base.ColorNameForeground, true
			}
			key.Refresh()
			words := factValue(line.Value)
			value.Set(words, Marks([]byte(words)))
			row.Layout.Layout(row.Objects, row.Size())
		})
	list.HideSeparators = true
	list.OnSelected = list.Unselect
	if l.owner == nil {
		return list
	}
	bar := newHideBar(l.owner, lang.L("Choose a line to hide what stands in it."))
	list.OnSelected = func(i fynewidget.ListItemID) {
		value := lines[i].Value
		if !bytes.Contains(c.raw, []byte(value)) {
			value = "" // a figure with its unit, which stands in the file in another form
		}
		bar.chosen(value)
	}
	turn := container.NewHBox(l.turn(lang.L("As the text that is sent"), true))
	return container.NewBorder(nil, container.NewVBox(bar.object, turn), nil, nil, list)
}

// factRow has a key, indented by its depth, and its value at the same place in each row.
type factRow struct{ depth int }

func (f *factRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := float32(min(f.depth, 6)) * factIndent
	key, value := objects[0], objects[1]
	key.Move(fyne.NewPos(left, 0))
	key.Resize(fyne.NewSize(max(0, size.Width-left), size.Height))
	at := max(size.Width*factValues, left+key.MinSize().Width+8)
	value.Move(fyne.NewPos(at, (size.Height-value.MinSize().Height)/2))
	value.Resize(fyne.NewSize(max(0, size.Width-at), value.MinSize().Height))
}

func (f *factRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, objects[1].MinSize().Height+2)
}
