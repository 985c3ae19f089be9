package session

import (
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

var (
	see     = rights.Of(rights.See)
	filmed  = rights.Of(rights.Film, rights.See)
	control = rights.Of(rights.Control, rights.See)
	point   = rights.Of(rights.Point, rights.See)
)

// giving is how the host's rights stand to the record. The run's goroutine
// alone uses it; what others need of it is in the gate.
type giving struct {
	pending []given              // written, and not signed by the viewer
	revoked map[rights.Right]int // the entry that took it back last; 0: never given
	scoped  uint32               // the gate's, as the record has it
	told    Hold                 // what the viewer was told; 0: nothing is held
	toldAt  int                  // the entry that says since when
	resumes bucket
	scopes  bucket
	first   Grant // the customer's first answer
}

type given struct {
	entry int
	some  rights.Set
}

// grants writes what the customer has answered and tells it; what is given
// counts when the viewer has signed it.
func (h *hosting) grants(r *run, asked rights.Set, g Grant, tell func(record.Entry) error) error {
	if g.Rights.Has(rights.See) {
		changed := false
		h.gate.change(func() {
			if changed = !h.gate.scope.All() || !g.Scope.All(); changed {
				h.gate.scope = g.Scope.clone()
				h.gate.scoped++
				h.scoped = h.gate.scoped
			}
		})
		if changed {
			if err := tell(g.Scope.entry()); err != nil {
				return err
			}
		}
	}
	if g.Rights != 0 {
		if err := tell(record.Entry{What: record.Granted, By: record.Customer, Rights: g.Rights.Strings()}); err != nil {
			return err
		}
		h.pending = append(h.pending, given{h.log.Chain().Len(), g.Rights})
		h.gate.change(func() { h.gate.given = h.gate.given.With(g.Rights) })
	}
	if no := asked.Without(g.Rights); no != 0 {
		return tell(record.Entry{What: record.Refused, By: record.Customer, Rights: no.Strings()})
	}
	return nil
}

// signed lets count what the viewer has signed, and says whether that is more.
func (h *hosting) signed() (more bool) {
	for len(h.pending) > 0 && h.pending[0].entry <= h.log.Chain().Countersigned() {
		some := h.pending[0].some
		h.pending = h.pending[1:]
		h.gate.change(func() { h.gate.counts = h.gate.counts.With(some.Both(h.gate.given)) })
		more = true
	}
	return more
}

// takes writes that rights are taken back, and tells it.
func (h *hosting) takes(r *run, some rights.Set, by string) error {
	for i := range h.pending { // what was not signed yet never counts
		h.pending[i].some = h.pending[i].some.Without(some)
	}
	h.unshareUnless(r)
	if err := h.tell(r, record.Entry{What: record.Revoked, By: by, Rights: some.Strings()}); err != nil {
		return err
	}
	for _, right := range some.Rights() {
		h.revoked[right] = h.log.Chain().Len()
	}
	return h.reconcile(r)
}

// refuse judges a message that needs what is not allowed: one that may have
// crossed the word that it is not allowed any more is dropped, every other is
// not what an honest program sends.
func (h *hosting) refuse(need rights.Set) error {
	allowed, hold, _ := h.gate.now()
	missing := need.Without(allowed)
	signed := h.log.Chain().Countersigned()
	for _, right := range missing.Rights() {
		if h.gate.takenBack(right) {
			continue // the viewer has not been told
		}
		if at := h.revoked[right]; at == 0 || at <= signed {
			return &NoRightError{right}
		}
	}
	if missing == 0 && hold != 0 && h.told != 0 && h.toldAt <= signed {
		return &HeldError{hold}
	}
	return nil
}

// takenBack says whether it is, without that being in the record.
func (g *gate) takenBack(right rights.Right) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.taken.Has(right)
}

// settle brings the record, the viewer and what is running in line with what
// other goroutines have changed. It says whether there was something.
func (h *hosting) settle(r *run) (bool, error) {
	if r.state != live && r.state != paused {
		return false, nil
	}
	g := h.gate
	g.mu.Lock()
	taken, hold, want, torn, scope, scoped := g.taken, g.hold, g.want, g.torn, g.scope, g.scoped
	g.taken = 0
	g.mu.Unlock()
	if scoped != h.scoped {
		h.unshare(r) // nothing is seen before the record says what
	}
	switch {
	case taken != 0:
		return true, h.takes(r, taken, record.Customer)
	case scoped != h.scoped && h.soon(r, &h.scopes):
		h.scoped = scoped
		if err := h.tell(r, scope.entry()); err != nil {
			return true, err
		}
		return true, h.reconcile(r)
	case (hold != 0 || torn) && r.state == live:
		r.happen(evPause)
		return true, nil
	case want != 0 && want != h.told:
		h.gate.change(func() { g.hold = g.want })
		return true, h.hold(r, want)
	case want == 0 && r.state == paused && h.soon(r, &h.resumes):
		r.happen(evResume)
		return true, nil
	}
	return false, nil
}

// granted writes and tells the first answer, through the room.
func (h *hosting) granted(r *run) error {
	asked := h.config.able().Both(r.conf.invitation.Rights)
	return h.grants(r, asked, h.first, func(e record.Entry) error {
		line, err := h.write(e)
		if err != nil {
			return err
		}
		return r.say(r.life, &wire.Recorded{Line: line})
	})
}
