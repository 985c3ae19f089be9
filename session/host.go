package session

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/wire"
)

// Host is the customer's side of one session.
type Host struct {
	config HostConfig
	code   Code
	drawn  time.Time
	ran    atomic.Bool
	blank  blank
	nudged atomic.Bool
	wake   wake
}

// NewHost draws the code's second part; CodeTime runs from here.
func NewHost(config HostConfig) (*Host, error) {
	if config.Room == nil || config.Screen == nil || config.Consent == nil {
		return nil, errors.New("share a screen: room, screen and consent are needed")
	}
	code, err := NewCode(config.Invitation.FirstPart)
	if err != nil {
		return nil, err
	}
	return &Host{config: config, code: code, drawn: time.Now(), wake: make(wake, 1)}, nil
}

// Code is what the customer reads out, "NNN-NNNNNN".
func (h *Host) Code() string { return h.code.String() }

// Run takes the session to its end. Cancelling ctx is the customer's stop: the
// supporter is told, and no picture leaves afterwards. The error is nil when
// one of the two people ended the session. Run is called once; room and screen
// stay the caller's to close.
func (h *Host) Run(ctx context.Context) (End, error) {
	if h.ran.Swap(true) {
		return End{}, errTwice // a second run would be a second guess
	}
	seams := h.config.orMachine()
	r := &run{
		side: &hosting{config: h.config},
		conf: config{
			role: host, invitation: h.config.Invitation, code: h.code, room: h.config.Room, ice: h.config.ICE, fresh: h.config.FreshICE,
			relay: h.config.Relay, notify: h.config.Notify, deadline: h.drawn.Add(CodeTime),
			clock: seams.clock, outage: seams.outage, changes: changesOr(h.config.Changes), rejoin: h.config.Rejoin, wake: h.wake, blank: &h.blank, nudged: &h.nudged, sealed: h.config.sealed,
		},
	}
	return r.run(ctx)
}

// hosting is the customer's part of a run.
type hosting struct {
	config  HostConfig
	sharer  *sharer
	sharing sync.WaitGroup
	hold    context.CancelFunc // ends the sharing until it goes on; nil before it began
	writer
}

func (h *hosting) enter(r *run, s state) (err error) {
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
		h.ask(r)
	case connecting:
		if err := h.granted(r); err != nil {
			return err
		}
		if err := r.say(r.life, &wire.Granted{}); err != nil {
			return err
		}
		r.newLine(1, nil)
	case live:
		return h.begins(r)
	case paused:
		return h.pause(r)
	}
	return nil
}

// ask puts the question. Only a clear yes counts.
func (h *hosting) ask(r *run) {
	r.all.Go(func() {
		ctx, cancel := context.WithTimeout(r.life, ConsentTime)
		defer cancel()
		yes, err := h.config.Consent(ctx)
		if yes && err == nil && ctx.Err() == nil {
			r.post(post{event: evYes})
			return
		}
		r.post(post{event: evNo})
	})
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
		return h.countersigned(m)
	case *wire.Answer:
		if r.state == connecting && !h.witnessed() {
			return ErrTampered
		}
		r.word(m.Connection, m)
	case *wire.Candidate:
		r.word(m.Connection, m)
	case *wire.Again:
		if r.state != connecting {
			r.asked(m)
		}
	case *wire.Active:
		r.touch()
	case *wire.Shown:
		if m.Number < h.sharer.first || r.state == paused {
			return h.late(r, m)
		}
		select {
		case h.sharer.shown <- m.Number:
			if r.seen() {
				return h.started(r)
			}
		default: // more than there was to show
			return ErrTampered
		}
	}
	return nil
}

// answer is this side's step of the key exchange. The share is the one guess.
func (h *hosting) answer(r *run, m *wire.Share) (err error) {
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

// leave waits for the sharing to end: no picture leaves after it.
func (h *hosting) leave(*run) { h.sharing.Wait() }
