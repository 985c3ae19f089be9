//go:build !headless

package supporter

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
)

// pageful is how many tickets are asked for at once.
const pageful = 100

// tickets shows the list.
func (f *Flow) tickets() {
	f.release()
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		t := &ticketList{flow: f, scope: s, asking: s.Child(), body: container.NewStack()}
		t.entry = fynewidget.NewEntry()
		t.entry.SetPlaceHolder(lang.L("Search in tickets"))
		t.entry.SetText(f.query)
		t.entry.OnSubmitted = func(string) { t.refresh() }
		look := widget.NewButton(lang.L("Search"), base.SearchIcon(), t.refresh)
		again := widget.NewButton(lang.L("Refresh"), base.ViewRefreshIcon(), t.refresh)
		bar := container.NewBorder(nil, nil, nil, container.NewHBox(look, again), t.entry)
		t.more = widget.NewButton(lang.L("Show older tickets"), base.MoveDownIcon(), t.older)
		t.more.Hide()
		t.refresh()
		return widget.Inset(12, container.NewBorder(container.NewVBox(widget.NewSubheading(lang.L("Tickets")), bar, container.NewStack()), t.more, nil, nil,
			widget.NewCard(t.body)))
	})
}

// ticketList is the list's page.
type ticketList struct {
	flow   *Flow
	scope  *page.Scope
	asking *page.Scope // of the present question to the desk
	entry  *fynewidget.Entry
	body   *fyne.Container
	more   *widget.Button
	all    []api.Ticket
}

func (t *ticketList) refresh() {
	t.all = nil
	t.put(evidence.Busy(lang.L("Asking the desk …")))
	t.ask(0)
}

func (t *ticketList) older() {
	if len(t.all) > 0 {
		t.ask(t.all[len(t.all)-1].Number)
	}
}

// ask brings one pageful of tickets before a number; 0 is from the newest.
func (t *ticketList) ask(before int64) {
	t.asking.End()
	t.asking = t.scope.Child()
	t.more.Hide()
	t.flow.query = strings.TrimSpace(t.entry.Text)
	q := api.TicketQuery{Text: t.flow.query, Before: before, Limit: pageful}
	page.Load(t.asking,
		func(ctx context.Context) ([]api.Ticket, error) { return t.flow.desk.Tickets(ctx, q) },
		func(found []api.Ticket, err error) {
			if err != nil {
				t.flow.frame.Log(err)
				again := widget.NewButton(lang.L("Try again"), base.ViewRefreshIcon(), t.refresh)
				t.put(container.NewVBox(page.Trouble(err, again)))
				return
			}
			t.all = append(t.all, found...)
			t.show(len(found) == pageful)
		})
}

func (t *ticketList) show(more bool) {
	if len(t.all) == 0 {
		words := lang.L("There are no tickets yet. New ones appear here when you refresh.")
		if t.flow.query != "" {
			words = lang.L("No ticket has these words.")
		}
		none := widget.NewText(words)
		none.Alignment = fyne.TextAlignCenter
		none.Importance = fynewidget.LowImportance
		t.put(widget.NewCentred(420, none))
		return
	}
	if more {
		t.more.Show()
	}
	now := time.Now()
	list := fynewidget.NewList(
		func() int { return len(t.all) }, newTicketRow,
		func(i fynewidget.ListItemID, o fyne.CanvasObject) { fillTicketRow(o, t.all[i], now) })
	list.OnSelected = func(i fynewidget.ListItemID) { t.flow.ticket(t.all[i].Number) }
	t.put(list)
}

func (t *ticketList) put(o fyne.CanvasObject) {
	t.body.Objects = []fyne.CanvasObject{o}
	t.body.Refresh()
}
