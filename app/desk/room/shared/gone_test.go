package shared_test

import (
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/room/shared"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

const (
	quick    = time.Second // a lease
	patience = 30 * time.Second
)

type silent struct{}

func (silent) Printf(string, ...any) {}

func sooner(t *testing.T, source string) *shared.Rooms {
	t.Helper()
	r, err := shared.OpenQuick(t.Context(), shared.Config{DB: dbtest.Open(t, source), Queue: 64, Now: time.Now, Log: silent{}}, quick)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// enter gives a place, and a channel that is closed when it is cut.
func enter(t *testing.T, r room.Rooms, role string) (room.Place, chan struct{}) {
	t.Helper()
	cut := make(chan struct{})
	p, err := r.Enter("a", role, sync.OnceFunc(func() { close(cut) }))
	if err != nil {
		t.Fatal(err)
	}
	return p, cut
}

func event(t *testing.T, p room.Place, want room.Event) {
	t.Helper()
	select {
	case m, ok := <-p.Messages():
		if !ok || m.Event != want {
			t.Fatalf("%+v %v, want %s", m, p.Why(), want)
		}
	case <-time.After(patience):
		t.Fatalf("nothing came, want %s", want)
	}
}

// The side of a desk that was killed has left, and the room goes on without it.
func TestDeskKilled(t *testing.T) {
	source := dbtest.URL(t)
	a, b := sooner(t, source), sooner(t, source)
	c, _ := enter(t, a, "customer")
	s, _ := enter(t, b, "supporter")
	event(t, c, room.Joined)
	event(t, s, room.Joined)
	a.Die()
	event(t, s, room.Left)
	again, _ := enter(t, b, "customer") // its program has found the other desk
	event(t, s, room.Joined)
	event(t, again, room.Joined)
	if err := again.Send([]byte("here")); err != nil {
		t.Fatal(err)
	}
	if m := <-s.Messages(); string(m.Data) != "here" {
		t.Errorf("%+v", m)
	}
	again.Leave()
	s.Leave()
	if occupied, left := b.Presence("a"); occupied || left.IsZero() {
		t.Errorf("occupied %v, left %v", occupied, left)
	}
	c.Leave() // of the dead: nobody knows it any more
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

// When PostgreSQL itself was killed, everybody is let go and comes again.
func TestDatabaseKilled(t *testing.T) {
	server := dbtest.Start(t)
	source := server.URL(t)
	a, b := sooner(t, source), sooner(t, source)
	c, cut1 := enter(t, a, "customer")
	s, cut2 := enter(t, b, "supporter")
	event(t, c, room.Joined)
	event(t, s, room.Joined)
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	for _, cut := range []chan struct{}{cut1, cut2} {
		select {
		case <-cut:
		case <-time.After(patience):
			t.Fatal("nobody is told")
		}
	}
	c.Leave()
	s.Leave()
	c, s = meet(t, a, b)
	if err := c.Send([]byte("again")); err != nil {
		t.Fatal(err)
	}
	if m := <-s.Messages(); string(m.Data) != "again" {
		t.Errorf("%+v", m)
	}
	c.Leave()
	s.Leave()
	for _, r := range []*shared.Rooms{a, b} {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// meet has both come, as programs do, until each knows of the other.
func meet(t *testing.T, a, b room.Rooms) (c, s room.Place) {
	t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for end := time.After(patience); ; {
		c, err := a.Enter("a", "customer", func() {})
		if err == nil {
			s, err := b.Enter("a", "supporter", func() {})
			if err == nil {
				if joined(c) && joined(s) {
					return c, s
				}
				s.Leave()
			}
			c.Leave()
		}
		select {
		case <-look.C:
		case <-end:
			t.Fatal("they do not meet again")
		}
	}
}

func joined(p room.Place) bool {
	select {
	case m, ok := <-p.Messages():
		return ok && m.Event == room.Joined
	case <-time.After(patience):
		return false
	}
}
