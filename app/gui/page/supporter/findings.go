//go:build !headless

package supporter

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/analyze"
)

// study asks what the open bundle shows and puts it into body.
func (f *Flow) study(s *page.Scope, body *fyne.Container) {
	if f.c.Findings == nil {
		return
	}
	put := func(o fyne.CanvasObject) {
		body.Objects = []fyne.CanvasObject{o}
		body.Refresh()
	}
	put(evidence.Busy(lang.L("Looking through what was collected …")))
	open := f.opened
	page.Load(s,
		func(ctx context.Context) (analyze.Report, error) { return f.c.Findings.Study(ctx, open.source) },
		func(all analyze.Report, err error) {
			switch {
			case f.opened != open: // another bundle was chosen meanwhile
			case err != nil:
				f.frame.Log(err)
				put(quiet(lang.L("What was collected could not be looked through.")))
			case len(all.Findings)+len(all.Errors) == 0:
				put(quiet(lang.L("Nothing unusual was found")))
			default:
				put(findings(s, open.source, all))
			}
		})
}

// findings lists what was found, and below it what logs repeat; the chosen one
// is told beside the list, over the place in the evidence that shows it.
func findings(s *page.Scope, source page.Evidence, all analyze.Report) fyne.CanvasObject {
	files := map[string]evidence.Item{}
	for _, i := range evidence.Items(source.Manifest()) {
		if i.Ready() {
			files[i.File.Path] = i
		}
	}
	look := evidence.NewLook(s, source)
	about := container.NewVBox()
	shelf := widget.NewShelf(0.5, about, look.Object)
	jump := func(r analyze.Ref) { look.ShowLine(files[r.File], r.Line) }
	var rows []row
	for _, one := range all.Findings {
		rows = append(rows, found(one))
	}
	rows = append(rows, repeated(all.Errors)...)
	items := make([]evidence.Item, len(rows))
	for i := range rows {
		items[i] = rows[i].item
	}
	list := evidence.NewList(items, nil)
	list.Choose(func(i int) {
		var there []analyze.Ref
		for _, r := range rows[i].places {
			if files[r.File].Ready() {
				there = append(there, r)
			}
		}
		about.Objects = []fyne.CanvasObject{widget.NewCard(rows[i].told(there, jump))}
		shelf.Refresh()
		if len(there) > 0 {
			jump(there[0])
		} else {
			look.Clear()
		}
	})
	list.First()
	return widget.Inset(4, widget.NewSplit(0.4, widget.NewCard(list.Object), shelf))
}

// row is one line of the list with what is told of it.
type row struct {
	item   evidence.Item
	places []analyze.Ref // where its evidence is
	told   func(places []analyze.Ref, jump func(analyze.Ref)) fyne.CanvasObject
}

// found is the row of a finding.
func found(one analyze.Finding) row {
	what, _ := page.Finding(one)
	item := evidence.Item{Title: what, About: one.ID}
	if len(one.Evidence) > 0 {
		item.About = join(one.ID, place(one.Evidence[0]))
	}
	item.State, item.Tone = page.Severity(one.Severity)
	return row{item, one.Evidence, func(places []analyze.Ref, jump func(analyze.Ref)) fyne.CanvasObject { return told(one, places, jump) }}
}

// told is a finding in full; places are where its evidence is.
func told(one analyze.Finding, places []analyze.Ref, jump func(analyze.Ref)) fyne.CanvasObject {
	word, tone := page.Severity(one.Severity)
	what, todo := page.Finding(one)
	body := container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewFinding(tone, word+"  ·  "+one.ID, what, todo))
	if one.Detail != "" {
		detail := widget.NewCaption(one.Detail)
		detail.Selectable = true
		body.Add(detail)
	}
	if len(places) > 1 { // a single one is open already
		links := container.NewHBox()
		for _, r := range places {
			links.Add(widget.NewButton(place(r), base.FileTextIcon(), func() { jump(r) }))
		}
		body.Add(container.NewHScroll(links))
	}
	return body
}

// place is a file with its line, if there is one.
func place(r analyze.Ref) string {
	if r.Line == 0 {
		return r.File
	}
	return fmt.Sprintf("%s:%d", r.File, r.Line)
}

// quiet is a sentence in the middle of an empty place.
func quiet(words string) fyne.CanvasObject {
	none := widget.NewText(words)
	none.Alignment = fyne.TextAlignCenter
	none.Importance = fynewidget.LowImportance
	return widget.NewCentred(420, none)
}
