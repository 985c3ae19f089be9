package session

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/pake"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// Times that a session waits at most.
const (
	CodeTime    = 10 * time.Minute // from the code being drawn to it being used
	ConsentTime = 2 * time.Minute  // for the customer's answer: silence means no
	ConnectTime = 30 * time.Second // for the two machines to find each other

	answerTime = 30 * time.Second       // for the other program's part of the key exchange
	sendTime   = 10 * time.Second       // for the desk to take a message
	iceTime    = 5 * time.Second        // for the desk to name connection servers
	partTime   = 500 * time.Millisecond // for the desk to take a goodbye, and for the last countersignature
	flushTime  = 200 * time.Millisecond // for the other machine to take a goodbye
)

// config is what both sides need.
type config struct {
	role       role
	invitation Invitation
	code       Code
	room       Room
	ice        []ICEServer
	fresh      func(context.Context) ([]ICEServer, error) // nil: ice is all there is
	relay      bool
	notify     func(Event)
	deadline   time.Time                           // the code's end, by this machine's clock
	clock      clock                               // for the limits
	rejoin     func(context.Context) (Room, error) // nil: a lost room stays lost
	outage     time.Duration                       // how long the session waits for a connection
	clocks     func(time.Time) (wall, awake time.Time)
	took       func(uint32) // may be nil
	changes    func(context.Context) <-chan struct{}
	wake       wake
	gate       *gate
	files      Files                // what takes what the other side hands over; nil takes nothing
	running    *atomic.Pointer[run] // where the run can be found while it lasts
	release    func()               // lets go what is pressed on this machine; nil: nothing is
	company    seat                 // the host's place among others
	sealed     func(wire.Message)   // told what is sealed for the data channel, for tests; may be nil
	nudged     *atomic.Bool         // something has happened that counts against the limit
}

// side is what only one of them does. Its methods are called by the run's
// goroutine; an error of take is tampering.
type side interface {
	enter(r *run, s state) error       // a state has been entered
	take(r *run, m wire.Message) error // a message that its state allows
	leave(r *run)                      // no more pictures: wait for what was started
	conclude(r *run) []wire.Message    // the record's last entries, to be told
	settle(r *run) (bool, error)       // what other goroutines have changed; false: nothing
	tellEvent(e *Event)                // what only this side knows
	refuse(need rights.Set) error      // judges a message that needs these, by what the other side knows; nil: it may be dropped
	receives(right rights.Right) bool  // whether by this right something can come here
	handed(r *run, t handedOver) error // something was handed over, whole: it goes into the record
	keep() error                       // what conclude gave

	// After the end:
	last(m wire.Message) error // takes what the record still lacks; an error means that it cannot be kept
	whole() bool               // it lacks nothing any more
	signature() wire.Message   // the newest countersignature; nil: none, or it is not this side's to make
}

// run is one session from one side. One goroutine, Run's own, owns everything
// here; the others only post.
type run struct {
	conf config
	side side
	life context.Context // ends with the session's work
	ways context.Context // ends when nothing more is taken from the other side

	state   state
	reached state // the last one before the end
	outcome step
	fault   error // what was wrong with a message, nil if that is known by name
	record  End
	frames  atomic.Int64
	bytes   atomic.Int64

	posts chan post
	all   sync.WaitGroup
	timer *time.Timer
	sign  record.Key

	began  time.Time        // when the two machines were connected first; zero before
	active atomic.Int64     // the last change or input, in nanoseconds since 1970
	near   atomic.Bool      // a touch must wake the run: a warning may be over
	alarm  <-chan time.Time // when to look at the limits again; nil: not at all
	ends   time.Time        // what was warned of; zero: nothing
	limit  Limit
	told   time.Time // the last Active; zero: none

	exchange  *pake.Exchange
	agreement *pake.Agreement
	identity  *peer.Identity
	theirs    *peer.Fingerprint // nil before the other side has told it
	key       *pake.Key         // nil before it is agreed
	words     [2]string         // to compare; empty before there is a key
	room      roomWay           // through the desk; without keys before there is a key

	place   *rendezvous.Place
	servers *named
	out     *outbox
	taken   taken
	newest  uint32 // the newest line's number; 0: there was none
	wishes  bucket // lines that the other side may have begun
	line    *line  // in use; nil: none
	next    *line  // being made; nil: none
	path    string // the newest line's in use; "" before there was one
	trouble trouble
	broken  atomic.Bool // trouble's, for other goroutines
	changes <-chan struct{}
	handing handing
}

// post is what a goroutine has for the run: a message from the room, something
// of a line, or an event.
type post struct {
	event event
	room  []byte
	news  *lineNews
	do    func() // by the run's goroutine
}

func (r *run) run(ctx context.Context) (End, error) {
	life, cancel := context.WithCancel(ctx)
	ways, leave := context.WithCancel(context.WithoutCancel(ctx))
	r.life, r.ways = life, ways
	r.posts = make(chan post)
	r.record.Asked = r.conf.invitation.Asked
	r.timer = time.NewTimer(time.Until(r.conf.deadline))
	defer r.timer.Stop()

	r.place = rendezvous.NewPlace(r.conf.room, rejoins(r.conf.rejoin), func() { r.post(post{event: evDeskEnded}) })
	r.servers = &named{fresh: r.conf.fresh, ice: r.conf.ice}
	r.out = newOutbox(r.conf.gate, r.conf.sealed)
	r.handing.init(r.conf.role)
	r.wishes = newBucket(lines, lineTime)
	r.conf.running.Store(r)
	defer r.conf.running.Store(nil)

	r.tell(PhaseWaiting)
	r.all.Go(r.listen)
	if err := r.begin(); err != nil {
		r.fail(err)
	}
	for r.state != ended {
		r.turn(ctx)
	}
	cancel()
	r.conf.gate.shut()
	r.side.leave(r)
	r.record.Ended = time.Now()
	r.record.Frames, r.record.Bytes = r.frames.Load(), r.bytes.Load()
	r.record.By, r.record.Reason = r.outcome.by, r.outcome.reason
	r.part(context.WithoutCancel(ctx))
	leave()
	r.all.Wait()
	r.place.Leave()
	r.notify(Event{Phase: PhaseEnded, Err: r.outcome.err})
	return r.record, r.outcome.err
}

// begin draws what is this session's own.
func (r *run) begin() (err error) {
	if r.sign, err = record.NewKey(); err != nil {
		return err
	}
	if r.identity, err = peer.NewIdentity(); err != nil {
		return errors.Join(errSetUp, err)
	}
	return r.side.enter(r, waiting)
}

// endLines ends what there is of connections.
func (r *run) endLines() {
	for _, l := range []*line{r.line, r.next} {
		if l != nil {
			l.end()
		}
	}
}

// turn waits for one thing and does it; the person's stop goes before all else.
func (r *run) turn(ctx context.Context) {
	select {
	case <-ctx.Done():
		r.happen(evStop)
		return
	default:
	}
	if changed, err := r.side.settle(r); err != nil {
		r.fail(err)
		return
	} else if changed {
		return
	}
	var beat <-chan time.Time
	if r.trouble.beat != nil {
		beat = r.trouble.beat.C
	}
	select {
	case <-ctx.Done():
		r.happen(evStop)
	case now := <-beat:
		r.look(now)
	case <-r.changes:
		r.renew()
	case <-r.timer.C:
		r.happen([...]event{evExpired, evUnanswered, evSilence, evNoWay, events, events}[r.state])
	case <-r.alarm:
		r.watchLimits()
	case <-r.conf.wake:
		r.nudge()
		if r.handing.dirty.Swap(false) && (r.state == live || r.state == paused) {
			r.tellLive()
		}
		if r.near.Load() && !r.began.IsZero() {
			r.watchLimits()
		}
	case p := <-r.posts:
		r.handle(p)
	}
}

func (r *run) handle(p post) {
	switch {
	case p.room != nil:
		m, err := r.openRoom(p.room)
		if errors.Is(err, errForeign) && (r.state == live || r.state == paused) {
			return // the desk's doing, and the two machines do not need it
		}
		r.hear(m, err)
	case p.news != nil:
		r.heed(p.news)
	case p.do != nil:
		p.do()
	case p.event == evMet:
		r.met()
	case (p.event == evDeskEnded || p.event == evDeskExpired) && !r.trouble.since.IsZero():
		r.happen(evDeskOver)
	default:
		r.happen(p.event)
	}
}

// post gives something to the run, unless it has ended.
func (r *run) post(p post) bool {
	select {
	case r.posts <- p:
		return true
	case <-r.ways.Done():
		return false
	}
}
