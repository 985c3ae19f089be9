//go:build !headless

package evidence

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/facts"
)

// show makes content visible; a text at its line, counted from 1, unless that is 0.
func show(s *page.Scope, f bundle.File, c content, line int) fyne.CanvasObject {
	switch {
	case c.picture != nil:
		p := widget.NewPicture()
		p.Best = true
		p.Set(c.picture)
		return p
	case c.facts != nil:
		return showFacts(c.facts)
	case c.lines.Len() == 0:
		return centre(widget.NewText(lang.L("This file is empty.")))
	}
	text := newSearch(s, c.lines)
	notes := container.NewVBox()
	if line > c.lines.Len() {
		notes.Add(widget.NewCaption(lang.L("Line {{.Line}} is not among what is shown here.", map[string]any{"Line": line})))
	} else if line > 0 {
		text.view.Mark(line - 1)
	}
	if c.shown < f.Size {
		notes.Add(widget.NewCaption(lang.L("Only the first {{.Shown}} of {{.Whole}} are shown here.",
			map[string]any{"Shown": page.Size(c.shown), "Whole": page.Size(f.Size)})))
	}
	if len(notes.Objects) == 0 {
		return text.object
	}
	return container.NewBorder(nil, notes, nil, nil, text.object)
}

const (
	factIndent = float32(18)
	factValues = float32(0.42) // of the width stands left of the values
)

// showFacts lists facts; only the visible ones cost anything.
func showFacts(lines []facts.Line) fyne.CanvasObject {
	list := fynewidget.NewList(
		func() int { return len(lines) },
		func() fyne.CanvasObject {
			key, value := widget.NewWords(""), fynewidget.NewLabel("")
			key.Height = base.SizeNameText
			value.Truncation = fyne.TextTruncateEllipsis
			return container.New(&factRow{}, key, value)
		},
		func(i fynewidget.ListItemID, o fyne.CanvasObject) {
			row, line := o.(*fyne.Container), lines[i]
			row.Layout.(*factRow).depth = line.Depth
			key, value := row.Objects[0].(*widget.Words), row.Objects[1].(*fynewidget.Label)
			key.Text, key.Color, key.Style.Bold = factKey(line), theme.ColorNameMuted, false
			if line.Value == "" {
				key.Color, key.Style.Bold = base.ColorNameForeground, true
			}
			key.Refresh()
			value.SetText(factValue(line.Value))
			row.Layout.Layout(row.Objects, row.Size())
		})
	list.HideSeparators = true
	list.OnSelected = list.Unselect
	return list
}

// factRow has a key, indented by its depth, and its value at the same place in each row.
type factRow struct{ depth int }

func (f *factRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := float32(min(f.depth, 6)) * factIndent
	key, value := objects[0], objects[1]
	key.Move(fyne.NewPos(left, 0))
	key.Resize(fyne.NewSize(max(0, size.Width-left), size.Height))
	at := max(size.Width*factValues, left+key.MinSize().Width)
	value.Move(fyne.NewPos(at, (size.Height-value.MinSize().Height)/2))
	value.Resize(fyne.NewSize(max(0, size.Width-at), value.MinSize().Height))
}

func (f *factRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, objects[1].MinSize().Height-10)
}
