//go:build !headless

package supporter

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
)

// bundles shows what was collected: the newest bundle at once, others by
// choice. What is found in it goes into found.
func (f *Flow) bundles(s *page.Scope, t api.Ticket, found *fyne.Container) fyne.CanvasObject {
	if len(t.Bundles) == 0 {
		none := lang.L("Nothing that was collected has arrived with this ticket.")
		found.Add(quiet(none))
		return quiet(none)
	}
	body := container.NewStack()
	newest := 0
	var names []string
	for i, b := range t.Bundles {
		if b.Created.After(t.Bundles[newest].Created) {
			newest = i
		}
		names = append(names, page.When(b.Created)+", "+page.Size(b.Size))
	}
	if len(t.Bundles) == 1 {
		f.fetch(s, t.Number, t.Bundles[0], body, found)
		return body
	}
	choice := fynewidget.NewSelect(names, nil)
	choice.SetSelectedIndex(newest)
	choice.OnChanged = func(string) { f.fetch(s, t.Number, t.Bundles[choice.SelectedIndex()], body, found) }
	f.fetch(s, t.Number, t.Bundles[newest], body, found)
	return container.NewBorder(choice, nil, nil, nil, body, found)
}

// fetch brings a bundle, unless it is the open one, and shows its list.
func (f *Flow) fetch(s *page.Scope, number int64, b api.Bundle, body, found *fyne.Container) {
	put := func(o fyne.CanvasObject) {
		body.Objects = []fyne.CanvasObject{o}
		body.Refresh()
	}
	if f.opened != nil && f.opened.id == b.ID {
		put(contents(s, f.opened.source))
		f.study(s, found)
		return
	}
	f.release()
	found.RemoveAll()
	bar := fynewidget.NewProgressBar()
	amount := fynewidget.NewLabel(lang.L("Fetching what was collected …"))
	amount.Alignment = fyne.TextAlignCenter
	put(widget.NewCentred(360, container.NewVBox(amount, bar)))
	found.Add(evidence.Busy(lang.L("Fetching what was collected …")))
	desk, frame := f.desk, f.frame
	progress := page.NewNewest(s, func(part float64) { bar.SetValue(part) })
	s.Go(func(ctx context.Context) {
		source, err := desk.Fetch(ctx, number, b, func(done, total int64) {
			progress.Put(float64(done) / float64(max(total, 1)))
		})
		frame.UI(func() {
			switch {
			case err != nil && !s.Ended():
				frame.Log(err)
				again := widget.NewButton(lang.L("Try again"), base.ViewRefreshIcon(), func() { f.fetch(s, number, b, body, found) })
				put(container.NewVBox(page.Trouble(err, again)))
				found.Objects = []fyne.CanvasObject{quiet(lang.L("What was collected could not be fetched."))}
				found.Refresh()
			case err != nil:
			case s.Ended(): // nobody waits for it any more
				frame.Log(source.Close())
			default:
				f.opened = &opened{b.ID, source}
				put(contents(s, source))
				f.study(s, found)
			}
		})
	})
}

// contents is a bundle's list with a look into each item.
func contents(s *page.Scope, source page.Evidence) fyne.CanvasObject {
	m := source.Manifest()
	look := evidence.NewLook(s, source)
	list := evidence.NewList(evidence.Items(m), look.Show)
	about := widget.NewCaption(join(m.Host, m.OS+" "+m.Arch, m.Tool, page.When(m.Created)))
	list.First()
	left := widget.NewCard(container.NewBorder(about, nil, nil, nil, list.Object))
	return widget.Inset(4, widget.NewSplit(0.36, left, look.Object))
}
