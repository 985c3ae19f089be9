//go:build !headless

package customer

import (
	"context"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
)

// asked shows who asks, and the code once it is drawn.
func (h *hosted) asked() {
	h.flow.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		refuse := widget.NewButton(lang.L("No, refuse"), base.CancelIcon(), h.stop)
		refuse.Importance = fynewidget.DangerImportance
		h.flow.frame.SetKeys(page.Keys{Escape: h.stop})
		body := container.NewVBox(h.heading(), separator())
		if h.code == "" {
			body.Add(fynewidget.NewLabel(lang.L("The code is being made …")))
			body.Add(fynewidget.NewProgressBarInfinite())
		} else {
			why := widget.NewText(lang.L("Read this code to the supporter on the phone, but only if you called them or expect the call:"))
			left := widget.NewCaption("")
			left.Alignment = fyne.TextAlignCenter
			tick(s, h.about.Expires, func(rest time.Duration) {
				left.SetText(lang.L("Valid for {{.Time}} more minutes", map[string]any{"Time": page.Clock(rest)}))
			})
			body.Add(why)
			body.Add(widget.NewGround(widget.Primary, widget.Inset(6, widget.NewCode(h.code))))
			body.Add(left)
			body.Add(widget.NewText(lang.L("After the code you are asked once more before anything is shown. Do you not know this person, or were you not expecting this? Then refuse.")))
		}
		body.Add(container.NewHBox(layout.NewSpacer(), refuse))
		return widget.Inset(12, container.NewVScroll(widget.NewCentred(640, widget.NewCard(widget.Inset(8, body)))))
	})
}

// heading says who asks, for what.
func (h *hosted) heading() fyne.CanvasObject {
	head := widget.NewHeading(lang.L("{{.Name}} asks to see your screen", h.who()))
	about := widget.NewText(lang.L("{{.Name}} from {{.Organisation}}, for your ticket {{.Number}}", h.who()))
	if h.about.Organisation == "" {
		about.SetText(lang.L("For your ticket {{.Number}}", h.who()))
	}
	return container.New(layout.NewCustomPaddedVBoxLayout(-6), head, about)
}

// question asks for consent. No is where Enter, Escape and silence lead.
func (h *hosted) question(until time.Time, answer func(session.Answer)) {
	var refuse *widget.Button
	h.flow.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		no := func() {
			answer(session.AnswerNo)
			h.flow.open(stepDone, func(*page.Scope) fyne.CanvasObject { return ending() })
		}
		refuse = widget.NewMain(lang.L("Refuse"), base.CancelIcon(), no)
		refuse.Escape = no
		allow := widget.NewButton(lang.L("Allow"), base.ConfirmIcon(), func() {
			answer(session.AnswerYes)
			h.connecting()
		})
		h.flow.frame.SetKeys(page.Keys{Enter: no, Escape: no})
		left := widget.NewText("")
		left.TextStyle.Bold = true
		bar := fynewidget.NewProgressBar()
		bar.TextFormatter = func() string { return "" }
		bar.Max = time.Until(until).Seconds()
		tick(s, until, func(rest time.Duration) {
			seconds := int(math.Ceil(rest.Seconds()))
			left.SetText(lang.N("Without an answer it is refused in {{.Count}} seconds.", seconds, map[string]any{"Count": seconds}))
			bar.SetValue(rest.Seconds())
		})
		body := container.NewVBox(
			widget.NewHeading(lang.L("May {{.Name}} see your screen now?", h.who())),
			widget.NewText(lang.L("{{.Name}} typed the right code and will see everything that is on your screen, all monitors, until you stop. They cannot click, type or copy anything. Close what they should not see first.", h.who())),
			left, container.New(slim{}, bar), widget.NewText(" "),
			container.NewHBox(layout.NewSpacer(), refuse, allow))
		return widget.Inset(12, widget.NewCentred(640, widget.NewCard(widget.Inset(8, body))))
	})
	h.flow.frame.Focus(refuse)
	if h.flow.c.Attention != nil {
		h.flow.c.Attention(lang.L("May {{.Name}} see your screen now?", h.who()), lang.L("Nothing is shown without your consent."))
	}
}

func (h *hosted) connecting() {
	h.flow.open(stepDone, func(*page.Scope) fyne.CanvasObject {
		stop := widget.NewButton(lang.L("Stop"), base.MediaStopIcon(), h.stop)
		h.flow.frame.SetKeys(page.Keys{Escape: h.stop})
		return foot(evidence.Busy(lang.L("The two computers are being connected …")), nil, stop)
	})
}

func ending() fyne.CanvasObject { return evidence.Busy(lang.L("Ending …")) }

func separator() fyne.CanvasObject { return widget.Inset(6, fynewidget.NewSeparator()) }

// tick calls show on the user interface's thread at once and then each second
// with what is left until the moment, not below zero, until the scope ends.
func tick(s *page.Scope, until time.Time, show func(time.Duration)) {
	show(max(0, time.Until(until)))
	s.Go(func(ctx context.Context) {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				s.UI(func() { show(max(0, time.Until(until))) })
			}
		}
	})
}
