package rendezvous

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// How a place in the desk's room is kept while the session goes on.
const (
	joinTime  = 5 * time.Second        // for one try to come in again
	hangTime  = time.Second            // then the next try begins beside it
	quickPong = 500 * time.Millisecond // for the desk's answer when something is wrong
	slowPong  = 10 * time.Second       // and when nothing is
	pingEvery = 20 * time.Second
)

// Keep comes in again whenever the room is lost, until ctx ends.
func (p *Place) Keep(ctx context.Context) {
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
func (p *Place) speak(ctx context.Context) {
	for {
		select {
		case b := <-p.said:
			room, _ := p.Now()
			bound, cancel := context.WithTimeout(ctx, hangTime)
			_ = room.Send(bound, b)
			cancel()
		case <-ctx.Done():
			return
		}
	}
}

// answers asks the desk whether the room is still there.
func (p *Place) answers(ctx context.Context) bool {
	room, _ := p.Now()
	pinger, ok := room.(interface{ Ping(context.Context) error })
	if !ok {
		return p.There()
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
	room Way
	err  error
}

// again tries until there is a room. A try that hangs holds the next one up for
// hangTime only.
func (p *Place) again(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan joined)
	timer := time.NewTimer(0)
	defer timer.Stop()
	due, last, flying := time.Now().Add(Wait(0, p.isUrgent(), rand.Float64())), time.Time{}, 0
	for try := 1; ; {
		at := due
		if hang := last.Add(hangTime); flying > 0 && hang.After(at) {
			at = hang
		}
		timer.Reset(time.Until(at))
		select {
		case <-timer.C:
			flying, last = flying+1, time.Now()
			due = last.Add(Wait(try, p.isUrgent(), rand.Float64()))
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
			case errors.Is(j.err, ErrEnded):
				p.over()
			}
		case <-ctx.Done():
			return
		}
	}
}

func (p *Place) join(ctx context.Context, results chan<- joined) {
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
