package session

import (
	"errors"
	"time"

	"github.com/beistand/beistand/session/wire"
)

// OutageTime is how long a session stays open without a connection.
const OutageTime = 5 * time.Minute

const (
	shortTry  = 3 * time.Second // for another connection to come about
	longTry   = 8 * time.Second // every third gets this after the first few: some relays are far away
	shortOnes = 5
	calmTry   = 5 * time.Second        // while the present one works
	calmTries = 3                      // then the present one has to do
	againGap  = 300 * time.Millisecond // for an offer to arrive: the wish of a viewer who does not know of it yet is not heard
	unnoticed = 700 * time.Millisecond // an interruption that short is told to nobody

	calmBeat  = time.Second // how often it is looked whether something has to be done
	quickBeat = 100 * time.Millisecond
)

// Break is why nothing comes through at the moment.
type Break string

// The breaks.
const (
	BrokenPath Break = "path" // the way between the two machines
	BrokenDesk Break = "desk" // and the way to the desk, so that no other can be agreed on
)

// trouble is how a run is without its connection. The run owns it.
//
//	steady ── packets stop, the connection ends ─▶ broken ── OutageTime ─▶ connection lost
//	   ▲                                              │
//	   └──── packets come again, or the next line ◀───┘
//
// While it is broken the host makes one line after another, and the viewer asks
// for them. A network that changes, or a machine that has slept, leads to one
// at once, beside the present one: that ends when the new one is there.
type trouble struct {
	since  time.Time // when it began; zero: it is steady
	told   Break     // to the person; "": nothing
	tried  time.Time // when the newest line was begun or asked for
	tries  int       // since the trouble began, or the network changed
	open   bool      // the newest line is wanted and not there yet
	wanted bool      // a line, as soon as the other side is in the room
	beat   *time.Timer
	nap    nap
}

// watchOver begins to keep the session: it is live.
func (r *run) watchOver() {
	if r.trouble.beat != nil {
		return
	}
	r.trouble.beat = time.NewTimer(calmBeat)
	r.trouble.nap.slept(r.conf.clocks(time.Now()))
	r.place.Keep(r.life)
	r.changes = r.conf.changes(r.life)
}

// breaks notes that nothing comes through.
func (r *run) breaks() {
	if !r.trouble.since.IsZero() || r.state != live && r.state != paused {
		return
	}
	r.trouble.since, r.trouble.tries = time.Now(), 0
	r.broken.Store(true)
	r.letGo()
	r.hurry()
	r.place.Check()
	r.trouble.beat.Reset(quickBeat)
	if r.next == nil || time.Since(r.trouble.tried) > shortTry { // else it has been expected
		r.again()
	}
}

// letGo lets go what is pressed here: nobody knows when the word to do so would come.
func (r *run) letGo() {
	if r.conf.release != nil {
		r.conf.release()
	}
}

// heals notes that it does again.
func (r *run) heals() {
	if r.trouble.since.IsZero() {
		return
	}
	r.trouble.since, r.trouble.wanted = time.Time{}, false
	r.broken.Store(false)
	r.hurry()
	if r.trouble.told != "" {
		r.trouble.told = ""
		r.tellLive()
	}
}

// hurry says whether a lost room matters now: through a relay that stops with
// the desk, too.
func (r *run) hurry() { r.place.Wants(!r.trouble.since.IsZero() || r.path == PathRelayed) }

// again begins the next line, or asks the host for one.
func (r *run) again() {
	r.trouble.wanted = !r.place.There()
	if r.trouble.wanted {
		return // nobody would hear of it
	}
	r.trouble.tried, r.trouble.open = time.Now(), true
	r.trouble.tries++
	if r.conf.role == host {
		r.newLine(r.newest+1, nil)
		return
	}
	if err := r.say(r.life, &wire.Again{Connection: r.newest}); err != nil {
		r.fail(err)
	}
}

var errAhead = errors.New("a connection was named that was never offered")

// asked is the viewer's wish for another line than the newest that it knows.
// One that comes too often is passed over: an honest viewer wishes again.
func (r *run) asked(m *wire.Again) error {
	if m.Connection > r.newest {
		return errAhead
	}
	if (m.Connection == r.newest || time.Since(r.trouble.tried) > againGap) && r.wished() {
		r.again()
	}
	return nil
}

// wished says whether the other side may have another line begun.
func (r *run) wished() bool {
	ok, _ := r.wishes.take(time.Now())
	return ok
}

// renew is this machine's network having changed: the way to the desk is
// renewed, and the next line is made over it.
func (r *run) renew() {
	r.trouble.tries = 0
	if r.conf.rejoin == nil {
		r.again()
		return
	}
	r.trouble.wanted = true
	r.place.Wants(true)
	r.place.Renew()
}

// met is the other side in the room, perhaps again.
func (r *run) met() {
	if r.state != live && r.state != paused {
		return
	}
	if r.trouble.wanted || !r.trouble.since.IsZero() || r.path == PathRelayed && r.conf.role == host {
		r.again()
	}
	r.hurry()
}
