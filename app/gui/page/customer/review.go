//go:build !headless

package customer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
)

// review shows the second page: everything that would be sent.
func (f *Flow) review() {
	f.open(stepReview, func(s *page.Scope) fyne.CanvasObject {
		back := widget.NewButton(lang.L("Back"), base.NavigateBackIcon(), f.describe)
		send := widget.NewMain(lang.L("Send"), base.MailSendIcon(), f.send)
		f.frame.SetKeys(page.Keys{Escape: f.describe})
		switch {
		case f.running:
			f.watchers = append(f.watchers, func() {
				if !f.running {
					f.review()
				}
			})
			stop := widget.NewButton(lang.L("Stop collecting and go on"), base.MediaStopIcon(), func() { f.stop() })
			return foot(widget.NewColumn(640, widget.NewCard(f.collecting(lang.L("Nothing is sent yet.")))), nil, back, stop)
		case f.evidence == nil:
			return foot(widget.NewCentred(640, widget.NewCard(f.nothing())), nil, back, send)
		}
		return f.reviewEvidence(s, back, send)
	})
}

// nothing tells why there is no evidence.
func (f *Flow) nothing() fyne.CanvasObject {
	again := widget.NewButton(lang.L("Collect again"), base.ViewRefreshIcon(), func() {
		f.collect()
		f.review()
	})
	body := container.NewVBox()
	if f.collected != nil {
		body.Add(page.Trouble(f.collected, again))
	}
	body.Add(widget.NewText(lang.L("Nothing could be collected. You can send your description alone.")))
	return body
}

func (f *Flow) reviewEvidence(s *page.Scope, back, send fyne.CanvasObject) fyne.CanvasObject {
	items := evidence.Items(f.evidence.Manifest())
	total := fynewidget.NewLabel("")
	total.Alignment = fyne.TextAlignTrailing
	total.TextStyle.Bold = true
	total.Truncation = fyne.TextTruncateEllipsis
	sum := func() {
		n, size := 0, int64(0)
		for _, i := range items {
			if i.Ready() && f.keep(i.File) {
				n, size = n+1, size+i.File.Size
			}
		}
		total.SetText(lang.N("{{.Count}} items, {{.Size}} before packing", n, map[string]any{"Count": n, "Size": page.Size(size)}))
	}
	sum()
	look := evidence.NewLook(s, f.evidence)
	if f.studied != notStudied {
		items = append([]evidence.Item{f.overview()}, items...)
	}
	list := evidence.NewList(items, look.Show)
	if f.studied == studying {
		f.watchers = append(f.watchers, func() {
			if f.studied == studied {
				list.Change(0, f.overview())
			} else if f.studied == notStudied {
				f.review()
			}
		})
	}
	list.Tick(func(i evidence.Item) bool { return f.keep(i.File) }, func(i evidence.Item, on bool) {
		f.unticked[i.File.Path] = !on
		sum()
	})
	head := container.New(layout.NewCustomPaddedVBoxLayout(-10),
		widget.NewSubheading(lang.L("This is what we would send")),
		widget.NewCaption(lang.L("Only what is ticked leaves this computer.")))
	if f.collected != nil {
		head.Add(page.Trouble(f.collected))
	}
	left := widget.NewCard(container.NewBorder(head, nil, nil, nil, list.Object))
	list.First()
	return foot(widget.NewSplit(0.43, left, look.Object), total, back, send)
}

// keep says whether a file is ticked.
func (f *Flow) keep(file bundle.File) bool { return !f.unticked[file.Path] }
