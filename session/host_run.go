package session

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/pace"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/wire"
)

// hosting is the customer's part of a run.
type hosting struct {
	config  HostConfig
	gate    *gate
	hand    *hand
	sharer  *sharer                // the newest one; nil before the first
	epoch   uint32                 // how often the screen has been shown from the beginning
	now     atomic.Pointer[sharer] // the one that is running, for other goroutines; nil: none
	sharing sync.WaitGroup
	cancel  context.CancelFunc // ends the sharing; nil while there is none
	giving
	inquiry
	inputs, clips, wants bucket
	helpers              helpers
	trouble              error // what this machine could not do last
	owning
	writer
}

func (h *hosting) enter(r *run, s state) (err error) {
	if s != live {
		h.hand.release()
	}
	switch s {
	case waiting:
		if r.exchange, err = newExchange(host, r.conf.code, r.conf.invitation, r.sign, r.identity.Fingerprint()); err != nil {
			return err
		}
		return h.begin(r, h.config.Record)
	case asking:
		if err := h.agreed(r); err != nil {
			return err
		}
		h.ask(r, Question{Rights: h.config.able().Both(r.conf.invitation.Rights), First: true}, h.answered)
	case connecting:
		if err := h.granted(r); err != nil {
			return err
		}
		if err := r.say(r.life, &wire.Granted{}); err != nil {
			return err
		}
		r.newLine(1, nil)
	case live:
		h.heed(r)
		if err := h.goesOn(r); err != nil {
			return err
		}
		return h.reconcile(r)
	case paused:
		h.unshare(r)
		h.ownTold = false                             // the viewer forgets it
		h.gate.change(func() { h.gate.torn = false }) // a whole picture follows
		r.touch()
		_, why, _ := h.gate.now()
		return h.hold(r, max(why, HoldPaused)) // a pause that is over already was one
	}
	return nil
}

func (h *hosting) take(r *run, m wire.Message) error {
	switch m := m.(type) {
	case *wire.Share:
		return h.answer(r, m)
	case *wire.Confirm:
		key, err := r.agreement.Confirm(m.Tag[:])
		if err != nil {
			return err
		}
		return r.agreed(key)
	case *wire.Countersigned:
		if err := h.countersigned(m); err != nil {
			return err
		}
		if h.signed() && (r.state == live || r.state == paused) {
			return h.reconcile(r)
		}
	case *wire.Answer:
		if r.state == connecting && !h.witnessed() {
			return ErrTampered
		}
		r.word(m.Connection, m)
	case *wire.Candidate:
		r.word(m.Connection, m)
	case *wire.Again:
		if r.state != connecting {
			return r.asked(m)
		}
	case *wire.Active:
		r.touch()
	case *wire.Shown:
		return h.shown(r, m)
	case *wire.Ask:
		return h.further(r, m)
	case *wire.GiveBack:
		return h.givenBack(r, m)
	default:
		return h.use(r, m)
	}
	return nil
}

// answer is this side's step of the key exchange. The share is the one guess.
// Timers stand still while the machine sleeps, and a code does not hold longer
// for that: here the wall's clock counts.
func (h *hosting) answer(r *run, m *wire.Share) (err error) {
	if r.conf.clock.Now().Round(0).After(r.conf.deadline.Round(0)) {
		return ErrExpired
	}
	if h.partner, r.theirs, err = introduced(viewer, m.Data); err != nil {
		return err
	}
	if r.agreement, err = r.exchange.Agree(m.Point[:], m.Data); err != nil {
		return err
	}
	answered := &wire.Answered{Data: associated(host, r.sign.Public(), r.identity.Fingerprint())}
	copy(answered.Point[:], r.exchange.Share())
	copy(answered.Tag[:], r.agreement.Tag())
	return r.say(r.life, answered)
}

// beside takes what the viewer says of datagrams; the line's goroutine calls it.
func (h *hosting) beside(_ *run, m wire.Message) error {
	told, ok := m.(*wire.Flowed)
	if !ok {
		return ErrTampered
	}
	if s := h.now.Load(); s != nil {
		if by, ok := s.by.(*stream); ok {
			return by.flowed(told.Packet)
		}
	}
	return nil // from before a pause
}

// rerouted sends over the new line what waits for one.
func (h *hosting) rerouted() {
	if s := h.now.Load(); s != nil && s.by != nil {
		s.by.rerouted()
	}
}

// track takes what comes of the line's video until the line ends.
func (h *hosting) track(_ *run, l *line, conn *peer.Conn) {
	for {
		select {
		case all := <-conn.Feedback():
			if s := h.now.Load(); s != nil {
				s.control.arrived(time.Now(), pace.Motion, all)
			}
		case <-l.life.Done():
			return
		}
	}
}

// leave waits for the sharing to end: no picture leaves after it.
func (h *hosting) leave(r *run) {
	h.sharing.Wait()
	h.hand.release()
	if e, ok := h.helpers.entry(); ok {
		h.final = append(h.final, e)
	}
	for _, t := range r.handing.unfinished() {
		h.final = append(h.final, t.entry())
	}
}
