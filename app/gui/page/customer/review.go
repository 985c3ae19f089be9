//go:build !headless

package customer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// review shows the second page: everything that would be sent.
func (f *Flow) review() {
	f.open(stepReview, func(s *page.Scope) fyne.CanvasObject {
		back := widget.NewButton(lang.L("Back"), base.NavigateBackIcon(), f.before)
		send := widget.NewMain(lang.L("Send"), base.MailSendIcon(), f.send)
		f.frame.SetKeys(page.Keys{Escape: f.before})
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
