//go:build !headless

package customer

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// filed is called once the desk has everything.
func (f *Flow) filed(t api.CreatedTicket) {
	f.sent = t
	f.kept.keep(page.Draft{})
	f.thanks()
	f.look()
	f.listen()
}

// thanks shows the fourth page.
func (f *Flow) thanks() {
	f.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		number := strconv.FormatInt(f.sent.Ticket.Number, 10)
		copied := fynewidget.NewLabel("")
		copied.Importance, copied.Alignment = fynewidget.SuccessImportance, fyne.TextAlignCenter
		copyNumber := widget.NewMain(lang.L("Copy number"), base.ContentCopyIcon(), func() {
			fyne.CurrentApp().Clipboard().SetContent(number)
			copied.SetText(lang.L("Copied."))
		})
		another := widget.NewButton(lang.L("Report another problem"), base.ContentAddIcon(), f.begin)
		head := fynewidget.NewLabel(lang.L("Your ticket has arrived. Its number is"))
		head.Alignment = fyne.TextAlignCenter
		head.SizeName = base.SizeNameSubHeadingText
		next := lang.L("We read it and get in touch with you: {{.Contact}}", map[string]any{"Contact": f.ticket.Contact})
		body := container.NewVBox(
			head, widget.NewCode(number),
			container.NewCenter(copyNumber), copied,
			widget.NewSubheading(lang.L("What happens next")),
			widget.NewText(next),
			widget.NewText(lang.L("Leave this window open if you are on the phone with us: then we can ask here to see your screen. Nobody sees it without your consent.")),
		)
		if f.c.Phone != "" {
			body.Add(widget.NewText(lang.L("You can also call us: {{.Phone}}", map[string]any{"Phone": f.c.Phone})))
		}
		if asked := f.askedFor(); asked != nil {
			body.Objects = append([]fyne.CanvasObject{asked}, body.Objects...)
		}
		if f.notice != nil {
			body.Objects = append([]fyne.CanvasObject{f.notice}, body.Objects...)
		}
		return foot(container.NewVScroll(widget.NewCentred(620, widget.NewCard(widget.Inset(8, body)))), nil, another)
	})
}

// listen waits for a supporter's wish to see the screen.
func (f *Flow) listen() {
	scope, ticket := f.one, f.sent
	scope.Go(func(ctx context.Context) {
		err := f.c.Desk.Listen(ctx, ticket, func(e api.Event) {
			scope.UI(func() { f.event(scope, e) })
		})
		if err != nil && ctx.Err() == nil {
			scope.UI(func() {
				f.frame.Log(err)
				again := widget.NewButton(lang.L("Try again"), base.ViewRefreshIcon(), func() {
					f.notice = nil
					f.thanks()
					f.listen()
				})
				f.notice = page.Trouble(err, again)
				if len(f.sessions) == 0 {
					f.thanks()
				}
			})
		}
	})
}

// most is how many people may help at once; the desk keeps to that too.
const most = 5

// event is something that happened to the ticket. News of a session that was
// here already, such as that it began, may come after its end.
func (f *Flow) event(scope *page.Scope, e api.Event) {
	if e.Kind == api.EventEntry || e.Kind == api.EventTicket || e.Kind == api.EventHello {
		f.look()
	}
	if e.Session == nil || e.Session.Ended != nil || len(f.sessions) >= most || f.hosted[e.Session.ID] {
		return
	}
	f.ask(scope, *e.Session)
}
