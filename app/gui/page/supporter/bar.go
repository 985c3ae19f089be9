//go:build !headless

package supporter

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// bar are the rights, each lit while it is given, and what was said of them.
type bar struct {
	of    *watched
	chips map[rights.Right]*widget.Chip
	flow  *fyne.Container
	note  *fyne.Container // the outcome of a question, for a while
	said  int             // how many notes there were
}

func newBar(w *watched) *bar {
	b := &bar{of: w, chips: map[rights.Right]*widget.Chip{}, flow: widget.NewFlow(), note: container.NewStack()}
	for _, r := range rights.All() {
		if w.asked.Role == api.RoleObserver && r != rights.See {
			continue
		}
		chip := widget.NewChip(rightWord(r), nil)
		chip.Do = func() { b.pressed(r) }
		b.chips[r] = chip
		b.flow.Add(chip)
	}
	b.flow.Hide()
	b.note.Hide()
	return b
}

// row is the bar beside the modes.
func (b *bar) row(modes fyne.CanvasObject) fyne.CanvasObject {
	b.flow.Resize(fyne.NewSize(700, 0)) // before it is known, so that it does not begin with a column
	held := container.New(&settling{changed: func() { b.of.scope.UI(b.of.flow.frame.Settle) }}, b.flow)
	return container.NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), modes, layout.NewSpacer()), held)
}

// settling holds a flow, and tells when its height changes with its width:
// those around it have to make room.
type settling struct {
	changed func()
	height  float32
}

func (s *settling) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	if h := objects[0].MinSize().Height; h != s.height {
		s.height = h
		s.changed()
	}
	objects[0].Move(fyne.NewPos(0, max(0, (size.Height-objects[0].MinSize().Height)/2)))
}

func (s *settling) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !objects[0].Visible() {
		return fyne.Size{}
	}
	return objects[0].MinSize()
}

// show begins when there is something to see.
func (b *bar) show() {
	b.flow.Show()
	b.of.flow.frame.Settle()
}

// heard lights the chips, and says what has become of a question.
func (b *bar) heard(before page.Standing) {
	now := b.of.now
	for r, chip := range b.chips {
		switch {
		case now.Given.Has(r):
			chip.Set(widget.ChipLit)
		case now.Asked.Outcome == page.OutcomeOpen && now.Asked.Rights.Has(r):
			chip.Set(widget.ChipWaits)
		default:
			chip.Set(widget.ChipOff)
		}
	}
	if q := now.Asked; q != before.Asked {
		b.outcome(q)
	} else if taken := before.Given.Without(now.Given); taken != 0 {
		b.tell(widget.Neutral, lang.L("Not given any more: {{.Rights}}", map[string]any{"Rights": rightWords(taken)}), true)
	}
}

func (b *bar) outcome(q page.Request) {
	data := map[string]any{"Name": customerName(b.of.ticket), "Rights": rightWords(q.Rights)}
	switch q.Outcome {
	case page.OutcomeOpen:
		b.tell(widget.Primary, lang.L("{{.Name}} is asked for: {{.Rights}}", data), false)
	case page.OutcomeGiven:
		b.tell(widget.Good, lang.L("{{.Name}} has allowed it: {{.Rights}}", data), true)
	case page.OutcomePart:
		data["Given"] = rightWords(q.Rights.Both(b.of.now.Given))
		b.tell(widget.Good, lang.L("{{.Name}} has allowed a part of it: {{.Given}}", data), true)
	case page.OutcomeRefused:
		b.tell(widget.Warning, lang.L("{{.Name}} has not allowed it: {{.Rights}}", data), true)
	default:
		b.said++
		b.note.Hide()
		b.of.flow.frame.Settle()
	}
}

// noteTime is how long something is said.
const noteTime = 8 * time.Second

// tell says something below the bar; passing goes after a while.
func (b *bar) tell(tone widget.Tone, words string, passing bool) {
	b.said++
	mine := b.said
	line := fynewidget.NewLabel(words)
	line.Truncation = fyne.TextTruncateEllipsis
	ground := widget.NewGround(tone, line)
	ground.Radius, ground.Pad = 0, 0
	b.note.Objects = []fyne.CanvasObject{ground}
	b.note.Show()
	b.of.flow.frame.Settle()
	if !passing {
		return
	}
	s := b.of.scope
	after(s, noteTime, func() {
		if b.said == mine {
			b.note.Hide()
			b.of.flow.frame.Settle()
		}
	})
}

// trouble says what could not be done.
func (b *bar) trouble(err error) {
	if err == nil {
		return
	}
	b.of.flow.frame.Log(err)
	what, todo := page.Explain(err)
	b.tell(widget.Warning, what+" "+todo, true)
}

// pressed asks for a right that is not given, or offers to give it back.
func (b *bar) pressed(r rights.Right) {
	w := b.of
	if w.helping == nil {
		return
	}
	frame := w.flow.frame
	head := fynewidget.NewLabel(rightMeans(r))
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
	if r == rights.Point || r == rights.Control {
		s = s.With(rights.Of(rights.See))
	}
	return s.Without(given)
}

// maxReason is how long a reason may be, in characters (wire.MaxReason).
const maxReason = 200

// short is a reason in one line, no longer than it may be.
func short(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	for utf8.RuneCountInString(text) > maxReason {
		_, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
	}
	return text
}
