//go:build !headless

package customer

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// question is somebody's wish in front of the customer.
type question struct {
	h     *hosted
	wish  page.Wish
	until time.Time // silence is no then
	armed bool      // a yes counts: it is no click that was meant for the page before

	ticked rights.Set
	sight  page.Sight
	chosen bool // the sight is: one window is meant, but which?

	answer func(page.Grant) // the first counts
}

// consent asks the customer and waits for the answer; silence is no, and so is
// a code that was never shown here.
func (h *hosted) consent(ctx context.Context, w page.Wish) (page.Grant, error) {
	wait := h.flow.c.ConsentTime
	if until, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(until))
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	given := make(chan page.Grant, 1)
	say := func(g page.Grant) {
		select {
		case given <- g:
		default: // answered already
		}
	}
	q := &question{h: h, wish: w, answer: say}
	q.until, _ = ctx.Deadline()
	shown := &card{show: q.show}
	h.scope.UI(func() { h.put(q, shown) })
	select {
	case g := <-given:
		h.flow.frame.UI(func() { h.settled(shown) }) // also when the session is over
		return g, nil
	case <-ctx.Done():
		h.flow.frame.UI(func() {
			if w.First {
				h.asking = h.asking.Next(session.AnswerSilence)
				h.stopped = h.asking == session.Declined
			}
			h.settled(shown)
		})
		return page.Grant{}, nil
	}
}

// put brings a question before the customer, unless it has no place.
func (h *hosted) put(q *question, shown *card) {
	if q.wish.First {
		h.asking = h.asking.Next(session.AnswerCodeRight)
		first := h.first
		h.first = nil
		if h.asking != session.AskScreen {
			q.answer(page.Grant{})
			h.stopped = true
			h.flow.drop(first)
			return
		}
		defer h.flow.drop(first)
	} else if h.asking != session.Allowed && h.asking != session.Paused {
		q.answer(page.Grant{})
		return
	} else if !h.asks(shown, func() { q.answer(page.Grant{}) }) {
		return
	}
	q.ticked = q.possible().Both(rights.Of(rights.See))
	h.flow.raise(shown)
	h.flow.attend(lang.L("{{.Name}} asks for your permission", h.who()))
}

// say answers, and shows what comes then.
func (q *question) say(g page.Grant) {
	h := q.h
	g.Rights = g.Rights.Both(q.possible())
	if q.wish.First {
		to := session.AnswerNo
		if g.Rights != 0 {
			to = session.AnswerYes
		}
		if h.asking = h.asking.Next(to); h.asking != session.Allowed {
			g, h.stopped = page.Grant{}, true
		}
	}
	if g.Rights == 0 || !g.Rights.Has(rights.See) {
		g.Sight = page.Sight{}
	}
	q.answer(g)
}

// possible is what of the wish this machine can give.
func (q *question) possible() rights.Set {
	s := q.wish.Rights
	for r := range q.h.flow.cannot() {
		s = s.Without(rights.Of(r))
	}
	return s
}

// wanted is the wish, and at first also what cannot be given: the session does
// not ask for that.
func (q *question) wanted() rights.Set {
	if q.wish.First {
		return q.wish.Rights.With(asked(q.h.about))
	}
	return q.wish.Rights
}
