//go:build !headless

package supporter

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/analyze"
)

// repeated are the rows of the errors that logs repeat, under a row that says
// what they are; none if there are no such errors.
func repeated(all []analyze.Group) []row {
	if len(all) == 0 {
		return nil
	}
	head := lang.L("Errors that repeat in the logs")
	rows := []row{{
		item: evidence.Item{Title: head, About: lang.N("{{.Count}} errors", len(all), map[string]any{"Count": len(all)}), Head: true},
		told: func([]analyze.Ref, func(analyze.Ref)) fyne.CanvasObject {
			how := widget.NewText(lang.L("Lines that differ only in numbers, names and paths are counted as one error."))
			return container.New(layout.NewCustomPaddedVBoxLayout(-6), widget.NewSubheading(head), how)
		},
	}}
	for _, g := range all {
		shape, count, span := page.Repeated(g)
		rows = append(rows, row{
			item:   evidence.Item{Title: shape, About: join(place(g.At), span), State: count, Tone: widget.Neutral},
			places: []analyze.Ref{g.At},
			told:   func([]analyze.Ref, func(analyze.Ref)) fyne.CanvasObject { return toldGroup(g) },
		})
	}
	return rows
}

// toldGroup is a repeated error in full.
func toldGroup(g analyze.Group) fyne.CanvasObject {
	shape, count, span := page.Repeated(g)
	line := widget.NewText(shape)
	line.TextStyle.Monospace = true
	line.Selectable = true
	body := container.New(layout.NewCustomPaddedVBoxLayout(-4), line)
	if span != "" {
		body.Add(widget.NewText(lang.L("{{.Count}} from {{.Span}}", map[string]any{"Count": count, "Span": span})))
	} else {
		body.Add(widget.NewText(count))
	}
	example := widget.NewCaption(page.Plain(g.Example))
	example.Selectable = true
	body.Add(example)
	return body
}
