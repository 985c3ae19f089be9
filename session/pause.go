package session

import (
	"errors"
	"sync"
	"sync/atomic"

	"github.com/beistand/beistand/session/wire"
)

// errPaused says that a picture must not leave now.
var errPaused = errors.New("the customer has paused")

// wake gets a run's goroutine to look at what others have set. It holds one.
type wake chan struct{}

func (w wake) up() {
	select {
	case w <- struct{}{}:
	default: // it will look anyway
	}
}

// blank holds pictures back. What seals one holds mu until it is sent, so that
// none is sealed after set has returned.
type blank struct {
	mu   sync.Mutex // guards what follows
	on   bool
	torn bool // a picture was withdrawn, perhaps by a pause that nobody else has noticed
}

func (b *blank) set(on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.on = on
}

// due says whether there is a pause to begin.
func (b *blank) due() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.on || b.torn
}

// whole forgets what was withdrawn: a whole picture follows.
func (b *blank) whole() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.torn = false
}

func (b *blank) held() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.on
}

// Pause blanks the supporter's window: when it returns, no picture message
// leaves any more until Resume, and the supporter is told. It may be called from
// any goroutine and at any time.
func (h *Host) Pause() {
	h.blank.set(true)
	h.wake.up()
}

// Resume shows the screen again, as it is then.
func (h *Host) Resume() {
	h.blank.set(false)
	h.wake.up()
}

// pausing brings the state in line with what the customer wants.
func (r *run) pausing() bool {
	if r.conf.blank == nil {
		return false
	}
	switch {
	case r.state == live && r.conf.blank.due():
		r.happen(evPause)
	case r.state == paused && !r.conf.blank.held():
		r.happen(evResume)
	default:
		return false
	}
	return true
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
