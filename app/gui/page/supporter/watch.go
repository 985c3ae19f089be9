//go:build !headless

package supporter

import (
	"context"
	"errors"
	"image"
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
	"github.com/beistand/beistand/session"
)

// watched is one session on this side. All but picture and repaint belong to
// the user interface's thread.
type watched struct {
	flow    *Flow
	ticket  api.Ticket
	scope   *page.Scope // ending it is the supporter's stop
	body    *fyne.Container
	status  *fynewidget.Label
	phase   session.Phase
	path    string
	active  *activity
	since   time.Time // the first picture
	picture *widget.Picture
	repaint *page.Newest[struct{}]
	shown   bool // the picture is in the window
	paused  bool // by the customer
	ends    time.Time
	limit   session.Limit
}

// watch joins the session and shows how far it is, then the picture.
func (f *Flow) watch(t api.Ticket, asked api.Session, code string) {
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		w := &watched{flow: f, ticket: t, scope: s.Child(), picture: widget.NewPicture(), active: newActivity()}
		w.repaint = page.NewNewest(w.scope, w.paint)
		stop := widget.NewButton(lang.L("Stop"), base.MediaStopIcon(), w.stop)
		stop.Importance = fynewidget.DangerImportance
		f.frame.SetKeys(page.Keys{Escape: w.stop})
		w.status = fynewidget.NewLabel("")
		w.status.Truncation = fyne.TextTruncateEllipsis
		w.body = container.NewStack()
		w.waiting(lang.L("The code is being checked …"))
		tick(s, w.tell)
		desk := f.desk
		w.scope.Go(func(ctx context.Context) {
			end, err := desk.Watch(ctx, page.Watching{
				Session: asked, Code: code, Show: w.show,
				Notify: func(e session.Event) {
					if e.Paused { // at once, whatever the window is busy with
						w.picture.Set(image.NewRGBA(image.Rectangle{Max: w.picture.PixelSize()}))
					}
					w.scope.UI(func() { w.heard(e) })
				},
				Joined: func(active func()) { w.scope.UI(func() { w.active.does = active }) },
			})
			s.UI(func() {
				if w.scope.Ended() && end.Started.IsZero() { // Stop was pressed
					err = context.Canceled
				}
				f.watchEnded(t, asked, end, err)
			})
		})
		return container.NewBorder(container.NewVBox(widget.Inset(4, container.NewBorder(nil, nil, nil, stop, w.status)), fynewidget.NewSeparator()),
			nil, nil, nil, container.NewStack(w.body, w.active))
	})
}

// watchEnded goes back to the code if the session still waits for it.
func (f *Flow) watchEnded(t api.Ticket, asked api.Session, end session.End, err error) {
	if errors.Is(err, session.ErrBadCode) || errors.Is(err, session.ErrNotThisSession) {
		what, todo := page.Explain(err)
		f.code(t, asked, what+" "+todo)
		return
	}
	f.over(t, asked, end, err)
}

func (w *watched) stop() {
	w.scope.End()
	w.put(evidence.Busy(lang.L("Ending …")))
}

// show takes a picture from the session's goroutine. It copies it and asks for
// one repaint; pictures that come before that replace each other.
func (w *watched) show(picture *image.RGBA, _ image.Rectangle) {
	w.picture.Set(picture)
	w.repaint.Put(struct{}{})
}

func (w *watched) paint(struct{}) {
	if w.since.IsZero() {
		w.since = time.Now()
	}
	if !w.shown && !w.paused {
		w.shown = true
		w.put(w.picture)
		w.tell()
	}
	w.picture.Refresh()
}

func (w *watched) heard(e session.Event) {
	w.phase = e.Phase
	if e.Path != "" {
		w.path = e.Path
	}
	w.ends, w.limit = e.Ends, e.Limit
	w.pausing(e.Paused)
	switch e.Phase {
	case session.PhaseWaiting:
		w.waiting(lang.L("Waiting for the customer's program …"))
	case session.PhaseCode:
		w.waiting(lang.L("The code is being checked …"))
	case session.PhaseConsent:
		w.waiting(lang.L("The code is right. Now the customer is asked for consent …"))
	case session.PhaseConnecting:
		w.waiting(lang.L("The two computers are being connected …"))
	}
	w.tell()
}

func (w *watched) waiting(words string) {
	if w.since.IsZero() {
		w.put(evidence.Busy(words))
	}
}

func (w *watched) put(o fyne.CanvasObject) {
	w.body.Objects = []fyne.CanvasObject{o}
	w.body.Refresh()
}

// tell renews the status line.
func (w *watched) tell() {
	data := map[string]any{"Name": customerName(w.ticket), "Number": w.ticket.Number}
	if w.since.IsZero() {
		w.status.SetText(lang.L("{{.Name}}, ticket {{.Number}}", data))
		return
	}
	data["Time"], data["Path"] = page.Clock(time.Since(w.since)), lang.L("direct connection")
	if w.path == session.PathRelayed {
		data["Path"] = lang.L("relayed connection")
	}
	text := lang.L("{{.Name}}, ticket {{.Number}}: live for {{.Time}}, {{.Path}}", data)
	if w.paused {
		text = lang.L("{{.Name}}, ticket {{.Number}}: paused by the customer", data)
	}
	if !w.ends.IsZero() {
		text += " · " + w.ending()
	}
	w.status.SetText(text)
}

// over says in one sentence how a session ended.
func (f *Flow) over(t api.Ticket, asked api.Session, end session.End, err error) {
	f.frame.Log(err)
	f.frame.Open(func(*page.Scope) fyne.CanvasObject {
		back := widget.NewMain(lang.L("Back to the ticket"), base.NavigateBackIcon(), func() { f.ticket(t.Number) })
		again := widget.NewButton(lang.L("Ask again"), base.ComputerIcon(), func() { f.choose(t, asked.Role) })
		f.frame.SetKeys(page.Keys{Enter: func() { f.ticket(t.Number) }, Escape: func() { f.ticket(t.Number) }})
		return widget.Inset(12, widget.NewCentred(560, widget.NewCard(widget.Inset(8, container.NewVBox(
			widget.NewSubheading(lang.L("The session is over")), outcome(end, err),
			container.NewHBox(layout.NewSpacer(), again, back))))))
	})
}

func outcome(end session.End, err error) fyne.CanvasObject {
	if !end.Started.IsZero() {
		if errors.Is(err, session.ErrIdle) || errors.Is(err, session.ErrTooLong) {
			what, todo := page.Explain(err)
			return widget.NewNotice(widget.Neutral, what, todo)
		}
		data := map[string]any{"Time": page.Span(end.Ended.Sub(end.Started))}
		switch end.By {
		case session.ByCustomer:
			return widget.NewNotice(widget.Neutral, lang.L("The customer stopped showing the screen after {{.Time}}.", data), "")
		case session.BySupporter:
			return widget.NewNotice(widget.Neutral, lang.L("You stopped looking after {{.Time}}.", data), "")
		case session.ByDesk:
			return widget.NewNotice(widget.Warning, lang.L("The desk ended the session after {{.Time}}.", data), "")
		}
		return widget.NewNotice(widget.Warning, lang.L("The connection was lost after {{.Time}}.", data), lang.L("Check the network on both sides, then ask again."))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return widget.NewNotice(widget.Neutral, lang.L("You stopped before anything was shown."), "")
	case err != nil:
		return page.Trouble(err)
	}
	return widget.NewNotice(widget.Neutral, lang.L("Nothing was shown."), "")
}
