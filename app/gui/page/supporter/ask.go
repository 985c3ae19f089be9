//go:build !headless

package supporter

import (
	"context"
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

// ask asks the desk for a session on a ticket.
func (f *Flow) ask(t api.Ticket, n api.NewSession) {
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		back := func() { f.ticket(t.Number) }
		f.frame.SetKeys(page.Keys{Escape: back})
		page.Load(s,
			func(ctx context.Context) (api.Session, error) { return f.desk.AskSession(ctx, t.Number, n) },
			func(asked api.Session, err error) {
				if err != nil {
					f.over(t, api.Session{Role: n.Role}, session.End{}, err)
					return
				}
				f.code(t, asked, "")
			})
		return evidence.Busy(lang.L("Asking the customer …"))
	})
}

// code shows the page where the code is typed. wrong is what was wrong with
// the one typed before, or "".
func (f *Flow) code(t api.Ticket, asked api.Session, wrong string) {
	entry := fynewidget.NewEntry()
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		entry.SetPlaceHolder(asked.FirstPart + "-000000")
		entry.TextStyle.Monospace = true
		trouble := fynewidget.NewLabel(wrong)
		trouble.Importance = fynewidget.DangerImportance
		trouble.Wrapping = fyne.TextWrapWord
		trouble.Hidden = wrong == ""
		give := func() {
			code, err := session.ParseCode(entry.Text)
			if err == nil && code.String()[:len(asked.FirstPart)] != asked.FirstPart {
				err = session.ErrNotThisSession
			}
			if err != nil {
				what, todo := page.Explain(err)
				trouble.SetText(what + " " + todo)
				trouble.Show()
				f.frame.Settle()
				f.frame.Focus(entry)
				return
			}
			f.watch(t, asked, entry.Text)
		}
		cancel := func() {
			f.withdraw(asked)
			f.ticket(t.Number)
		}
		entry.OnSubmitted = func(string) { give() }
		f.frame.SetKeys(page.Keys{Enter: give, Escape: cancel})
		f.listen(s, t, asked)
		left := widget.NewCaption("")
		tick(s, func() {
			rest := max(0, time.Until(asked.Expires))
			left.SetText(lang.L("Valid for {{.Time}} more minutes", map[string]any{"Time": page.Clock(rest)}))
		})
		main := widget.NewMain(lang.L("Connect"), base.ConfirmIcon(), give)
		body := container.NewVBox(
			widget.NewSubheading(lang.L("Let the customer read out the code")),
			widget.NewText(lang.L("{{.Name}} now sees your name and a code that begins with {{.First}}. A wrong code is used up at once; you can then ask again.",
				map[string]any{"Name": customerName(t), "First": asked.FirstPart})),
			widget.NewCaption(lang.L("You ask for: {{.Rights}}", map[string]any{"Rights": rightWords(parsed(asked.Rights))})),
			labelled(lang.L("Code"), entry), trouble, left,
			container.NewHBox(layout.NewSpacer(), widget.NewButton(lang.L("Cancel"), base.CancelIcon(), cancel), main))
		return widget.Inset(12, widget.NewCentred(520, widget.NewCard(widget.Inset(10, body))))
	})
	f.frame.Focus(entry)
}

// listen tells when the customer refuses before the code was typed.
func (f *Flow) listen(s *page.Scope, t api.Ticket, asked api.Session) {
	desk := f.desk
	s.Go(func(ctx context.Context) {
		err := desk.Events(ctx, t.Number, func(e api.Event) {
			if e.Session != nil && e.Session.ID == asked.ID && e.Session.Ended != nil {
				s.UI(func() { f.over(t, asked, session.End{By: e.Session.EndedBy}, session.ErrRefused) })
			}
		})
		if err != nil && ctx.Err() == nil {
			f.frame.UI(func() { f.frame.Log(err) })
		}
	})
}

// withdraw tells the desk that nobody will type the code.
func (f *Flow) withdraw(asked api.Session) {
	desk := f.desk
	f.frame.Go(func(ctx context.Context) {
		err := desk.MarkSession(ctx, asked.ID, api.SessionMark{What: "ended", By: session.BySupporter, Reason: "withdrawn before the code was typed"})
		if err != nil {
			f.frame.UI(func() { f.frame.Log(err) })
		}
	})
}

func customerName(t api.Ticket) string {
	if t.Name != "" {
		return t.Name
	}
	return lang.L("The customer")
}

// tick calls show on the user interface's thread at once and then each second
// until the scope ends.
func tick(s *page.Scope, show func()) {
	show()
	s.Go(func(ctx context.Context) {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				s.UI(show)
			}
		}
	})
}
