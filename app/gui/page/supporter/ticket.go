//go:build !headless

package supporter

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
)

// opened is a bundle on this machine.
type opened struct {
	id     string // the bundle's
	source page.Evidence
}

// release closes the bundle that is open.
func (f *Flow) release() {
	if f.opened != nil {
		f.frame.Log(f.opened.source.Close())
		f.opened = nil
	}
}

// ticket shows one ticket, asked for anew.
func (f *Flow) ticket(number int64) {
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		body := container.NewStack(evidence.Busy(lang.L("Asking the desk …")))
		f.frame.SetKeys(page.Keys{Escape: f.tickets})
		page.Load(s,
			func(ctx context.Context) (api.Ticket, error) { return f.desk.Ticket(ctx, number) },
			func(t api.Ticket, err error) {
				if err != nil {
					f.frame.Log(err)
					again := widget.NewButton(lang.L("Try again"), base.ViewRefreshIcon(), func() { f.ticket(number) })
					back := widget.NewButton(lang.L("All tickets"), base.NavigateBackIcon(), f.tickets)
					body.Objects = []fyne.CanvasObject{widget.NewCentred(620, widget.NewCard(page.Trouble(err, back, again)))}
				} else {
					body.Objects = []fyne.CanvasObject{f.showTicket(s, t)}
				}
				body.Refresh()
			})
		return widget.Inset(12, body)
	})
}

func (f *Flow) showTicket(s *page.Scope, t api.Ticket) fyne.CanvasObject {
	back := widget.NewButton(lang.L("All tickets"), base.NavigateBackIcon(), f.tickets)
	back.Importance = fynewidget.LowImportance
	again := widget.NewButton(lang.L("Refresh"), base.ViewRefreshIcon(), func() { f.ticket(t.Number) })
	ask := widget.NewMain(lang.L("Ask for a session"), base.ComputerIcon(), func() { f.choose(t, api.RoleSupporter) })
	number := fynewidget.NewLabel(lang.L("Ticket {{.Number}}", map[string]any{"Number": strconv.FormatInt(t.Number, 10)}))
	word, tone := page.Priority(t.Priority)
	title := widget.NewSubheading(t.Title)
	about := widget.NewCaption(join(t.Name, t.Contact, page.Known(t.Product), page.Age(time.Since(t.Created))))
	excerpt := fynewidget.NewLabel(strings.Join(strings.Fields(t.Description), " ")) // the whole is in its tab
	excerpt.Truncation = fyne.TextTruncateEllipsis
	head := container.NewVBox(
		container.NewBorder(nil, nil, container.NewHBox(back, number, container.NewCenter(widget.NewBadge(word, tone))), container.NewHBox(again, ask)),
		container.New(layout.NewCustomPaddedVBoxLayout(-10), title, about, excerpt))
	if others := open(t.Sessions); len(others) > 0 {
		head.Add(f.present(t, others))
	}
	found := container.NewStack()
	collected := f.bundles(s, t, found)
	items := []*container.TabItem{
		container.NewTabItem(lang.L("Collected"), collected),
		container.NewTabItem(lang.X("ticket description", "Description"), description(t)),
		container.NewTabItem(lang.L("Sessions"), f.sessions(t)),
	}
	if f.c.Findings != nil {
		items = slices.Insert(items, 0, container.NewTabItem(lang.L("Findings"), found))
	}
	tabs := container.NewAppTabs(items...)
	return container.NewBorder(head, nil, nil, nil, tabs)
}

// description is what the customer wrote, and who and what it is about.
func description(t api.Ticket) fyne.CanvasObject {
	text := t.Description
	if text == "" {
		text = lang.L("The customer has written no description.")
	}
	words := widget.NewText(text)
	words.Selectable = true
	said := container.NewVBox(words)
	for _, a := range t.Answers {
		question := widget.NewText(a.Label)
		question.TextStyle.Bold = true
		answer := widget.NewText(a.Text)
		answer.Selectable = true
		said.Add(container.New(layout.NewCustomPaddedVBoxLayout(-8), question, answer))
	}
	facts := container.New(layout.NewFormLayout())
	for _, fact := range [][2]string{
		{lang.L("Kind"), kind(t.Kind)},
		{lang.L("Customer"), t.Name},
		{lang.L("Contact"), t.Contact},
		{lang.L("Product"), page.Known(t.Product)},
		{lang.L("Language"), t.Language},
		{lang.L("Filed"), page.When(t.Created)},
		{lang.L("State"), state(t.State)},
	} {
		if fact[1] == "" {
			continue
		}
		key := fynewidget.NewLabel(fact[0])
		key.Importance = fynewidget.LowImportance
		value := fynewidget.NewLabel(fact[1])
		value.Selectable = true
		value.Wrapping = fyne.TextWrapWord
		facts.Add(key)
		facts.Add(value)
	}
	return container.NewVScroll(widget.Inset(4, container.NewVBox(widget.NewCard(said), widget.NewCard(facts))))
}

// state is a ticket's state in the words that the desk's pages use.
func state(s api.State) string {
	switch s {
	case api.StateNew:
		return lang.X("ticket state new", "New")
	case api.StateOpen:
		return lang.L("In progress")
	case api.StateWaitingCustomer:
		return lang.L("Waiting for the customer")
	case api.StateWaitingThird:
		return lang.L("Waiting for somebody else")
	case api.StateSolved:
		return lang.L("Solved")
	case api.StateClosed:
		return lang.L("Closed")
	}
	return string(s) // of a newer desk
}

// kind is what a ticket is about, in the words that the desk's pages use.
func kind(k api.Kind) string {
	switch k {
	case api.Fault:
		return lang.L("Something does not work")
	case api.Question:
		return lang.L("Question")
	case api.Wish:
		return lang.L("Wish for a feature")
	case api.Change:
		return lang.L("A change")
	case api.Installation:
		return lang.L("Installation")
	}
	return string(k)
}
