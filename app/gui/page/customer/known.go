//go:build !headless

package customer

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

const (
	knownRest = 700 * time.Millisecond // how long the customer pauses before the desk is asked
	knownMost = 3                      // answers that are offered
	knownMark = 25                     // the least strength of one that is
	knownText = 12                     // characters, before which nothing is looked for
)

// asking asks the desk for known answers while somebody types. It belongs to
// the describe page.
type asking struct {
	flow  *Flow
	scope *page.Scope
	words chan api.SimilarQuery // holds one: newer words take older ones' place
	box   *fyne.Container
	shelf *fyne.Container // has box above the rest; nil before
}

// knowing begins to look for known answers; box is where they are shown.
func (f *Flow) knowing(s *page.Scope) *asking {
	a := &asking{flow: f, scope: s, words: make(chan api.SimilarQuery, 1), box: container.NewVBox()}
	a.show(f.offered)
	if f.c.Advice != nil {
		s.Go(a.run)
		a.changed()
	}
	return a
}

// changed is called when something was typed.
func (a *asking) changed() {
	t := a.flow.ticket
	if a.flow.c.Advice == nil || len([]rune(strings.TrimSpace(t.Title+t.Description))) < knownText {
		return
	}
	select {
	case <-a.words:
	default:
	}
	a.words <- api.SimilarQuery{
		Title: t.Title, Description: t.Description, Product: t.Product, Version: t.ProductVersion, Language: t.Language,
		Signs: t.Signs, Typing: true, Limit: knownMost,
	}
}

// run asks once the customer pauses, until ctx ends.
func (a *asking) run(ctx context.Context) {
	timer := time.NewTimer(knownRest)
	timer.Stop()
	var q api.SimilarQuery
	for {
		select {
		case q = <-a.words:
			timer.Reset(knownRest)
		case <-timer.C:
			found, err := a.flow.c.Advice.Known(ctx, q)
			if ctx.Err() != nil {
				return
			}
			a.scope.UI(func() {
				if err != nil { // a desk that knows nothing, or is not there, is no trouble here
					a.flow.frame.Log(err)
					return
				}
				a.flow.offered = nil
				for _, m := range found {
					if m.Strength >= knownMark && len(a.flow.offered) < knownMost {
						a.flow.offered = append(a.flow.offered, m)
					}
				}
				a.show(a.flow.offered)
			})
		case <-ctx.Done():
			return
		}
	}
}

// show offers answers.
func (a *asking) show(list []api.Match) {
	a.box.Objects = nil
	if len(list) > 0 {
		a.box.Add(widget.NewSubheading(lang.L("This may already be the answer")))
	}
	for _, m := range list {
		title := fynewidget.NewLabel(m.Title)
		title.TextStyle.Bold = true
		title.Wrapping = fyne.TextWrapWord
		text := m.Solution
		if text == "" {
			text = m.Excerpt
		}
		read := widget.NewButton(lang.L("Read"), base.DocumentIcon(), func() { a.read(m) })
		tight := container.New(layout.NewCustomPaddedVBoxLayout(-8), title, widget.NewText(short(text, 160)))
		a.box.Add(widget.NewGround(widget.Primary, container.NewVBox(tight, container.NewHBox(read))))
	}
	a.box.Hidden = len(list) == 0
	a.box.Refresh()
	if a.shelf != nil {
		a.shelf.Refresh()
	}
}

// above puts what is offered above rest, and gives it more than half of the room.
func (a *asking) above(rest fyne.CanvasObject) fyne.CanvasObject {
	a.shelf = widget.NewShelf(0.6, a.box, rest)
	return a.shelf
}

func short(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most-1]) + "…"
}

// read shows the whole of an answer, and asks whether it helped.
func (a *asking) read(m api.Match) {
	f := a.flow
	page.Load(a.scope,
		func(ctx context.Context) (string, error) { return f.c.Advice.Read(ctx, m) },
		func(text string, err error) {
			var body fyne.CanvasObject
			if err != nil {
				f.frame.Log(err)
				body = page.Trouble(err)
			} else {
				rich := fynewidget.NewRichTextFromMarkdown(text)
				rich.Wrapping = fyne.TextWrapWord
				body = rich
			}
			var shown *dialog.CustomDialog
			helped := widget.NewMain(lang.L("That solves it"), base.ConfirmIcon(), func() { shown.Hide(); a.helped(m) })
			not := widget.NewButton(lang.L("It does not help"), nil, func() { shown.Hide() })
			shown = dialog.NewCustomWithoutButtons(m.Title, container.NewVScroll(body), f.frame.Window)
			shown.SetButtons([]fyne.CanvasObject{not, helped})
			size := f.frame.Window.Canvas().Size()
			shown.Resize(fyne.NewSize(min(720, size.Width-60), min(560, size.Height-60)))
			shown.Show()
		})
}

// helped ends the case without a ticket: nothing was sent but that this helped.
func (a *asking) helped(m api.Match) {
	f := a.flow
	f.frame.Go(func(ctx context.Context) {
		if err := f.c.Advice.Helped(ctx, m.Ref); err != nil {
			f.frame.Log(err)
		}
	})
	f.open(stepDone, func(*page.Scope) fyne.CanvasObject {
		again := widget.NewButton(lang.L("Go on with the report"), base.NavigateBackIcon(), f.describe)
		another := widget.NewButton(lang.L("Report another problem"), base.ContentAddIcon(), func() {
			f.kept.keep(page.Draft{})
			f.ticket = api.NewTicket{}
			f.sent.Ticket.Number = -1 // so that the draft is forgotten before the next one is loaded
			f.begin()
		})
		body := container.NewVBox(
			widget.NewHeading(lang.L("Good that it is solved.")),
			widget.NewText(lang.L("Nothing about your computer was sent. What you wrote is kept here for a while, in case you need us after all.")),
		)
		return foot(widget.NewCentred(560, widget.NewCard(widget.Inset(10, body))), nil, again, another)
	})
}
