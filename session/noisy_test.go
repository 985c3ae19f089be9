package session

import (
	"context"
	"sync"
	"testing"

	"github.com/beistand/beistand/session/rendezvous"
)

// noisy is a desk that, once it may, repeats, swaps, drops, alters and reflects
// what passes, and repeats what it has heard in all the session.
type noisy struct {
	Room
	d *din
	r role
}

type din struct {
	mu    sync.Mutex // guards what follows
	on    bool
	n     int
	heard map[role][][]byte
}

func (n noisy) Met() <-chan struct{}           { return n.Room.(*rendezvous.Room).Met() }
func (n noisy) Ping(ctx context.Context) error { return n.Room.(*rendezvous.Room).Ping(ctx) }

func (n noisy) Send(ctx context.Context, message []byte) error {
	n.d.mu.Lock()
	n.d.n++
	count, on := n.d.n, n.d.on
	old := n.d.heard[n.r]
	other := n.d.heard[1-n.r]
	n.d.heard[n.r] = append(old, append([]byte(nil), message...))
	n.d.mu.Unlock()
	if !on {
		return n.Room.Send(ctx, message)
	}
	send := [][]byte{message}
	switch count % 7 {
	case 0:
		send = nil // dropped
	case 1:
		send = append(send, message) // twice
	case 2:
		send = append([][]byte{old[len(old)/2]}, message) // an old one first
	case 3:
		altered := append([]byte(nil), message...)
		altered[len(altered)-1] ^= 1
		send = [][]byte{altered, message}
	case 4:
		send = append(send, other[len(other)-1]) // reflected
	case 5:
		send = append(old[max(0, len(old)-10):len(old):len(old)], message) // the last ones again
	}
	for _, m := range append(send, []byte{1, 4, 2}, []byte{1, 6}, []byte("nonsense")) { // wrong code, granted: in the clear
		if err := n.Room.Send(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// Whatever the desk does to messages once the two machines are connected, the
// session does not end and comes back after each interruption.
func TestNoisyDesk(t *testing.T) {
	t.Parallel()
	f := newFrail(t)
	d := &din{heard: map[role][][]byte{}}
	for _, r := range []role{host, viewer} {
		f.alter[r] = func(room Room) Room { return noisy{room, d, r} }
	}
	f.begin()
	d.mu.Lock()
	d.on = true
	d.mu.Unlock()
	for n := range byte(3) {
		f.stopRelay()
		f.isBroken(true)
		want := f.repaint(100 + n)
		f.startRelay()
		f.sees(want)
		f.isBroken(false)
	}
	f.finish()
}
