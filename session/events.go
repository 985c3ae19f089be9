package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/wire"
)

// hear takes a message that was opened, or not.
func (r *run) hear(m wire.Message, err error) {
	switch {
	case errors.Is(err, rendezvous.ErrPeerLeft):
		r.happen(evPeerLeft)
		return
	case err != nil:
		r.happen(evTampered)
		return
	}
	e := eventOf(m)
	if next(r.conf.role, r.state, e).next == ended {
		r.happen(e)
		return
	}
	if err := r.side.take(r, m); err != nil {
		r.fail(err)
		return
	}
	r.happen(e)
}

// fail is an error of this side's own doing as an event.
func (r *run) fail(err error) {
	switch {
	case errors.Is(err, pake.ErrTag), errors.Is(err, pake.ErrPoint):
		r.happen(evMismatch)
	case errors.Is(err, ErrExpired):
		r.happen(evExpired)
	case errors.Is(err, record.ErrFull):
		r.happen(evFull)
	case errors.Is(err, record.ErrKeep):
		r.happen(evNoRecord)
	case errors.Is(err, context.Canceled):
		r.happen(evStop)
	case errors.Is(err, rendezvous.ErrPeerLeft):
		r.happen(evPeerLeft)
	case errors.Is(err, rendezvous.ErrEnded):
		r.happen(deskEnded(err))
	case errors.Is(err, errRoom):
		r.happen(evRoomLost)
	case errors.Is(err, peer.ErrGone), errors.Is(err, peer.ErrLost), errors.Is(err, errSetUp), errors.Is(err, errKept):
		r.happen(evLost)
	default:
		r.fault = err
		r.happen(evTampered)
	}
}

var (
	errTwice = errors.New("a session runs once")
	errRoom  = errors.New("the room does not work")
	errSetUp = errors.New("no connection can be set up")
)

func deskEnded(err error) event {
	var e *rendezvous.EndedError
	if errors.As(err, &e) && e.Reason == "expired" {
		return evDeskExpired
	}
	return evDeskEnded
}

// happen is the only place where the state changes.
func (r *run) happen(e event) {
	to := next(r.conf.role, r.state, e)
	if to.next == r.state {
		return
	}
	r.state = to.next
	if to.next == ended {
		if e == evTampered && r.fault != nil && !errors.Is(r.fault, ErrTampered) {
			to.err = fmt.Errorf("%w: %w", ErrTampered, r.fault)
		}
		r.outcome = to
		r.seated()
		return
	}
	r.reached = to.next
	now := time.Now()
	switch to.next {
	case agreeing:
		r.timer.Reset(answerTime)
		r.tell(PhaseCode)
	case asking:
		r.record.KeyAgreed = now
		r.timer.Reset(ConsentTime)
		if r.conf.role == viewer { // the customer's answer has a way to go
			r.timer.Reset(ConsentTime + answerTime)
		}
		r.tell(PhaseConsent)
	case connecting:
		r.record.Consented = now
		r.timer.Reset(ConnectTime)
		r.tell(PhaseConnecting)
	case live:
		r.timer.Stop()
		r.lively()
		r.watchOver()
		r.hurry()
		r.tellLive()
	case paused:
		r.tellLive()
	}
	r.seated()
	if err := r.side.enter(r, to.next); err != nil {
		r.fail(err)
	}
}

// tellLive tells what changes while the screen is shared.
func (r *run) tellLive() {
	r.tell([...]Phase{host: PhaseSharing, viewer: PhaseWatching}[r.conf.role])
}

func (r *run) tell(p Phase) {
	e := Event{Phase: p}
	if r.reached >= asking {
		e.Words = r.words
	}
	if r.state == live || r.state == paused {
		e.Paused, e.Ends, e.Limit = r.state == paused, r.ends, r.limit
		r.side.tellEvent(&e)
		e.Transfers, e.Path = r.handing.list(), r.path
		if e.Broken = r.trouble.told; e.Broken != "" {
			e.Since = r.trouble.since
		}
	}
	r.notify(e)
}

func (r *run) notify(e Event) {
	if r.conf.notify != nil {
		r.conf.notify(e)
	}
}

// seen notes that a picture has been shown, and says whether it was the first.
func (r *run) seen() bool {
	if !r.record.Started.IsZero() {
		return false
	}
	r.record.Started = time.Now()
	return true
}
