package session

import (
	"context"
	"sync"
	"testing"

	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/wire"
)

// lossy is a desk that, once it may, loses the first candidate that a side says
// of each connection. It goes by lengths: it reads nothing.
type lossy struct {
	Room
	l *losing
	r role
}

type losing struct {
	mu   sync.Mutex // guards what follows
	on   bool
	next map[role]bool // the next candidate gets lost
	lost map[role]int
}

// Lengths of a connection's sealed messages, in bytes.
const (
	longestEnd       = 60  // Again, and a candidate that says that there are no more
	longestCandidate = 600 // descriptions are longer
)

func (l lossy) Met() <-chan struct{}           { return l.Room.(*rendezvous.Room).Met() }
func (l lossy) Ping(ctx context.Context) error { return l.Room.(*rendezvous.Room).Ping(ctx) }

func (l lossy) Send(ctx context.Context, message []byte) error {
	if l.l.loses(l.r, len(message)) {
		return nil
	}
	return l.Room.Send(ctx, message)
}

func (l *losing) loses(r role, length int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case !l.on || length <= longestEnd:
	case length > longestCandidate:
		l.next[r] = true
	case l.next[r]:
		l.next[r] = false
		l.lost[r]++
		return true
	}
	return false
}

// A connection comes about although the room loses the only candidate that
// each side has for it.
func TestLostCandidates(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	l := &losing{next: map[role]bool{}, lost: map[role]int{}}
	for _, r := range []role{host, viewer} {
		f.alter[r] = func(room Room) Room { return lossy{room, l, r} }
	}
	f.begin()
	l.mu.Lock()
	l.on = true
	l.mu.Unlock()
	f.stopRelay()
	f.isBroken(true)
	want := f.repaint(100)
	f.startRelay()
	f.sees(want)
	f.isBroken(false)
	f.finish()
	if l.lost[host] == 0 || l.lost[viewer] == 0 {
		t.Errorf("candidates that were lost: %v", l.lost)
	}
}

// A supporter's program that agrees on datagrams for one connection and not for
// the next ends the session: what is sent over them would get nowhere.
func TestDatagramsStay(t *testing.T) {
	p := newPair(t)
	p.start()
	p.sees(picture1)
	v := p.v.running.Load()
	p.within(v, func() {
		v.conf.media.Datagrams, v.besides = false, false
		if err := v.say(v.life, &wire.Again{Connection: v.newest}); err != nil {
			t.Error(err)
		}
	})
	h, _ := p.ends()
	h.check(t, "host", ErrTampered, ByNetwork)
}
