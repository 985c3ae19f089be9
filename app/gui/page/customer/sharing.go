//go:build !headless

package customer

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
)

// sharing is shown while the screen is seen, or could be.
func (h *hosted) sharing() {
	h.flow.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		stop := widget.NewButton(lang.L("Stop sharing"), base.MediaStopIcon(), h.stop)
		stop.Importance = fynewidget.DangerImportance
		h.flow.frame.SetKeys(page.Keys{Escape: h.stop})
		clock := widget.NewCode("0:00")
		clock.Color, clock.Spaced = base.ColorNameError, false
		since := map[string]any{"Time": h.since.Format("15:04")}
		banner := widget.NewNotice(widget.Bad,
			lang.L("{{.Name}} sees your screen", h.who()),
			lang.L("Since {{.Time}}. They see everything that you see, and cannot click, type or copy anything.", since))
		hold := widget.NewButton(lang.L("Pause"), base.MediaPauseIcon(), func() { h.pause(true) })
		if h.asking == session.Paused {
			clock.Color = base.ColorNameForeground
			banner = widget.NewNotice(widget.Good, lang.L("Paused: {{.Name}} sees nothing", h.who()),
				lang.L("They are told that you have paused. Only you can go on."))
			hold = widget.NewMain(lang.L("Show the screen again"), base.MediaPlayIcon(), func() { h.pause(false) })
		}
		tick(s, time.Time{}, func(time.Duration) { clock.SetText(page.Clock(time.Since(h.since))) })
		body := container.NewVBox(banner, clock)
		if !h.ends.IsZero() {
			body.Add(h.ending(s))
		}
		body.Add(container.NewGridWithColumns(2, container.New(tall(56), hold), container.New(tall(56), stop)))
		body.Add(widget.NewCaption(lang.L("You can stop at any time, also with the Escape key in this window. Then nothing more is shown at once.")))
		return widget.Inset(12, widget.NewCentred(620, widget.NewCard(widget.Inset(8, body))))
	})
}

// pause blanks what the supporter sees, or ends that. The session is told
// before the window changes.
func (h *hosted) pause(on bool) {
	if on {
		h.control.Pause()
		h.asking = h.asking.Next(session.AnswerPause)
	} else {
		h.control.Resume()
		h.asking = h.asking.Next(session.AnswerResume)
	}
	h.sharing()
}

// ending tells that the session ends by itself soon.
func (h *hosted) ending(s *page.Scope) fyne.CanvasObject {
	left := widget.NewText("")
	left.TextStyle.Bold = true
	tick(s, h.ends, func(rest time.Duration) {
		left.SetText(lang.L("This ends by itself in {{.Time}}", map[string]any{"Time": page.Clock(rest)}))
	})
	why := lang.L("It lasts 60 minutes at most. For more, {{.Name}} asks again and you are asked again.", h.who())
	body := container.NewVBox(left)
	if h.limit == session.LimitIdle {
		why = lang.L("Nothing has happened for 9 minutes.")
		body.Add(widget.NewText(why))
		body.Add(container.NewHBox(widget.NewButton(lang.L("I am still here"), base.ConfirmIcon(), h.control.Active)))
	} else {
		body.Add(widget.NewText(why))
	}
	return widget.NewGround(widget.Warning, widget.Inset(6, body))
}

// tall gives its content at least so much height.
type tall float32

func (t tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	layout.NewStackLayout().Layout(objects, size)
}

func (t tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return layout.NewStackLayout().MinSize(objects).Max(fyne.NewSize(0, float32(t)))
}

// summary says in one notice how the session went.
func (h *hosted) summary(end session.End, err error) fyne.CanvasObject {
	data := h.who()
	if !end.Started.IsZero() {
		to := end.Ended
		if to.IsZero() {
			to = time.Now()
		}
		data["From"], data["To"] = end.Started.Local().Format("15:04"), to.Local().Format("15:04")
		data["Time"] = page.Span(to.Sub(end.Started))
		seen := lang.L("{{.Name}} saw your screen from {{.From}} to {{.To}} ({{.Time}}). Nothing is shown any more.", data)
		return widget.NewNotice(widget.Neutral, seen, h.whoEnded(end, err))
	}
	switch {
	case errors.Is(err, session.ErrWrongCode):
		return widget.NewNotice(widget.Warning, lang.L("A wrong code was typed, so nothing was shown."),
			lang.L("If you are on the phone with {{.Name}}, let them ask again. Otherwise you need do nothing.", data))
	case errors.Is(err, session.ErrExpired):
		return widget.NewNotice(widget.Neutral, lang.L("The code was not used in time. Nothing was shown."),
			lang.L("If you still need help, {{.Name}} can ask again.", data))
	case errors.Is(err, session.ErrRefused), errors.Is(err, context.Canceled), end.By == session.ByCustomer:
		return widget.NewNotice(widget.Good, lang.L("Nothing was shown, because you did not allow it."), lang.L("{{.Name}} was told.", data))
	case end.By == session.BySupporter, errors.Is(err, session.ErrPeerLeft), errors.Is(err, session.ErrDesk):
		return widget.NewNotice(widget.Neutral, lang.L("{{.Name}} no longer asks. Nothing was shown.", data), "")
	case err != nil:
		return page.Trouble(err)
	}
	return widget.NewNotice(widget.Neutral, lang.L("Nothing was shown."), "")
}

// whoEnded says who ended a session that had begun.
func (h *hosted) whoEnded(end session.End, err error) string {
	if errors.Is(err, session.ErrIdle) || errors.Is(err, session.ErrTooLong) {
		what, _ := page.Explain(err)
		return what
	}
	switch end.By {
	case session.ByCustomer:
		return lang.L("You ended it.")
	case session.BySupporter:
		return lang.L("{{.Name}} ended it.", h.who())
	case session.ByDesk:
		return lang.L("The support desk ended it.")
	}
	if err != nil {
		return lang.L("The connection was lost.")
	}
	return ""
}
