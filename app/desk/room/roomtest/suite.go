// Package roomtest is what every driver of the rooms' seam has to pass.
package roomtest

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/room"
)

// Opener makes rooms that keep so many messages for a slow side and take the
// time from now. The suite closes them.
type Opener func(t *testing.T, queue int, now func() time.Time) room.Rooms

// The two roles of the tests. A driver knows none by its name.
const customer, supporter = "customer", "supporter"

// patience bounds every wait: a driver may have a network in between.
const patience = 20 * time.Second

// Run tests a driver.
func Run(t *testing.T, open Opener) {
	for name, test := range map[string]func(*testing.T, Opener){
		"both ways in order":   inOrder,
		"nobody there":         nobodyThere,
		"comes again":          comesAgain,
		"newer replaces":       replaces,
		"rooms are apart":      apart,
		"slow side is dropped": slow,
		"too long":             tooLong,
		"end":                  end,
		"end of nothing":       endOfNothing,
		"presence":             presence,
		"stop":                 stop,
		"thousand rooms":       thousand,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// side is one that entered.
type side struct {
	t *testing.T
	room.Place
	cut chan struct{} // closed when the room cuts it
}

func enter(t *testing.T, r room.Rooms, session, role string) *side {
	t.Helper()
	s := &side{t: t, cut: make(chan struct{})}
	p, err := r.Enter(session, role, sync.OnceFunc(func() { close(s.cut) }))
	if err != nil {
		t.Fatal(err)
	}
	s.Place = p
	return s
}

// next is the next message; not ok is the end.
func (s *side) next() (m room.Message, ok bool) {
	s.t.Helper()
	select {
	case m, ok = <-s.Messages():
		return m, ok
	case <-time.After(patience):
		s.t.Fatal("nothing came")
		return
	}
}

func (s *side) event(want room.Event, reason string) {
	s.t.Helper()
	if m, ok := s.next(); !ok || m.Event != want || m.Reason != reason || m.Data != nil {
		s.t.Fatalf("%+v %v (%v), want %s %q", m, ok, s.Why(), want, reason)
	}
}

func (s *side) hears(want string) {
	s.t.Helper()
	if m, ok := s.next(); !ok || m.Event != "" || string(m.Data) != want {
		s.t.Fatalf("%+v %v, want %q", m, ok, want)
	}
}

func (s *side) says(text string) {
	s.t.Helper()
	if err := s.Send([]byte(text)); err != nil {
		s.t.Fatal(err)
	}
}

// ends wants no more messages, for that reason.
func (s *side) ends(why room.Why) {
	s.t.Helper()
	if m, ok := s.next(); ok {
		s.t.Fatalf("%+v, want the end", m)
	}
	if s.Why() != why {
		s.t.Fatalf("ended because of %v, want %v", s.Why(), why)
	}
}

// pair are both sides of a session, each knowing of the other.
func pair(t *testing.T, r room.Rooms, session string) (c, s *side) {
	t.Helper()
	c, s = enter(t, r, session, customer), enter(t, r, session, supporter)
	c.event(room.Joined, "")
	s.event(room.Joined, "")
	return c, s
}

func closed(t *testing.T, r room.Rooms, all ...*side) {
	t.Helper()
	for _, s := range all {
		s.Leave()
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func inOrder(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c, s := pair(t, r, "a")
	for i := range 200 {
		c.says(fmt.Sprint("to the supporter ", i))
		s.says(fmt.Sprint("to the customer ", i))
		if i%32 == 31 || i == 199 {
			for k := i / 32 * 32; k <= i; k++ {
				s.hears(fmt.Sprint("to the supporter ", k))
				c.hears(fmt.Sprint("to the customer ", k))
			}
		}
	}
	closed(t, r, c, s)
}

func nobodyThere(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c := enter(t, r, "a", customer)
	c.says("dropped")
	s := enter(t, r, "a", supporter)
	c.event(room.Joined, "")
	s.event(room.Joined, "")
	c.says("kept")
	s.hears("kept")
	closed(t, r, c, s)
}

func comesAgain(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c, s := pair(t, r, "a")
	s.Leave()
	s.ends(room.Gone)
	c.event(room.Left, "")
	s = enter(t, r, "a", supporter)
	c.event(room.Joined, "")
	s.event(room.Joined, "")
	s.says("again")
	c.hears("again")
	closed(t, r, c, s)
}

func replaces(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c, old := pair(t, r, "a")
	s := enter(t, r, "a", supporter)
	old.ends(room.Replaced)
	c.event(room.Left, "")
	c.event(room.Joined, "")
	s.event(room.Joined, "")
	old.says("from the past")
	s.says("from now")
	c.hears("from now")
	old.Leave() // takes nobody else's place with it
	c.says("still there")
	s.hears("still there")
	closed(t, r, c, s)
}

func apart(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c1, s1 := pair(t, r, "a")
	c2, s2 := pair(t, r, "b")
	c1.says("one")
	c2.says("two")
	s1.hears("one")
	s2.hears("two")
	r.End("a", "done")
	s1.event(room.Ended, "done")
	c2.says("goes on")
	s2.hears("goes on")
	closed(t, r, c1, s1, c2, s2)
}

func slow(t *testing.T, open Opener) {
	const queue = 8
	r := open(t, queue, time.Now)
	c, s := pair(t, r, "a")
	for range 100 * queue { // the customer reads none of it
		s.says("more")
		select {
		case <-c.cut:
		default:
			continue
		}
		break
	}
	select {
	case <-c.cut:
	case <-time.After(patience):
		t.Fatal("a side that reads nothing stays")
	}
	s.event(room.Left, "")
	kept := 0
	for m, ok := c.next(); ok; m, ok = c.next() {
		if kept++; m.Event != "" || kept > 100*queue {
			t.Fatalf("%+v", m)
		}
	}
	if c.Why() != room.Replaced {
		t.Errorf("why is %v", c.Why())
	}
	c.Leave()
	c = enter(t, r, "a", customer)
	s.event(room.Joined, "")
	c.event(room.Joined, "")
	s.says("welcome back")
	c.hears("welcome back")
	closed(t, r, c, s)
}

func tooLong(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c, s := pair(t, r, "a")
	if err := c.Send(make([]byte, room.MaxMessage+1)); !errors.Is(err, room.ErrTooLong) {
		t.Errorf("one byte too many: %v", err)
	}
	longest := bytes.Repeat([]byte{0, 0xff}, room.MaxMessage/2)
	if err := c.Send(longest); err != nil {
		t.Fatal(err)
	}
	if m, ok := s.next(); !ok || !bytes.Equal(m.Data, longest) {
		t.Errorf("%d bytes, want %d", len(m.Data), len(longest))
	}
	closed(t, r, c, s)
}

func end(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c, s := pair(t, r, "a")
	s.says("last words")
	c.hears("last words")
	r.End("a", "expired")
	r.End("a", "and again")
	for _, one := range []*side{c, s} {
		one.event(room.Ended, "expired")
		one.ends(room.Over)
	}
	c.says("to nobody")
	late := enter(t, r, "a", customer) // while the others have not left yet
	late.event(room.Ended, "expired")
	late.ends(room.Over)
	closed(t, r, c, s, late)
}

func endOfNothing(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	r.End("nobody was here", "x")
	c, s := pair(t, r, "a")
	c.says("x")
	s.hears("x")
	closed(t, r, c, s)
}

func presence(t *testing.T, open Opener) {
	var mu sync.Mutex
	at := time.Unix(1_700_000_000, 0)
	now := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return at
	}
	r := open(t, 64, now)
	want := func(occupied bool, left time.Time) {
		t.Helper()
		if o, l := r.Presence("a"); o != occupied || !occupied && !l.Equal(left) {
			t.Errorf("occupied %v, left %v; want %v %v", o, l, occupied, left)
		}
	}
	want(false, time.Time{})
	c, s := pair(t, r, "a")
	want(true, time.Time{})
	c.Leave()
	want(true, time.Time{})
	s.Leave()
	want(false, at)
	mu.Lock()
	at = at.Add(time.Minute)
	mu.Unlock()
	c = enter(t, r, "a", customer)
	want(true, time.Time{})
	c.Leave()
	want(false, at)
	r.Forget(map[string]bool{"a": true})
	want(false, at)
	r.Forget(map[string]bool{"b": true})
	want(false, time.Time{})
	closed(t, r)
}

func stop(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	c, s := pair(t, r, "a")
	r.Stop()
	c.ends(room.Stopped)
	s.ends(room.Stopped)
	if _, err := r.Enter("a", customer, func() {}); !errors.Is(err, room.ErrStopped) {
		t.Errorf("entered after the stop: %v", err)
	}
	closed(t, r, c, s)
}

// thousand is a thousand sessions at once, each with both sides speaking.
func thousand(t *testing.T, open Opener) {
	r := open(t, 64, time.Now)
	var all sync.WaitGroup
	for i := range 1000 {
		all.Go(func() {
			session := fmt.Sprint("session ", i)
			var sides [2]room.Place
			for k, role := range []string{customer, supporter} {
				p, err := r.Enter(session, role, func() {})
				if err != nil {
					t.Error(err)
					return
				}
				defer p.Leave()
				sides[k] = p
			}
			for _, p := range sides {
				if m := <-p.Messages(); m.Event != room.Joined {
					t.Errorf("%s: %+v", session, m)
				}
			}
			for _, p := range sides {
				if err := p.Send([]byte(session)); err != nil {
					t.Error(err)
				}
			}
			for _, p := range sides {
				if m := <-p.Messages(); string(m.Data) != session {
					t.Errorf("%s: heard %+v", session, m)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { defer close(done); all.Wait() }()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal("they do not come to an end")
	}
	closed(t, r)
}
