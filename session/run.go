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
	partTime   = 500 * time.Millisecond // for the last words; two fifths of it for the other machine to take a goodbye
)

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
	newest  uint32               // the newest line's number; 0: there was none
	wishes  bucket               // lines that the other side may have begun
	line    *line                // in use; nil: none
	using   atomic.Pointer[line] // the same, for other goroutines: nil while the next one takes over
	able    wire.Able            // what the other side can do with a screen, as it said last
	next    *line                // being made; nil: none
	besides bool                 // a line had datagrams: who sends over them counts on each later one having them, too
	path    string               // the newest line's in use; "" before there was one
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
