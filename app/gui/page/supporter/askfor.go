//go:build !headless

package supporter

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// pressed asks for a right that is not given, or offers to give it back.
func (b *bar) pressed(r rights.Right) {
	w := b.of
	if w.helping == nil {
		return
	}
	frame := w.flow.frame
	head := fynewidget.NewLabel(page.Right(r).Aim)
	head.TextStyle.Bold = true
	body := container.NewVBox(head)
	up := fynewidget.NewPopUp(widget.Inset(8, body), frame.Window.Canvas())
	wide := container.NewGridWrap(fyne.NewSize(320, 1))
	body.Add(wide)
	switch {
	case w.now.Given.Has(r):
		body.Add(widget.NewCaption(lang.L("The customer has allowed it. Given back, it has to be asked for again.")))
		give := widget.NewButton(lang.L("Give back"), base.ContentUndoIcon(), func() {
			up.Hide()
			b.trouble(w.helping.GiveBack(rights.Of(r)))
		})
		body.Add(container.NewHBox(layout.NewSpacer(), give))
	case w.now.Asked.Outcome == page.OutcomeOpen:
		body.Add(widget.NewCaption(lang.L("One question at a time: {{.Name}} is being asked for {{.Rights}}.",
			map[string]any{"Name": customerName(w.ticket), "Rights": rightWords(w.now.Asked.Rights)})))
	default:
		reason := fynewidget.NewEntry()
		reason.SetPlaceHolder(lang.L("Why, in a few words (optional)"))
		ask := func() {
			up.Hide()
			b.trouble(w.helping.Ask(needs(r, w.now.Given), short(reason.Text)))
		}
		reason.OnSubmitted = func(string) { ask() }
		body.Add(reason)
		body.Add(container.NewHBox(layout.NewSpacer(), widget.NewMain(lang.L("Ask the customer"), base.ConfirmIcon(), ask)))
		defer frame.Focus(reason)
	}
	chip := b.chips[r]
	up.ShowAtRelativePosition(fyne.NewPos(0, chip.Size().Height+4), chip)
}

// needs is a right with what it is of no use without.
func needs(r rights.Right, given rights.Set) rights.Set {
	s := rights.Of(r)
	if onPicture.Has(r) {
		s = s.With(rights.Of(rights.See))
	}
	return s.Without(given)
}

// maxReason is how long a reason may be, in characters (wire.MaxReason).
const maxReason = 200

// short is a reason in one line, no longer than it may be.
func short(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	if letters := []rune(text); len(letters) > maxReason {
		text = string(letters[:maxReason])
	}
	return text
}
