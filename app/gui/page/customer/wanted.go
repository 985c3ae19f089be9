//go:build !headless

package customer

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// bringing is what the customer is about to bring of what was asked for.
type bringing struct {
	only []string // the collectors that run for it
}

// collectors are the names of those that run; nil before a case is sent: all.
func (b *bringing) collectors() []string {
	if b == nil {
		return nil
	}
	return b.only
}

// look asks the desk whether something is wanted, and shows it.
func (f *Flow) look() {
	if f.c.Requests == nil || f.more != nil || f.sent.Ticket.Number == 0 {
		return
	}
	ticket := f.sent
	page.Load(f.one,
		func(ctx context.Context) (page.Wanted, error) { return f.c.Requests.Wanted(ctx, ticket) },
		func(w page.Wanted, err error) {
			f.frame.Log(err)
			if err != nil || f.more != nil || sameWants(w, f.wanted) {
				return
			}
			came := len(f.wanted.Wants) == 0 && len(w.Wants) > 0
			f.wanted = w
			if len(f.sessions) > 0 {
				return // it is shown once nobody looks at the screen any more
			}
			if came && f.c.Attention != nil {
				f.c.Attention(lang.L("Support needs something more from you"), lang.L("You decide what is sent."))
			}
			f.thanks()
		})
}

func sameWants(a, b page.Wanted) bool {
	return slices.EqualFunc(a.Wants, b.Wants, func(x, y api.Want) bool { return x.ID == y.ID })
}

// askedFor is what the desk wants, with the way to give it; nil: nothing.
func (f *Flow) askedFor() fyne.CanvasObject {
	if len(f.wanted.Wants) == 0 {
		return nil
	}
	more := &bringing{}
	body := container.NewVBox()
	if f.wanted.Text != "" {
		body.Add(widget.NewText(f.wanted.Text))
	}
	for _, want := range f.wanted.Wants {
		switch {
		case want.Collector != "":
			more.only = append(more.only, want.Collector)
			body.Add(widget.NewText("• " + want.Label))
		case want.Question != "":
			w := widget.NewWriting()
			w.SetMinRowsVisible(2)
			w.SetPlaceHolder(lang.L("Your answer"))
			w.SetText(f.replies[want.Question]) // the page may have been shown before
			w.OnChanged = func(text string) {
				if letters := []rune(text); len(letters) > api.MaxAnswer {
					w.SetText(string(letters[:api.MaxAnswer]))
					return
				}
				f.replies[want.Question] = text
			}
			body.Add(labelled(want.Label, w))
		default:
			body.Add(widget.NewText("• " + want.Label + " " + lang.L("(please tell us on the phone or by mail)")))
		}
	}
	word, icon := lang.L("Collect and look through"), base.SearchIcon()
	if len(more.only) == 0 {
		word, icon = lang.L("Send"), base.MailSendIcon()
	}
	do := widget.NewMain(word, icon, func() { f.bring(more) })
	body.Add(container.NewHBox(do))
	return widget.NewGround(widget.Primary, container.NewVBox(widget.NewSubheading(lang.L("We need something more from you")), widget.Inset(4, body)))
}

// bring collects exactly what was asked for, to be looked through; answers
// alone are sent at once.
func (f *Flow) bring(more *bringing) {
	f.more = more
	if len(more.only) == 0 {
		f.release()
		f.send()
		return
	}
	ticket := f.sent
	page.Load(f.one,
		func(context.Context) (struct{}, error) { return struct{}{}, f.c.Requests.Begin(ticket) },
		func(_ struct{}, err error) {
			f.frame.Log(err) // the names are others then, which harms nobody
			f.collect()
			f.review()
		})
}

// before is the page before the look through what would be sent.
func (f *Flow) before() {
	if f.more == nil {
		f.describe()
		return
	}
	if f.running {
		f.stop()
	}
	f.more = nil
	f.thanks()
}

// sending is what sends a report: the case, or what it still needs.
func (f *Flow) sending(r page.Report, progress func(page.Sent)) func(context.Context) (api.CreatedTicket, error) {
	ticket := f.sent
	if f.more == nil {
		return func(ctx context.Context) (api.CreatedTicket, error) { return f.c.Desk.Send(ctx, r, progress) }
	}
	var answers []api.Answer
	for _, want := range f.wanted.Wants {
		if text := f.replies[want.Question]; want.Question != "" && strings.TrimSpace(text) != "" {
			answers = append(answers, api.Answer{Question: want.Question, Label: want.Label, Text: text})
		}
	}
	return func(ctx context.Context) (api.CreatedTicket, error) {
		return ticket, f.c.Requests.Bring(ctx, ticket, answers, r, progress)
	}
}

// brought is called once the desk has what was asked for.
func (f *Flow) brought() {
	f.more, f.wanted, f.replies = nil, page.Wanted{}, map[string]string{}
	f.notice = widget.NewNotice(widget.Good, lang.L("Thank you. It has arrived."), "")
	f.thanks()
	f.look()
}
