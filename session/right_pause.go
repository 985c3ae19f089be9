package session

import (
	"sync/atomic"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// wake gets a run's goroutine to look at what others have set. It holds one.
type wake chan struct{}

func (w wake) up() {
	select {
	case w <- struct{}{}:
	default: // it will look anyway
	}
}

// Pause blanks the supporter's window and obeys nothing: when it returns, no
// picture and nothing else of this machine leaves until Resume, nothing is
// moved or pressed, and what was pressed is let go. The supporter is told. It
// may be called from any goroutine and at any time, as may all of these.
func (h *Host) Pause() { h.Hold(HoldPaused) }

// Resume takes Pause back. Who pauses very often waits for it to show: at
// first up to resumes at once, later one in resumeTime.
func (h *Host) Resume() { h.Release(HoldPaused) }

// Hold is Pause for another reason. Reasons add up.
func (h *Host) Hold(why Hold) {
	h.holds(why)
	h.gate.quiet()
	h.hand.release() // what was pressed meanwhile
}

// holds is Hold without waiting for what is being obeyed.
func (h *Host) holds(why Hold) {
	h.gate.change(func() {
		h.gate.want |= why
		h.gate.hold |= why
	})
	h.wake.up()
	h.hand.release()
}

// Release takes one reason back; with the last one everything goes on.
func (h *Host) Release(why Hold) {
	h.gate.change(func() { h.gate.want &^= why })
	h.wake.up()
}

// Revoke takes rights back, each by itself: when it returns, nothing that needs
// one of them leaves or is obeyed. The session goes on with the others, also
// with none; what is taken back is given again only by a new question.
func (h *Host) Revoke(some rights.Set) {
	h.gate.change(func() {
		some = some.Both(h.gate.given)
		h.gate.taken = h.gate.taken.With(some)
		h.gate.given, h.gate.counts = h.gate.given.Without(some), h.gate.counts.Without(some)
	})
	h.wake.up()
	h.hand.releaseUnless(h.gate)
	h.gate.quiet()
	h.hand.releaseUnless(h.gate) // what was pressed meanwhile
}

// Show changes what of the screen is seen: when it returns, no pixel outside
// of it leaves. The error is ErrScope.
func (h *Host) Show(s Scope) error {
	if err := s.check(h.config.Screen); err != nil {
		return err
	}
	h.gate.change(func() {
		h.gate.scope = s.clone()
		h.gate.scoped++
	})
	h.wake.up()
	return nil
}

// Active notes that the supporter does something, so that the session does not
// end as idle. It may be called from any goroutine, as often as it happens.
func (v *Viewer) Active() { stir(&v.nudged, v.wake) }

// Active notes that the customer does something.
func (h *Host) Active() { stir(&h.nudged, h.wake) }

func (r *run) stir() { stir(r.conf.nudged, r.conf.wake) }

func stir(nudged *atomic.Bool, w wake) {
	nudged.Store(true)
	w.up()
}

// nudge notes what stir told, and tells the other side now and then.
func (r *run) nudge() {
	if r.state != live && r.state != paused || !r.conf.nudged.Swap(false) {
		return
	}
	r.touch()
	now := r.conf.clock.Now()
	if !r.told.IsZero() && now.Sub(r.told) < activeTime {
		return
	}
	r.told = now
	if _, err := r.send(r.life, &wire.Active{}); err != nil {
		r.fail(err)
	}
}

// lively begins the limits with the first time that the two are connected.
func (r *run) lively() {
	if !r.began.IsZero() {
		return
	}
	r.began = r.conf.clock.Now()
	r.active.Store(r.began.UnixNano())
	r.watchLimits()
}
