//go:build !headless

package customer

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
)

// summary says in one notice how the session went.
func (h *hosted) summary(end session.End, err error) fyne.CanvasObject {
	data := h.who()
	if begun := end.Started; !begun.IsZero() || !end.Consented.IsZero() {
		if begun.IsZero() {
			begun = end.Consented
		}
		to := end.Ended
		if to.IsZero() {
			to = time.Now()
		}
		data["From"], data["To"] = begun.Local().Format("15:04"), to.Local().Format("15:04")
		data["Time"] = page.Span(to.Sub(begun))
		seen := lang.L("{{.Name}} saw your screen from {{.From}} to {{.To}} ({{.Time}}). Nothing is shown any more.", data)
		if end.Started.IsZero() {
			seen = lang.L("{{.Name}} helped you from {{.From}} to {{.To}} ({{.Time}}). Your screen was not seen. It is over now.", data)
		}
		return h.kept(widget.NewNotice(widget.Neutral, seen, h.whoEnded(end, err)))
	}
	switch {
	case errors.Is(err, session.ErrWrongCode):
		return widget.NewNotice(widget.Warning, lang.L("A wrong code was typed, so nothing was shown."),
			lang.L("If you are on the phone with {{.Name}}, let them ask again. Otherwise you need do nothing.", data))
	case errors.Is(err, session.ErrExpired):
		return widget.NewNotice(widget.Neutral, lang.L("The code was not used in time. Nothing was shown."),
			lang.L("If you still need help, {{.Name}} can ask again.", data))
	case h.refused:
		return widget.NewNotice(widget.Warning, lang.L("Nothing was shown, because your screen was locked."),
			lang.L("A locked screen means no. If you still need help, {{.Name}} can ask again.", data))
	case errors.Is(err, session.ErrRefused), errors.Is(err, context.Canceled), end.By == session.ByCustomer:
		return widget.NewNotice(widget.Good, lang.L("Nothing was shown, because you did not allow it."), lang.L("{{.Name}} was told.", data))
	case end.By == session.BySupporter, errors.Is(err, session.ErrPeerLeft), errors.Is(err, session.ErrDesk):
		return widget.NewNotice(widget.Neutral, lang.L("{{.Name}} no longer asks. Nothing was shown.", data), "")
	case err != nil:
		return page.Trouble(err)
	}
	return widget.NewNotice(widget.Neutral, lang.L("Nothing was shown."), "")
}

// kept puts what happened below the sentence of how it was.
func (h *hosted) kept(how fyne.CanvasObject) fyne.CanvasObject {
	if h.record == "" {
		return how
	}
	inner := container.NewStack()
	settle := func(fyne.CanvasObject) {
		if inner.Visible() && len(inner.Objects) == 0 {
			inner.Objects = []fyne.CanvasObject{h.told(h.flow.one)}
		}
		h.flow.frame.Settle()
	}
	return container.NewVBox(how, widget.NewFold(lang.L("What happened, step by step"), inner, settle))
}

// whoEnded says who ended a session that had begun.
func (h *hosted) whoEnded(end session.End, err error) string {
	if errors.Is(err, session.ErrIdle) || errors.Is(err, session.ErrTooLong) {
		what, _ := page.Explain(err)
		return what
	}
	if by := h.endedBy(end.By); by != "" && (err != nil || end.By != session.ByNetwork) {
		return by
	}
	return ""
}

// endedBy says who ended it.
func (h *hosted) endedBy(by string) string {
	switch by {
	case session.ByCustomer:
		return lang.L("You ended it.")
	case session.BySupporter:
		return lang.L("{{.Name}} ended it.", h.who())
	case session.ByDesk:
		return lang.L("The support desk ended it.")
	case session.ByNetwork:
		return lang.L("The connection was lost.")
	}
	return ""
}
