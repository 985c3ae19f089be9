package rendezvous

import (
	"context"
	"sync"
)

// saidQueue bounds the messages for the other side that the room has not taken;
// more are dropped.
const saidQueue = 64

// Way is a room as a session uses it; *Room is one. With Ping, a lost one is noticed sooner.
type Way interface {
	Send(ctx context.Context, message []byte) error
	Receive(ctx context.Context) ([]byte, error)
	Close() error
}

// Place is this side's place in the desk's room, and the next one when that is
// lost. Only while the session is live it comes in again by itself.
type Place struct {
	rejoin func(context.Context) (Way, error) // nil: the first room is the only one
	over   func()                             // the desk says that the session is over
	said   chan []byte
	check  chan struct{} // holds one: is the room still there?
	renew  chan struct{} // holds one: come in again, whatever the room is like
	ended  chan struct{} // holds one: come in again, the room has ended; taken back by a new one
	hurry  chan struct{} // holds one: do not wait for the next try

	mu     sync.Mutex // guards what follows
	room   Way
	first  Way
	lost   bool
	urgent bool
	moved  chan struct{} // closed and replaced with every new room
	all    sync.WaitGroup
}

// NewPlace begins with a room. rejoin gives another place in it, nil if there is
// none; over is told when the desk says that the session is over.
func NewPlace(room Way, rejoin func(context.Context) (Way, error), over func()) *Place {
	return &Place{
		rejoin: rejoin, over: over, said: make(chan []byte, saidQueue),
		check: make(chan struct{}, 1), renew: make(chan struct{}, 1), ended: make(chan struct{}, 1), hurry: make(chan struct{}, 1),
		room: room, first: room, moved: make(chan struct{}),
	}
}

// Now is the room, and what tells that there is another.
func (p *Place) Now() (Way, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.room, p.moved
}

// There says whether the room is worth speaking into.
func (p *Place) There() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.lost
}

// Wants says how soon a lost room is needed again.
func (p *Place) Wants(urgent bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if urgent && !p.urgent {
		nudge(p.hurry)
	}
	p.urgent = urgent
}

// Check has it asked whether the room is still there.
func (p *Place) Check() { nudge(p.check) }

// Renew has it come in again, whatever the room is like.
func (p *Place) Renew() { nudge(p.renew) }

func (p *Place) isUrgent() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.urgent
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Gone is called when a room has ended by itself. The desk ends it, too, when
// this side comes in again beside it.
func (p *Place) Gone(room Way) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.room == room {
		p.lost = true
		nudge(p.ended)
	}
}

// move takes another room; the one before is left.
func (p *Place) move(room Way) {
	p.mu.Lock()
	old := p.room
	p.room, p.lost = room, false
	select {
	case <-p.ended:
	default:
	}
	close(p.moved)
	p.moved = make(chan struct{})
	p.mu.Unlock()
	p.all.Go(func() { _ = old.Close() }) // nobody speaks there any more
}

// Say queues a message.
func (p *Place) Say(b []byte) {
	select {
	case p.said <- b:
	default:
	}
}

// Leave closes the rooms that were not there from the start, when keep's ctx has ended.
func (p *Place) Leave() {
	if room, _ := p.Now(); room != p.first {
		_ = room.Close()
	}
	p.all.Wait()
}
