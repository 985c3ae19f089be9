package session

import (
	"context"
	"errors"
	"sync"

	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/wire"
)

// maxWords bounds what the other side has said about a connection and this
// side has not looked at yet. More is dropped: other candidates remain.
const maxWords = 128

// line is one connection between the two machines. A session has one after
// another: the next is made while the last may still work, and takes over when
// both sides have greeted each other on it. Its goroutine owns the connection.
//
//	host                                   viewer
//	offer (number) ──────── room ────────▶ makes its end
//	                ◀────── room ───────── answer (number)
//	candidates      ◀────── room ────────▶ candidates
//	        ... both have opened it: neither takes from the last one any more ...
//	resume (taken)  ◀──── connection ────▶ resume (taken)
//	        ... each goes on with what the other has not taken ...
type line struct {
	number uint32
	life   context.Context // ends with the line
	end    context.CancelFunc
	words  chan wire.Message // descriptions and candidates for it

	greeting chan uint64   // holds one: what this side has taken until now
	goOn     chan struct{} // closed when the other side's has come

	// The run's, from when they are told:
	conn   *peer.Conn
	way    way     // without keys before it is open
	beside *beside // nil: no datagrams were agreed on; set before it is open
}

// lineNews is what a line's goroutine has for the run.
type lineNews struct {
	line   *line
	conn   *peer.Conn   // it has been made
	say    wire.Message // for the other side, through the room
	opened bool         // it can be used
	data   []byte       // a message over it
	steady *bool        // packets come, or have stopped coming
	over   error        // it is
}

// newLine begins the next connection in place of one that is still being made.
// The viewer gives the offer that it answers.
func (r *run) newLine(number uint32, offer wire.Message) {
	if r.next != nil {
		r.next.end()
	}
	l := &line{
		number: number, words: make(chan wire.Message, maxWords),
		greeting: make(chan uint64, 1), goOn: make(chan struct{}),
	}
	l.life, l.end = context.WithCancel(context.WithoutCancel(r.life)) // a goodbye is said after the work has ended
	r.newest, r.next = number, l
	r.all.Go(func() {
		if err := r.make(l, offer); err != nil {
			r.post(post{news: &lineNews{line: l, over: err}})
		}
	})
}

// word gives a line what the other side says about it; other lines' words are
// passed over.
func (r *run) word(number uint32, m wire.Message) {
	for _, l := range []*line{r.line, r.next} {
		if l != nil && l.number == number {
			select {
			case l.words <- m:
			default:
			}
		}
	}
}

// make makes a line's connection and lives with it.
func (r *run) make(l *line, offer wire.Message) error {
	defer l.end()
	conn, err := peer.New(peer.Config{
		Servers: r.servers.now(l.life), RelayOnly: r.conf.relay, Identity: r.identity, Remote: r.theirs,
		Media: r.conf.media,
	})
	if err != nil {
		return errors.Join(errSetUp, err)
	}
	var all sync.WaitGroup
	defer func() {
		l.end()
		all.Wait()
		_ = conn.Close() // nothing is left that could be lost
	}()
	say, err := describe(conn, l.number, offer)
	if err != nil || !r.post(post{news: &lineNews{line: l, conn: conn, say: say}}) {
		return err
	}
	all.Go(func() { r.trickle(l, conn) })
	all.Go(func() { r.watch(l, conn) })
	all.Go(func() {
		if err := r.listenBeside(l, conn); err != nil {
			r.post(post{news: &lineNews{line: l, over: err}})
		}
	})
	all.Go(func() { r.side.track(r, l, conn) })
	all.Go(func() {
		if err := r.deliver(l, conn); err != nil && l.life.Err() == nil {
			r.post(post{news: &lineNews{line: l, over: err}})
		}
	})
	for {
		select {
		case m := <-l.words:
			if err := learn(conn, m); err != nil {
				return err
			}
		case <-l.life.Done():
			return nil
		}
	}
}

// deliver greets the other side, waits for its greeting, and gives the
// connection what there is to say.
func (r *run) deliver(l *line, conn *peer.Conn) error {
	select {
	case count := <-l.greeting:
		b, err := wire.Append(nil, &wire.Resume{Received: count, Able: r.conf.able})
		if err != nil {
			return err
		}
		if b, err = l.way.sealer.Seal(nil, b); err != nil {
			return err
		}
		if err := conn.Send(l.life, b); err != nil {
			return err
		}
	case <-l.life.Done():
		return nil
	}
	select {
	case <-l.goOn:
		return r.out.deliver(l.life, conn, l.way.sealer)
	case <-l.life.Done():
		return nil
	}
}
