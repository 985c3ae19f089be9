//go:build !headless

package customer

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
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
			body.Add(widget.NewText(lang.L("After the code you are asked once more before anything happens. Do you not know this person, or were you not expecting this? Then refuse.")))
		}
		body.Add(container.NewHBox(layout.NewSpacer(), refuse))
		return h.flow.asking(container.NewVScroll(widget.NewCentred(640, widget.NewCard(widget.Inset(8, body)))))
	})
}

// heading says who asks, for what.
func (h *hosted) heading() fyne.CanvasObject {
	head := widget.NewHeading(lang.L("{{.Name}} would like to help you", h.who()))
	return container.New(layout.NewCustomPaddedVBoxLayout(-6), head, h.origin())
}

// origin says for whom somebody asks, as what, and for which ticket.
func (h *hosted) origin() *fynewidget.Label {
	data := h.who()
	data["Role"] = page.Role(h.about.Role)
	if h.about.Organisation == "" {
		return widget.NewText(lang.L("{{.Role}}, for your ticket {{.Number}}", data))
	}
	return widget.NewText(lang.L("{{.Role}} from {{.Organisation}}, for your ticket {{.Number}}", data))
}

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
