package lock

import (
	"context"
	"sync"
)

// Board is what several say together: one who says locked is enough.
type Board struct {
	mu      sync.Mutex // guards what follows
	said    []State
	heard   []bool        // has answered, or was waited for long enough
	changed chan struct{} // closed with the next change
	closed  bool
	watches sync.WaitGroup
}

// NewBoard is one for so many, of whom none has been heard.
func NewBoard(many int) *Board {
	return &Board{said: make([]State, many), heard: make([]bool, many), changed: make(chan struct{})}
}

// Say is what one of them says.
func (b *Board) Say(who int, s State) { b.set(who, func(State) State { return s }) }

// Silent is one who does not answer: what was said before holds.
func (b *Board) Silent(who int) { b.set(who, func(s State) State { return s }) }

// Lost is one who cannot be asked any more: only a lock that was there holds,
// until somebody says that it is over.
func (b *Board) Lost(who int) {
	b.set(who, func(s State) State {
		if s == Locked {
			return Locked
		}
		return Unknown
	})
}

func (b *Board) set(who int, how func(State) State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := how(b.said[who])
	if b.closed || b.heard[who] && s == b.said[who] {
		return
	}
	b.said[who], b.heard[who] = s, true
	close(b.changed)
	b.changed = make(chan struct{})
}

// State is Lock's.
func (b *Board) State() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state()
}

func (b *Board) state() (all State) {
	if b.closed {
		return Unknown
	}
	for _, s := range b.said {
		all = max(all, s)
	}
	return all
}

// now is the state, whether it can be told, and when it may be another.
func (b *Board) now() (s State, ready, closed bool, changed <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ready = b.state(), true
	for _, heard := range b.heard {
		ready = ready && heard
	}
	return s, ready || s == Locked, b.closed, b.changed
}

// Watch is Lock's.
func (b *Board) Watch(ctx context.Context) <-chan State {
	out := make(chan State, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		close(out)
		return out
	}
	b.watches.Go(func() {
		defer close(out)
		for told, first := Unknown, true; ; {
			s, ready, closed, changed := b.now()
			if closed || ctx.Err() != nil {
				return
			}
			if ready && (first || s != told) {
				select {
				case <-out: // the newer one takes its place
				default:
				}
				out <- s // it holds one, and nobody else sends
				told, first = s, false
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

// Close ends the watches, and waits for that.
func (b *Board) Close() error {
	b.mu.Lock()
	if !b.closed {
		b.closed = true
		close(b.changed)
	}
	b.mu.Unlock()
	b.watches.Wait()
	return nil
}
