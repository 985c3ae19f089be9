//go:build !headless

package customer

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/analyze"
	"github.com/beistand/beistand/diag/revise"
)

// collect starts collecting for the present case.
func (f *Flow) collect() {
	f.release()
	f.progress, f.collected, f.running = nil, nil, true
	f.unticked = map[string]bool{}
	f.clean.counted, f.clean.sent, f.clean.risks = map[string]revise.Tally{}, map[string]bool{}, nil
	f.found, f.studied = analyze.Report{}, notStudied
	scope, all, only := f.one, f.all, f.more.collectors()
	inner := scope.Child()
	f.stop = inner.End
	newest := page.NewNewest(scope, func(all []diag.Progress) {
		f.progress = all
		f.tell()
	})
	inner.Go(func(ctx context.Context) {
		var heardOf []diag.Progress
		e, err := f.c.Collecting.Collect(ctx, all, only, func(p diag.Progress) {
			heardOf = heard(heardOf, p)
			newest.Put(slices.Clone(heardOf))
		})
		inner.End()
		f.frame.UI(func() { f.finished(scope, e, err) })
	})
	if f.c.Findings != nil {
		inner.Go(func(ctx context.Context) { f.glance(ctx, scope) })
	}
}

// heard has one state for each collector, in the order in which they were
// first heard of.
func heard(all []diag.Progress, p diag.Progress) []diag.Progress {
	if i := slices.IndexFunc(all, func(o diag.Progress) bool { return o.Name == p.Name }); i >= 0 {
		all[i] = p
		return all
	}
	return append(all, p)
}

func (f *Flow) finished(scope *page.Scope, e page.Evidence, err error) {
	if scope.Ended() { // another case has begun
		if e != nil {
			f.frame.Log(e.Close())
		}
		return
	}
	f.evidence, f.collected, f.running = e, err, false
	f.frame.Log(err)
	f.renew()
	f.study(scope)
	f.tell()
}

// release lets go of the case before.
func (f *Flow) release() {
	if f.evidence != nil {
		f.frame.Log(f.evidence.Close())
		f.evidence = nil
		f.renew()
	}
}

func (f *Flow) tell() {
	for _, w := range f.watchers {
		w()
	}
}

// done is how many collectors have ended, of how many.
func (f *Flow) done() (done, total int) {
	for _, p := range f.progress {
		if p.State != diag.Waiting && p.State != diag.Running {
			done++
		}
		total = max(total, p.Total)
	}
	return done, max(total, len(f.progress))
}

// collecting is the quiet panel that shows how collecting goes; comfort is
// said while it runs.
func (f *Flow) collecting(comfort string) fyne.CanvasObject {
	head := widget.NewSubheading("")
	note := widget.NewCaption("")
	bar := fynewidget.NewProgressBar()
	bar.TextFormatter = func() string { return "" }
	list := fynewidget.NewList(
		func() int { return len(f.progress) },
		func() fyne.CanvasObject {
			title := fynewidget.NewLabel("")
			title.Truncation = fyne.TextTruncateEllipsis
			return container.New(checkRow{}, title, widget.NewBadge("", widget.Neutral))
		},
		func(i fynewidget.ListItemID, o fyne.CanvasObject) {
			row, p := o.(*fyne.Container), f.progress[i]
			row.Objects[0].(*fynewidget.Label).SetText(evidence.Title(p.Title, p.Source))
			row.Objects[1].(*widget.Badge).Set(evidence.State(p.State))
			row.Layout.Layout(row.Objects, row.Size())
		})
	list.OnSelected = list.Unselect
	list.HideSeparators = true
	found := container.New(layout.NewCustomPaddedVBoxLayout(2))
	found.Hide()
	shelf := widget.NewShelf(foundPart, found, list)
	shown := nothingKnown
	show := func() {
		done, total := f.done()
		bar.Max = float64(max(total, 1))
		bar.SetValue(float64(done))
		head.SetText(lang.L("Looking at your computer"))
		note.SetText(lang.L("{{.Done}} of {{.Total}} checks are finished.", map[string]any{"Done": done, "Total": total}) + " " + comfort)
		bar.Show()
		if !f.running {
			bar.Hide()
			head.SetText(lang.L("Your computer was looked at"))
			note.SetText(lang.L("You will see everything before it is sent. Nothing is sent yet."))
			if f.evidence == nil {
				note.SetText(lang.L("Nothing could be collected. You can send your description alone."))
			}
		}
		list.Refresh()
		if known := f.known(); known != shown {
			shown = known
			found.Hidden = known == nothingKnown
			if !found.Hidden {
				found.Objects = fewFindings(f.found.Findings)
			}
			shelf.Refresh()
		}
	}
	f.watchers = append(f.watchers, show)
	show()
	return container.NewBorder(container.NewVBox(container.New(layout.NewCustomPaddedVBoxLayout(-10), head, note), container.New(slim{}, bar)), nil, nil, nil, shelf)
}

// foundPart is how much of the room below its head the panel gives to findings.
const foundPart = 0.7

// checkRow has a collector's title and its state, clear of the scroll bar.
type checkRow struct{}

const scrollBar = float32(10)

func (checkRow) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	badge, line := parts[1].MinSize(), parts[0].MinSize().Height
	parts[0].Move(fyne.NewPos(0, (size.Height-line)/2))
	parts[0].Resize(fyne.NewSize(max(0, size.Width-badge.Width-scrollBar), line))
	parts[1].Move(fyne.NewPos(size.Width-badge.Width-scrollBar, (size.Height-badge.Height)/2))
	parts[1].Resize(badge)
}

func (checkRow) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, parts[0].MinSize().Height-4)
}

// slim makes a progress bar a thin line.
type slim struct{}

func (slim) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(8, 2))
		o.Resize(fyne.NewSize(size.Width-16, 6))
	}
}

func (slim) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, 10) }
