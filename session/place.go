package session

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/beistand/beistand/session/rendezvous"
)

// How a place in the desk's room is kept while the session goes on.
const (
	joinTime  = 5 * time.Second        // for one try to come in again
	hangTime  = time.Second            // then the next try begins beside it
	quickPong = 500 * time.Millisecond // for the desk's answer when something is wrong
	slowPong  = 10 * time.Second       // and when nothing is
	pingEvery = 20 * time.Second
	saidQueue = 64 // messages for the other side that the room has not taken; more are dropped
)

// place is this side's place in the desk's room, and the next one when that is
// lost. Only while the session is live it comes in again by itself.
type place struct {
	rejoin func(context.Context) (Room, error) // nil: the first room is the only one
	post   func(event) bool                    // evMet, evRoomLost and what the desk says
	said   chan []byte
	check  chan struct{} // holds one: is the room still there?
	renew  chan struct{} // holds one: come in again, whatever the room is like
	ended  chan struct{} // holds one: come in again, the room has ended; taken back by a new one
	hurry  chan struct{} // holds one: do not wait for the next try

	mu     sync.Mutex // guards what follows
	room   Room
	first  Room
	lost   bool
	urgent bool
	moved  chan struct{} // closed and replaced with every new room
	all    sync.WaitGroup
}

func newPlace(room Room, rejoin func(context.Context) (Room, error), post func(event) bool) *place {
	return &place{
		rejoin: rejoin, post: post, said: make(chan []byte, saidQueue),
		check: make(chan struct{}, 1), renew: make(chan struct{}, 1), ended: make(chan struct{}, 1), hurry: make(chan struct{}, 1),
		room: room, first: room, moved: make(chan struct{}),
	}
}

// now is the room, and what tells that there is another.
func (p *place) now() (Room, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.room, p.moved
}

// there says whether the room is worth speaking into.
func (p *place) there() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.lost
}

// wants says how soon a lost room is needed again.
func (p *place) wants(urgent bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if urgent && !p.urgent {
		nudge(p.hurry)
	}
	p.urgent = urgent
}

func (p *place) isUrgent() bool {
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

// gone is called when a room has ended by itself. The desk ends it, too, when
// this side comes in again beside it.
func (p *place) gone(room Room) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.room == room {
		p.lost = true
		nudge(p.ended)
	}
}

// move takes another room; the one before is left.
func (p *place) move(room Room) {
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

// keep comes in again whenever the room is lost, until ctx ends.
func (p *place) keep(ctx context.Context) {
	p.all.Go(func() { p.speak(ctx) })
	if p.rejoin == nil {
		return
	}
	p.all.Go(func() {
		ping := time.NewTicker(pingEvery)
		defer ping.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-p.renew:
			case <-p.ended:
			case <-p.check:
				if p.answers(ctx) {
					continue
				}
			case <-ping.C:
				if p.answers(ctx) {
					continue
				}
			}
			p.again(ctx)
		}
	})
}

// speak says what is queued; the room may lose it.
func (p *place) speak(ctx context.Context) {
	for {
		select {
		case b := <-p.said:
			room, _ := p.now()
			bound, cancel := context.WithTimeout(ctx, hangTime)
			_ = room.Send(bound, b)
			cancel()
		case <-ctx.Done():
			return
		}
	}
}

// say queues a message.
func (p *place) say(b []byte) {
	select {
	case p.said <- b:
	default:
	}
}

// answers asks the desk whether the room is still there.
func (p *place) answers(ctx context.Context) bool {
	room, _ := p.now()
	pinger, ok := room.(interface{ Ping(context.Context) error })
	if !ok {
		return p.there()
	}
	bound := slowPong
	if p.isUrgent() {
		bound = quickPong
	}
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	p.all.Go(func() { // what comes meanwhile does not wait for a slow answer
		select {
		case <-p.check:
			quick := time.NewTimer(quickPong)
			defer quick.Stop()
			select {
			case <-quick.C:
				cancel()
			case <-ctx.Done():
			}
		case <-p.renew:
			nudge(p.renew)
			cancel()
		case <-ctx.Done():
		}
	})
	if pinger.Ping(ctx) == nil {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lost = p.lost || p.room == room
	return false
}

// joined is what became of one try.
type joined struct {
	room Room
	err  error
}

// again tries until there is a room. A try that hangs holds the next one up for
// hangTime only.
func (p *place) again(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan joined)
	timer := time.NewTimer(0)
	defer timer.Stop()
	due, last, flying := time.Now().Add(rendezvous.Wait(0, p.isUrgent(), rand.Float64())), time.Time{}, 0
	for try := 1; ; {
		at := due
		if hang := last.Add(hangTime); flying > 0 && hang.After(at) {
			at = hang
		}
		timer.Reset(time.Until(at))
		select {
		case <-timer.C:
			flying, last = flying+1, time.Now()
			due = last.Add(rendezvous.Wait(try, p.isUrgent(), rand.Float64()))
			try++
			p.all.Go(func() { p.join(ctx, results) })
		case <-p.hurry:
			due = time.Now()
		case j := <-results:
			flying--
			switch {
			case j.err == nil:
				p.move(j.room)
				return
			case errors.Is(j.err, rendezvous.ErrEnded):
				p.post(evDeskEnded)
			}
		case <-ctx.Done():
			return
		}
	}
}

func (p *place) join(ctx context.Context, results chan<- joined) {
	bound, cancel := context.WithTimeout(ctx, joinTime)
	defer cancel()
	room, err := p.rejoin(bound)
	select {
	case results <- joined{room, err}:
	case <-ctx.Done():
		if err == nil {
			_ = room.Close()
		}
	}
}

// leave closes the rooms that were not there from the start, when keep's ctx has ended.
func (p *place) leave() {
	if room, _ := p.now(); room != p.first {
		_ = room.Close()
	}
	p.all.Wait()
}
