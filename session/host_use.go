package session

import (
	"errors"
	"fmt"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// NoRightError says which right a message needed that was not given. Run's
// error wraps it behind ErrTampered.
type NoRightError struct{ Right rights.Right }

func (e *NoRightError) Error() string {
	return fmt.Sprintf("a message came that needs the right %q, which is not given", e.Right)
}

// HeldError says that a message came while nothing may be done, and the other
// side knew. Run's error wraps it behind ErrTampered.
type HeldError struct{ Held Hold }

func (e *HeldError) Error() string { return "a message came while the session was paused" }

// Reasons that callers of a session's methods branch on.
var (
	ErrNoRight   = errors.New("the right is not given")
	ErrHeld      = errors.New("the session is paused")
	ErrOver      = errors.New("no session is under way")
	ErrBusy      = errors.New("too much at once")
	ErrScope     = errors.New("this cannot be shown by itself")
	ErrQuestions = errors.New("a question is open, was just asked, or was the last")
)

var errWrongWay = errors.New("a message came from the wrong side")

// use does what a message asks, as far as it is allowed.
func (h *hosting) use(r *run, m wire.Message) error {
	switch m.(type) {
	case *wire.Vital, *wire.Own:
		return errWrongWay
	case *wire.Hand, *wire.Accept, *wire.Piece, *wire.Took, *wire.Done, *wire.Cancel:
		return r.handing.take(r, m)
	}
	if w, ok := m.(*wire.Want); ok && !w.On {
		h.wantNoMore()
		return h.refuse(needs(viewer, m))
	}
	need := needs(viewer, m)
	now := r.conf.clock.Now()
	done, err := h.gate.obey(need, func() error {
		switch m := m.(type) {
		case *wire.Clip:
			if ok, _ := h.clips.take(now); ok {
				h.helpers.write(m.Text)
			}
		case *wire.Want:
			if ok, _ := h.wants.take(now); ok {
				h.want(r, m.Right)
			}
		default:
			if ok, _ := h.inputs.take(now); ok || releases(m) {
				return h.hand.do(m)
			}
		}
		return nil
	})
	if !done {
		return h.refuse(need)
	}
	r.stir()
	h.troubled(r, err)
	return nil
}

// releases says whether m lets something go: that is done however much came before.
func releases(m wire.Message) bool {
	switch m := m.(type) {
	case *wire.Button:
		return !m.Down
	case *wire.Key:
		return !m.Down
	case *wire.Pointer:
		return !m.Shown
	}
	return false
}

// troubled tells the window what this machine could not do.
func (h *hosting) troubled(r *run, err error) {
	if err == nil || h.trouble != nil && err.Error() == h.trouble.Error() {
		return
	}
	h.trouble = err
	r.tellLive()
}

// tellEvent is part of side.
func (h *hosting) tellEvent(e *Event) {
	h.gate.mu.Lock()
	defer h.gate.mu.Unlock()
	e.Rights, e.Held, e.Scope = h.gate.counts, h.gate.hold, h.gate.scope.clone()
	e.Paused = e.Paused || e.Held != 0
	e.Asked, e.Trouble = h.newest, h.trouble
}

// receives is part of side.
func (*hosting) receives(right rights.Right) bool { return right == rights.FilesIn }

// handed writes what was handed over; after it the receiver is told that it is whole.
func (h *hosting) handed(r *run, t handedOver) error {
	if r.state != live && r.state != paused {
		return ErrOver
	}
	err := h.tell(r, t.entry())
	if err != nil {
		r.fail(err)
	}
	return err
}

// entry is it in the record.
func (t handedOver) entry() record.Entry {
	e := record.Entry{What: record.File, By: record.Customer, Name: t.name, Size: t.size, SHA256: t.sum}
	switch {
	case !t.out:
		e.By = record.Supporter
	case t.right != rights.FilesOut:
		e.What = record.Evidence
	}
	if t.cut {
		e.Reason = record.CutShort
	}
	return e
}
