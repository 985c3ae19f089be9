package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// inquiry is what the viewer has asked while the session lasts.
type inquiry struct {
	newest Asked
	count  int       // further questions
	asked  time.Time // the last of them
}

var (
	errTwoQuestions  = errors.New("a question came before the last was answered")
	errManyQuestions = fmt.Errorf("more than %d questions came", questions)
	errObserverAsks  = errors.New("an observer asks for more than to see")
)

// ask puts a question to the customer. Only a clear yes counts, and only for
// what was asked.
func (h *hosting) ask(r *run, q Question, answered func(*run, Grant)) {
	r.all.Go(func() {
		ctx, cancel := context.WithTimeout(r.life, ConsentTime)
		defer cancel()
		g, err := h.config.Consent(ctx, q)
		g.Rights = g.Rights.Both(q.Rights)
		if err != nil || ctx.Err() != nil || g.Rights.Has(rights.See) && g.Scope.check(h.config.Screen) != nil {
			g = Grant{}
		}
		r.post(post{do: func() { answered(r, g) }})
	})
}

// answered takes the first answer.
func (h *hosting) answered(r *run, g Grant) {
	if g.Rights == 0 {
		r.happen(evNo)
		return
	}
	h.first = g
	r.happen(evYes)
}

// further takes a question while the session lasts. What cannot be asked is
// answered with a no that the customer does not hear of.
func (h *hosting) further(r *run, m *wire.Ask) error {
	h.count++
	switch {
	case h.newest.Outcome == OutcomeOpen:
		return errTwoQuestions
	case h.count > questions:
		return errManyQuestions
	case r.conf.invitation.Role == invite.Observer && m.Rights != see:
		return errObserverAsks
	}
	r.touch()
	now := r.conf.clock.Now()
	soon := !h.asked.IsZero() && now.Sub(h.asked) < questionTime*8/10 // the way here may take less than it did before
	h.asked = now
	h.gate.mu.Lock()
	held := h.gate.given
	h.gate.mu.Unlock()
	want := h.config.able().Both(m.Rights).Without(held)
	if want == 0 || soon {
		_, err := r.send(r.life, &wire.Refused{})
		return err
	}
	h.newest = Asked{Rights: want, Reason: m.Reason, Outcome: OutcomeOpen}
	r.tellLive()
	h.ask(r, Question{Rights: want, Reason: m.Reason}, h.furtherAnswered)
	return nil
}

func (h *hosting) furtherAnswered(r *run, g Grant) {
	if r.state != live && r.state != paused {
		return
	}
	asked := h.newest.Rights
	h.newest.Outcome = outcomeOf(asked, g.Rights)
	answer := wire.Message(&wire.Granted{})
	if g.Rights == 0 {
		answer = &wire.Refused{}
	}
	err := h.grants(r, asked, g, func(e record.Entry) error { return h.tell(r, e) })
	if err == nil {
		_, err = r.send(r.life, answer)
	}
	if err == nil {
		err = h.reconcile(r)
	}
	if err != nil {
		r.fail(err)
	}
}

func outcomeOf(asked, got rights.Set) Outcome {
	switch got {
	case 0:
		return OutcomeRefused
	case asked:
		return OutcomeGiven
	}
	return OutcomePart
}

// givenBack ends what the supporter has no use for any more. What was taken
// back meanwhile is passed over.
func (h *hosting) givenBack(r *run, m *wire.GiveBack) error {
	var some rights.Set
	h.gate.change(func() {
		some = m.Rights.Both(h.gate.given)
		h.gate.given, h.gate.counts = h.gate.given.Without(some), h.gate.counts.Without(some)
	})
	if some == 0 {
		return nil
	}
	h.hand.releaseUnless(h.gate)
	return h.takes(r, some, record.Supporter)
}
