//go:build !headless

package supporter

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
)

// over says in one sentence how a session ended, and more below it.
func (f *Flow) over(t api.Ticket, asked api.Session, end session.End, err error, more ...fyne.CanvasObject) {
	f.frame.Log(err)
	f.frame.Open(func(*page.Scope) fyne.CanvasObject {
		below := container.NewVBox()
		for _, o := range more {
			if o != nil {
				below.Add(o)
			}
		}
		back := widget.NewMain(lang.L("Back to the ticket"), base.NavigateBackIcon(), func() { f.ticket(t.Number) })
		again := widget.NewButton(lang.L("Ask again"), base.ComputerIcon(), func() { f.choose(t, asked.Role) })
		f.frame.SetKeys(page.Keys{Enter: func() { f.ticket(t.Number) }, Escape: func() { f.ticket(t.Number) }})
		return widget.Inset(12, widget.NewCentred(560, widget.NewCard(widget.Inset(8, container.NewVBox(
			widget.NewSubheading(lang.L("The session is over")), outcome(end, err), below, container.NewStack(),
			container.NewHBox(layout.NewSpacer(), again, back))))))
	})
}

func outcome(end session.End, err error) fyne.CanvasObject {
	if !end.Started.IsZero() {
		if errors.Is(err, session.ErrIdle) || errors.Is(err, session.ErrTooLong) {
			what, todo := page.Explain(err)
			return widget.NewNotice(widget.Neutral, what, todo)
		}
		data := map[string]any{"Time": page.Span(end.Ended.Sub(end.Started))}
		switch end.By {
		case session.ByCustomer:
			return widget.NewNotice(widget.Neutral, lang.L("The customer stopped showing the screen after {{.Time}}.", data), "")
		case session.BySupporter:
			return widget.NewNotice(widget.Neutral, lang.L("You stopped looking after {{.Time}}.", data), "")
		case session.ByDesk:
			return widget.NewNotice(widget.Warning, lang.L("The desk ended the session after {{.Time}}.", data), "")
		}
		return widget.NewNotice(widget.Warning, lang.L("The connection was lost after {{.Time}}.", data), lang.L("Check the network on both sides, then ask again."))
	}
	if !end.Consented.IsZero() && err == nil { // something was allowed, and the picture not
		data := map[string]any{"By": by(end.By), "Time": page.Span(end.Ended.Sub(end.Consented))}
		return widget.NewNotice(widget.Neutral, lang.L("It was ended after {{.Time}} by {{.By}}.", data), lang.L("The screen was not seen."))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return widget.NewNotice(widget.Neutral, lang.L("You stopped before anything was shown."), "")
	case err != nil:
		return page.Trouble(err)
	}
	return widget.NewNotice(widget.Neutral, lang.L("Nothing was shown."), "")
}
