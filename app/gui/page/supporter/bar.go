//go:build !headless

package supporter

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/film"
	"github.com/beistand/beistand/session/rights"
)

// bar are the rights, each lit while it is given, and what was said of them.
type bar struct {
	of    *watched
	chips map[rights.Right]*widget.Chip
	flow  *fyne.Container
	note  *fyne.Container // the outcome of a question, for a while
	said  int             // how many notes there were
	words string          // the note that is shown; "" if none is
}

func newBar(w *watched) *bar {
	b := &bar{of: w, chips: map[rights.Right]*widget.Chip{}, flow: widget.NewFlow(), note: container.NewStack()}
	for _, r := range rights.All() {
		if w.asked.Role == api.RoleObserver && r != rights.See || r == rights.Film && !film.Can() {
			continue
		}
		chip := widget.NewChip(page.Right(r).Word, nil)
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
	} else if taken := before.Given.Without(now.Given).Without(b.of.film.tells()); taken != 0 {
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
		b.hush()
	}
}

// hush takes the note away.
func (b *bar) hush() {
	b.words = ""
	b.note.Hide()
	b.of.flow.frame.Settle()
}

// noteTime is how long something is said.
const noteTime = 8 * time.Second

// tell says something below the bar; passing goes after a while.
func (b *bar) tell(tone widget.Tone, words string, passing bool) {
	b.said++
	mine := b.said
	b.words = words
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
	after(b.of.scope, noteTime, func() {
		if b.said == mine {
			b.hush()
		}
	})
}

// trouble says what could not be done; what stands there already is not said
// again, since the mouse alone may fail many times a second.
func (b *bar) trouble(err error) {
	if err == nil {
		return
	}
	what, todo := page.Explain(err)
	words := what + " " + todo
	if words == b.words {
		return
	}
	b.of.flow.frame.Log(err)
	b.tell(widget.Warning, words, true)
}
