//go:build !headless

package customer

import (
	"math"
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

// caller is the first question: who called whom. Nothing is read out before
// the answer. No is where Enter and Escape lead.
func (h *hosted) caller() {
	var refuse *widget.Button
	h.flow.open(stepDone, func(*page.Scope) fyne.CanvasObject {
		refuse = widget.NewButton(lang.L("No, refuse"), base.CancelIcon(), h.stop)
		refuse.Importance, refuse.Escape = fynewidget.DangerImportance, h.stop
		h.flow.frame.SetKeys(page.Keys{Enter: h.stop, Escape: h.stop})
		called := widget.NewButton(lang.L("I called them"), nil, func() { h.answer(session.AnswerCalledThem) })
		called.Importance = fynewidget.HighImportance
		they := widget.NewButton(lang.L("They called me"), nil, func() { h.answer(session.AnswerTheyCalled) })
		they.Importance = fynewidget.HighImportance
		no := container.NewBorder(nil, nil, nil, refuse, widget.NewCaption(lang.L("Nothing happens before you have been asked once more, for each thing by itself.")))
		below := container.NewVBox(widget.NewSubheading(lang.L("Did you call them, or did they call you?")),
			container.NewGridWithColumns(2, container.New(tall(48), called), container.New(tall(48), they)), no)
		return h.flow.asking(widget.NewSnug(680, container.NewVBox(h.heading(), separator()), h.wishes(), below))
	})
	h.flow.frame.Focus(refuse)
}

// warned is shown to somebody who was called. Going on takes a pause; ending it
// is where Enter, Escape and the space bar lead.
func (h *hosted) warned() {
	var end *widget.Button
	h.flow.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		end = widget.NewMain(lang.L("End this"), base.CancelIcon(), h.stop)
		end.Escape = h.stop
		h.flow.frame.SetKeys(page.Keys{Enter: h.stop, Escape: h.stop})
		on := widget.NewButton(lang.L("Go on nevertheless"), nil, func() { h.answer(session.AnswerGoOn) })
		on.Disable()
		left := widget.NewCaption("")
		tick(s, time.Now().Add(h.flow.c.CallerPause), func(rest time.Duration) {
			if rest > 0 {
				seconds := int(math.Ceil(rest.Seconds()))
				left.SetText(lang.N("Take your time. You can go on in {{.Count}} seconds.", seconds, map[string]any{"Count": seconds}))
				return
			}
			if on.Disabled() {
				h.asking = h.asking.Next(session.AnswerWaited)
				left.SetText(lang.L("Take your time. If you are not sure, end this."))
				on.Enable()
			}
		})
		body := container.NewVBox(
			widget.NewHeading(lang.L("Please be careful")),
			widget.NewText(lang.L("People who want to cheat also call. They say that they are from the support, from a bank or from a well-known company, and ask to see the screen. Somebody honest does not mind if you hang up and call back.")),
			h.official(),
			left,
			container.NewHBox(layout.NewSpacer(), on, end))
		return h.flow.asking(container.NewVScroll(widget.NewCentred(640, widget.NewCard(widget.Inset(8, body)))))
	})
	h.flow.frame.Focus(end)
}

// official says where to call back: the profile's number, which the caller
// cannot have chosen, or where to find it.
func (h *hosted) official() fyne.CanvasObject {
	phone := page.Plain(h.flow.c.Phone)
	if phone == "" {
		return widget.NewNotice(widget.Warning, lang.L("Hang up and call back yourself."),
			lang.L("Look the number up on an earlier letter or on your contract. Do not let the caller tell it to you."))
	}
	number := widget.NewCode(phone)
	number.Spaced = false
	if len([]rune(phone)) > 18 {
		number.Height = base.SizeNameSubHeadingText // in one line
	}
	return widget.NewGround(widget.Warning, widget.Inset(6, container.NewVBox(
		widget.NewText(lang.L("Hang up and call back on the official number:")), number,
		widget.NewText(lang.L("Do not let the caller tell you another one.")))))
}

// answer takes an answer to one of the questions before the code, and shows
// what it leads to.
func (h *hosted) answer(a session.Answer) {
	was := h.asking
	h.asking = was.Next(a)
	switch {
	case h.asking == was:
	case h.asking == session.AskWarned:
		h.first.show = h.warned
		h.warned()
	case h.asking == session.AskCode:
		h.first.show, h.first.patient = h.asked, true
		h.asked()
	}
}

// wishes says what is asked for, a line each, in two columns when they are many.
func (h *hosted) wishes() fyne.CanvasObject {
	all := asked(h.about).Rights()
	lines := container.New(layout.NewCustomPaddedVBoxLayout(-6))
	columns := []*fyne.Container{lines}
	if len(all) > 5 {
		columns = append(columns, container.New(layout.NewCustomPaddedVBoxLayout(-6)))
	}
	for i, r := range all {
		words := fynewidget.NewLabel(page.Right(r).Name)
		words.Truncation = fyne.TextTruncateEllipsis
		half := columns[i*len(columns)/len(all)]
		half.Add(container.NewBorder(nil, nil, fynewidget.NewLabel("•"), nil, words))
	}
	grid := container.NewGridWithColumns(len(columns))
	for _, c := range columns {
		grid.Add(c)
	}
	return container.New(layout.NewCustomPaddedVBoxLayout(-4), widget.NewText(lang.L("{{.Name}} would like to:", h.who())), grid)
}
