package session

import (
	"time"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/wire"
)

// hold tells why nothing is shown: first the word, then the record. What the
// viewer signs after the word it has sent before anything else.
func (h *hosting) hold(r *run, why Hold) error {
	if _, err := r.send(r.life, &wire.Paused{Why: wire.Why(why)}); err != nil {
		return err
	}
	e := record.Entry{What: record.Paused, By: record.Customer}
	if why&HoldPaused == 0 {
		e = record.Entry{What: record.Held, By: record.Customer, Reason: record.NoObserver}
		if why&HoldObserver == 0 {
			e.Reason = record.Locked
		}
	}
	if err := h.tell(r, e); err != nil {
		return err
	}
	if h.told == 0 {
		h.toldAt = h.log.Chain().Len()
	}
	h.told = why
	r.tellLive()
	return nil
}

// goesOn tells that everything goes on: first the record, then the word, and
// only behind it what needs a right.
func (h *hosting) goesOn(r *run) error {
	if h.told == 0 {
		return nil
	}
	h.told = 0
	r.touch()
	if err := h.tell(r, record.Entry{What: record.Resumed, By: record.Customer}); err != nil {
		return err
	}
	if _, err := r.send(r.life, &wire.Resumed{}); err != nil {
		return err
	}
	h.gate.change(func() { h.gate.hold = h.gate.want })
	return nil
}

// soon takes one out of a bucket; an empty one wakes the run when it is not.
func (h *hosting) soon(r *run, b *bucket) bool {
	now := time.Now()
	ok, wait := b.take(now)
	if !ok && !b.wakes.After(now) { // else it will already
		b.wakes = now.Add(wait)
		time.AfterFunc(wait, r.conf.wake.up)
	}
	return ok
}
