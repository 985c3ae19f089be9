package session

import (
	"errors"
	"sync"
	"time"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

const (
	queued    = 1024                 // messages that wait to leave
	meantTime = 3 * time.Second      // what has not left by then does not leave
	moveTime  = 8 * time.Millisecond // between two moves of the pointer
)

// doing is what the supporter does, on its way out: no window waits for the
// connection.
type doing struct {
	more chan struct{} // holds one; there is something in queue

	mu     sync.Mutex // guards the rest
	queue  []wire.Message
	newest Asked
	count  int
	asked  time.Time
}

func newDoing() *doing { return &doing{more: make(chan struct{}, 1)} }

// put adds a message; of moves that follow each other only the last leaves.
func (d *doing) put(m wire.Message) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := len(d.queue); n > 0 && moves(m) && moves(d.queue[n-1]) && sameKind(m, d.queue[n-1]) {
		d.queue[n-1] = m
		return nil
	}
	if len(d.queue) >= queued {
		return ErrBusy
	}
	d.queue = append(d.queue, m)
	select {
	case d.more <- struct{}{}:
	default:
	}
	return nil
}

func moves(m wire.Message) bool {
	p, ok := m.(*wire.Pointer)
	if ok {
		return p.Shown
	}
	_, ok = m.(*wire.Move)
	return ok
}

func sameKind(a, b wire.Message) bool {
	_, x := a.(*wire.Move)
	_, y := b.(*wire.Move)
	return x == y
}

func (d *doing) take() wire.Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue) == 0 {
		return nil
	}
	m := d.queue[0]
	d.queue = d.queue[1:]
	return m
}

// pump sends what is put, in order. What is not allowed any more is dropped.
func (d *doing) pump(r *run) {
	pace := time.NewTicker(moveTime)
	defer pace.Stop()
	for {
		for m := d.take(); m != nil; m = d.take() {
			began := time.Now()
			p := parcel{message: m, need: needs(viewer, m)}
			if p.need.Has(rights.See) { // a mark or input: after an outage nobody means any more what they did before
				p.also = func() bool { return time.Since(began) < meantTime }
			}
			if _, err := r.out.put(r.life, p); err != nil && !errors.Is(err, errWithheld) {
				return
			}
			if moves(m) {
				select {
				case <-pace.C:
				case <-r.life.Done():
					return
				}
			}
		}
		select {
		case <-d.more:
		case <-r.life.Done():
			return
		}
	}
}

// answered closes the question.
func (d *doing) answered(now rights.Set, yes bool) (asked rights.Set, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.newest.Outcome != OutcomeOpen {
		return 0, false
	}
	d.newest.Outcome = OutcomeRefused
	if yes {
		d.newest.Outcome = outcomeOf(d.newest.Rights, d.newest.Rights.Both(now))
	}
	return d.newest.Rights, true
}

func (d *doing) question() Asked {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.newest
}
