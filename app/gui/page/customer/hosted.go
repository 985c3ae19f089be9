//go:build !headless

package customer

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
)

// hosted is one session on this machine, from being asked to its end.
type hosted struct {
	flow  *Flow
	about api.Session
	scope *page.Scope // ending it is the customer's no, or stop
	code  string
	since time.Time // the first picture

	asking  session.Asking // how far the consent is
	control page.Control
	ends    time.Time // it ends by itself; zero: not soon
	limit   session.Limit
}

// ask is called when a supporter asks to see the screen. It calls the person,
// but nothing is shared before the code and a consent.
func (f *Flow) ask(scope *page.Scope, s api.Session) {
	h := &hosted{flow: f, about: s, scope: scope.Child()}
	f.session, f.notice = h, nil
	f.hosted[s.ID] = true
	ticket := f.sent
	h.scope.Go(func(ctx context.Context) {
		end, err := f.c.Hosting.Host(ctx, ticket, s, page.Audience{
			Code:    func(code string) { h.scope.UI(func() { h.drawn(code) }) },
			Consent: h.consent,
			Control: func(c page.Control) { h.scope.UI(func() { h.control = c }) },
			Notify:  func(e session.Event) { h.scope.UI(func() { h.heard(e) }) },
		})
		scope.UI(func() { h.ended(end, err) })
	})
	h.caller()
	if f.c.Attention != nil {
		f.c.Attention(lang.L("{{.Name}} asks to see your screen", h.who()), lang.L("Nothing is shown without your consent."))
	}
}

// who is the data that texts about the supporter need.
func (h *hosted) who() map[string]any {
	return map[string]any{"Name": page.Plain(h.about.Supporter), "Organisation": page.Plain(h.about.Organisation), "Number": h.about.Ticket}
}

// drawn keeps the code until it may be read out.
func (h *hosted) drawn(code string) {
	h.code = code
	if h.asking == session.AskCode {
		h.asked()
	}
}

// stop ends the session as the customer's doing.
func (h *hosted) stop() {
	if h.scope.Ended() {
		return
	}
	h.asking = h.asking.Next(session.AnswerNo)
	h.scope.End()
	h.flow.open(stepDone, func(*page.Scope) fyne.CanvasObject { return ending() })
}

func (h *hosted) heard(e session.Event) {
	switch e.Phase {
	case session.PhaseConnecting:
		h.connecting()
	case session.PhaseSharing:
		if h.since.IsZero() {
			h.since = time.Now()
			h.sharing()
		}
		if !h.ends.Equal(e.Ends) || h.limit != e.Limit {
			h.ends, h.limit = e.Ends, e.Limit
			h.sharing()
		}
	}
}

// consent asks the customer and waits for the answer; silence is no, and so is
// a code that was never shown here.
func (h *hosted) consent(ctx context.Context) (bool, error) {
	wait := h.flow.c.ConsentTime
	if until, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(until))
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	answer := make(chan bool, 1)
	until, _ := ctx.Deadline()
	say := func(a session.Answer) {
		h.asking = h.asking.Next(a)
		select {
		case answer <- h.asking == session.Allowed:
		default: // answered already
		}
	}
	h.scope.UI(func() {
		if h.asking = h.asking.Next(session.AnswerCodeRight); h.asking != session.AskScreen {
			say(session.AnswerNo)
			return
		}
		h.question(until, say)
	})
	select {
	case yes := <-answer:
		return yes, nil
	case <-ctx.Done():
		h.scope.UI(func() { h.asking = h.asking.Next(session.AnswerSilence) })
		return false, nil
	}
}

// ended goes back to the ticket's page and tells how it was.
func (h *hosted) ended(end session.End, err error) {
	h.scope.End()
	h.flow.session = nil
	h.flow.frame.Log(err)
	h.flow.notice = h.summary(end, err)
	h.flow.thanks()
}
