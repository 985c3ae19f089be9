//go:build !headless

package customer

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
)

// card is something that the person is asked, or shown until something else
// happens. One is in front until it is answered: a page that changes under the
// mouse would be answered by mistake.
type card struct {
	show    func()
	patient bool // every other goes before it
}

// raise puts a card behind those that wait.
func (f *Flow) raise(c *card) {
	if !slices.Contains(f.cards, c) {
		f.cards = append(f.cards, c)
	}
	f.turn()
}

// drop takes a card away, wherever it is.
func (f *Flow) drop(c *card) {
	if !slices.Contains(f.cards, c) {
		return
	}
	f.cards = slices.DeleteFunc(f.cards, func(o *card) bool { return o == c })
	f.turn()
}

// turn shows what has to be seen now: the oldest question, else what goes on,
// else the ticket.
func (f *Flow) turn() {
	if c := f.next(); c != nil {
		if f.front != c {
			f.front = c
			c.show()
		}
		return
	}
	f.front = nil
	switch {
	case slices.ContainsFunc(f.sessions, (*hosted).live):
		f.sharing()
	case slices.ContainsFunc(f.sessions, func(h *hosted) bool { return h.stopped }):
		f.open(stepDone, func(*page.Scope) fyne.CanvasObject { return evidence.Busy(lang.L("Ending …")) })
	case len(f.sessions) > 0:
		f.connecting()
	default:
		f.thanks()
	}
}

func (f *Flow) next() *card {
	if f.front != nil && !f.front.patient && slices.Contains(f.cards, f.front) {
		return f.front
	}
	for _, c := range f.cards {
		if !c.patient {
			return c
		}
	}
	if len(f.cards) > 0 {
		return f.cards[0]
	}
	return nil
}

// lively are the sessions in which somebody may do something.
func (f *Flow) lively() (all []*hosted) {
	for _, h := range f.sessions {
		if h.live() {
			all = append(all, h)
		}
	}
	return all
}

// asking puts a page's body into the window, below what goes on meanwhile.
func (f *Flow) asking(body fyne.CanvasObject) fyne.CanvasObject {
	if len(f.lively()) == 0 {
		return widget.Inset(12, body)
	}
	words := widget.NewText("")
	words.TextStyle.Bold = true
	words.SetText(f.headline().what)
	stop := widget.NewButton(lang.L("Stop everything"), base.MediaStopIcon(), f.stopAll)
	stop.Importance = fynewidget.DangerImportance
	strip := widget.NewGround(f.headline().tone, container.NewBorder(nil, nil, nil, stop, words))
	strip.Pad = 4
	return widget.Inset(12, container.NewBorder(container.NewVBox(strip, widget.Inset(2, container.NewStack())), nil, nil, nil, body))
}

// connecting is shown after a yes, until there is something to be seen.
func (f *Flow) connecting() {
	f.open(stepDone, func(*page.Scope) fyne.CanvasObject {
		stop := widget.NewButton(lang.L("Stop"), base.MediaStopIcon(), f.stopAll)
		f.frame.SetKeys(page.Keys{Escape: f.stopAll})
		return foot(evidence.Busy(lang.L("The two computers are being connected …")), nil, stop)
	})
}

// stopAll ends every session at once, the asking ones too.
func (f *Flow) stopAll() {
	for _, h := range slices.Clone(f.sessions) {
		h.end()
	}
	f.turn()
}
