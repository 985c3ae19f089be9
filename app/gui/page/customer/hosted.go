//go:build !headless

package customer

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
)

// hosted is one session on this machine, from being asked to its end.
type hosted struct {
	flow    *Flow
	about   api.Session
	scope   *page.Scope // ending it is the customer's no, or stop
	stopped bool        // the customer has ended it; the end is on its way
	code    string
	record  string    // the file where it is kept; "" while that is not known
	since   time.Time // since when something is allowed; zero before

	asking  session.Asking   // how far the consent is
	locked  bool             // the screen is
	refused bool             // it was before there was a consent
	open    map[*card]func() // what is asked while something is allowed, and how to say no
	first   *card            // who called, the warning, the code; nil when that is over
	control page.Control
	news    page.News
	vitals  string            // the newest sample that left
	load    *fynewidget.Label // where it is shown; nil if it is not
	trouble error             // with a file or with what is shown; nil if there is none
}

// ask is called when a supporter asks to help. It calls the person, but
// nothing is shared before the code and a consent.
func (f *Flow) ask(scope *page.Scope, s api.Session) {
	h := &hosted{flow: f, about: s, scope: scope.Child(), open: map[*card]func(){}}
	if len(f.sessions) == 0 {
		f.notice, f.overs = nil, nil
	}
	f.sessions = append(f.sessions, h)
	f.hosted[s.ID] = true
	ticket := f.sent
	a := page.Audience{
		Case:    f.collectedCase(),
		Code:    func(code string) { h.scope.UI(func() { h.drawn(code) }) },
		Record:  func(path string) { scope.UI(func() { h.record = path }) },
		Consent: h.consent,
		Hand:    h.handing,
		Control: func(c page.Control) { h.scope.UI(func() { h.control = c }) },
		Notify:  func(n page.News) { h.scope.UI(func() { h.heard(n) }) },
		Locked:  func(on bool) { h.scope.UI(func() { h.locks(on) }) },
		Vitals:  func(text string) { h.scope.UI(func() { h.vital(text) }) },
	}
	h.scope.Go(func(ctx context.Context) {
		end, err := f.c.Hosting.Host(ctx, ticket, s, a)
		scope.UI(func() { h.ended(end, err) })
	})
	h.first = &card{show: h.caller}
	f.raise(h.first)
	f.attend(lang.L("{{.Name}} would like to help you", h.who()))
}

// attend calls the person to the window.
func (f *Flow) attend(title string) {
	if f.c.Attention != nil {
		f.c.Attention(title, lang.L("Nothing happens without your consent."))
	}
}

// collectedCase is the evidence as it was sent.
func (f *Flow) collectedCase() page.Case {
	if f.evidence == nil {
		return page.Case{}
	}
	return page.Case{Revision: f.clean.revision, Keep: f.report().Keep}
}

// who is the data that texts about the supporter need.
func (h *hosted) who() map[string]any {
	return map[string]any{"Name": page.Plain(h.about.Supporter), "Organisation": page.Plain(h.about.Organisation), "Number": h.about.Ticket}
}

// live says whether somebody may do something here.
func (h *hosted) live() bool { return !h.since.IsZero() && !h.stopped }

// drawn keeps the code until it may be read out.
func (h *hosted) drawn(code string) {
	h.code = code
	if h.asking == session.AskCode && h.flow.front == h.first {
		h.asked()
	}
}

// end ends the session as the customer's doing; what is shown is the caller's to say.
func (h *hosted) end() {
	h.stopped = true
	h.asking = h.asking.Next(session.AnswerNo)
	h.scope.End()
	if h.first != nil {
		first := h.first
		h.first = nil
		h.flow.cards = slices.DeleteFunc(h.flow.cards, func(o *card) bool { return o == first })
	}
}

// stop is the customer's no, or stop, to this session alone.
func (h *hosted) stop() {
	h.end()
	h.flow.turn()
}

// heard takes what has changed.
func (h *hosted) heard(n page.News) {
	if n.Trouble != nil && (h.news.Trouble == nil || n.Trouble.Error() != h.news.Trouble.Error()) {
		h.trouble = n.Trouble
	}
	h.news = n
	if h.since.IsZero() && n.Phase == session.PhaseSharing {
		h.since = time.Now()
	}
	h.flow.changed()
}

// vital shows the newest sample. They come all the time: the page is not made
// anew for one.
func (h *hosted) vital(text string) {
	h.vitals = strings.TrimSpace(page.Plain(strings.ReplaceAll(text, "\n", " · ")))
	if h.load == nil {
		h.flow.changed()
	} else {
		h.load.SetText(h.vitals)
	}
}

// ended goes back to what else goes on, or to the ticket, and tells how it was.
func (h *hosted) ended(end session.End, err error) {
	h.end()
	f := h.flow
	f.sessions = slices.DeleteFunc(f.sessions, func(o *hosted) bool { return o == h })
	f.frame.Log(err)
	f.overs = append(f.overs, h.summary(end, err))
	f.notice = container.NewVBox(f.overs...)
	f.turn()
}
