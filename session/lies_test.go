package session

import (
	"bytes"
	"context"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// uses are messages by each right, and what they do when they are allowed.
var uses = map[string]struct {
	right rights.Right
	m     wire.Message
	does  string // to the customer's machine, or as the supporter sees it
}{
	"pointer": {rights.Point, &wire.Pointer{X: 7, Y: 8, Shown: true}, "mark (7,8) true"},
	"move":    {rights.Control, &wire.Move{X: 7, Y: 8}, "move (7,8)"},
	"button":  {rights.Control, &wire.Button{Number: 1}, "button 1 false"},
	"key":     {rights.Control, &wire.Key{Rune: 'a', Down: true}, "key a true"},
	"clip":    {rights.ClipIn, &wire.Clip{Text: "text"}, "clip text"},
	"file":    {rights.FilesIn, &wire.Hand{ID: 1, Right: rights.FilesIn, Size: 0, Name: "a"}, ""},
	"vitals":  {rights.Vitals, &wire.Want{Right: rights.Vitals, On: true}, ""},
	"logs":    {rights.Logs, &wire.Want{Right: rights.Logs, On: true}, ""},
	"system":  {rights.System, &wire.Want{Right: rights.System, On: true}, ""},
}

// A right that was never given is refused at the customer's end, by name.
func TestNeverGiven(t *testing.T) {
	for name, use := range uses {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rest := everything.Without(rights.Of(use.right))
			a := newAble(t, rest)
			a.start()
			a.ready(rest)
			a.lie(use.m)
			a.refused(use.right)
		})
	}
}

// refused waits for the end that a message without a right leads to.
func (a *able) refused(right rights.Right) {
	a.t.Helper()
	h, v := a.ends()
	h.check(a.t, "host", ErrTampered, ByNetwork)
	v.check(a.t, "viewer", ErrTampered, ByNetwork)
	if why := new(NoRightError); !errors.As(h.err, &why) || why.Right != right {
		a.t.Errorf("the host ended with %v, want the right %q to be named", h.err, right)
	}
	if done := strings.ReplaceAll(a.customer.all(), "released", ""); strings.Trim(done, "; ") != "" {
		a.t.Errorf("it was obeyed: %s", done)
	}
}

// A right that was taken back: what crosses the word is dropped, and what
// comes after the viewer has signed that it knows is refused by name.
func TestTakenBack(t *testing.T) {
	for name, use := range uses {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAble(t, everything)
			signs := make(chan struct{})
			a.viewer.Record = func(line []byte) error {
				if bytes.Contains(line, []byte(`"what":"revoked"`)) {
					<-signs
				}
				return nil
			}
			a.start()
			a.ready(everything)
			a.h.Revoke(rights.Of(use.right))
			a.lie(use.m) // the viewer does not know; its signature comes behind this
			close(signs)
			a.ready(everything.Without(rights.Of(use.right)))
			a.isSigned()
			a.lie(again(use.m))
			a.refused(use.right)
		})
	}
}

// again is a message that comes a second time; what has a number has the next.
func again(m wire.Message) wire.Message {
	if h, ok := m.(*wire.Hand); ok {
		n := *h
		n.ID += 2
		return &n
	}
	return m
}

// isSigned waits until the host has the viewer's signature of everything.
func (a *able) isSigned() {
	a.t.Helper()
	h := a.h.running.Load()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ok := false; !ok; <-tick.C {
		if err := h.do(a.t.Context(), func() error { ok = h.side.(*hosting).witnessed(); return nil }); err != nil {
			a.t.Fatal(err)
		}
	}
}

// Whatever comes while the session is paused is dropped when it has crossed the
// word, and refused by name afterwards.
func TestWhilePaused(t *testing.T) {
	for name, use := range uses {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAble(t, everything)
			signs := make(chan struct{})
			a.viewer.Record = func(line []byte) error {
				if bytes.Contains(line, []byte(`"what":"paused"`)) {
					<-signs
				}
				return nil
			}
			a.start()
			a.ready(everything)
			a.h.Pause()
			a.lie(use.m)
			close(signs)
			a.isPaused(viewer, true)
			a.isSigned()
			a.lie(again(use.m))
			h, v := a.ends()
			h.check(t, "host", ErrTampered, ByNetwork)
			v.check(t, "viewer", ErrTampered, ByNetwork)
			if why := new(HeldError); !errors.As(h.err, &why) || why.Held != HoldPaused {
				t.Errorf("the host ended with %v, want that it was paused", h.err)
			}
			if done := a.customer.all(); done != "" && done != "released" {
				t.Errorf("it was obeyed: %s", done)
			}
		})
	}
}

// Held for want of an observer is as paused.
func TestWhileHeld(t *testing.T) {
	a := newAble(t, everything)
	h, err := NewHost(a.host)
	if err != nil {
		t.Fatal(err)
	}
	NewCompany(true).Join(h)
	a.startWith(h)
	a.until("being held", func() bool { return a.last[viewer].Held == HoldObserver && a.last[host].Held == HoldObserver })
	a.isSigned()
	if err := a.v.Move(image.Pt(1, 1)); !errors.Is(err, ErrHeld) {
		t.Errorf("an honest move: %v, want %v", err, ErrHeld)
	}
	a.lie(&wire.Key{Rune: 'a', Down: true})
	end, _ := a.ends()
	if why := new(HeldError); !errors.As(end.err, &why) || why.Held != HoldObserver || a.updates > 0 || a.customer.all() != "" {
		t.Errorf("the host ended with %v after %d pictures and %q", end.err, a.updates, a.customer.all())
	}
}

// What no viewer may say at all, whatever it was given.
func TestNoViewerSays(t *testing.T) {
	for name, messages := range map[string][]wire.Message{
		"a sample":                   {&wire.Vital{Text: "a"}},
		"a file out":                 {&wire.Hand{ID: 1, Right: rights.FilesOut, Name: "a"}},
		"evidence":                   {&wire.Hand{ID: 1, Right: rights.Logs, Size: wire.Unknown, Name: "a"}},
		"a number of the host's":     {&wire.Hand{ID: 2, Right: rights.FilesIn, Name: "a"}},
		"a number twice":             {&wire.Hand{ID: 1, Right: rights.FilesIn, Name: "a"}, &wire.Hand{ID: 1, Right: rights.FilesIn, Name: "a"}},
		"a piece of nothing":         {&wire.Piece{ID: 1, Data: []byte{1}}},
		"the end of nothing":         {&wire.Done{ID: 1}},
		"takes what was not offered": {&wire.Accept{ID: 2}},
		"has what was not sent":      {&wire.Took{ID: 2, Bytes: 1}},
		"two questions":              {&wire.Ask{Rights: see}, &wire.Ask{Rights: see}},
		"a grant":                    {&wire.Granted{}},
		"a refusal":                  {&wire.Refused{}},
		"a pause":                    {&wire.Paused{Why: wire.ByCustomer}},
		"a picture":                  {&wire.Picture{Number: 1, Total: 1, Data: []byte{1}}},
		"a piece before the yes":     {&wire.Hand{ID: 1, Right: rights.FilesIn, Size: 1, Name: "slow"}, &wire.Piece{ID: 1, Data: []byte{1}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			given := everything
			if name == "two questions" {
				given = everything.Without(see)
			}
			a := newAble(t, given)
			a.answer = func(ctx context.Context, _ Question) Grant { <-ctx.Done(); return Grant{} }
			a.host.Files = slowFiles{}
			a.start()
			a.ready(given)
			a.lie(messages...)
			h, _ := a.ends()
			h.check(t, "host", ErrTampered, ByNetwork)
		})
	}
}

// slowFiles take nothing and say nothing.
type slowFiles struct{}

func (slowFiles) Receive(ctx context.Context, _ Incoming) (Sink, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}
