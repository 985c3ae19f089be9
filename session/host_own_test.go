package session

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// owns says that the customer uses their own mouse and keyboard, or no more,
// and waits until both sides know.
func (a *able) owns(on bool) {
	a.t.Helper()
	select {
	case a.customer.own <- on:
	case <-a.t.Context().Done():
		a.t.Fatal("nobody listens to the customer's own hand")
	}
	a.until("the viewer to know", func() bool { return a.last[viewer].Own == on })
}

// act does what a supporter does, and waits until the last of it has arrived.
func (a *able) act(errs ...error) {
	a.t.Helper()
	if err := errors.Join(errs...); err != nil {
		a.t.Fatal(err)
	}
	before := strings.Count(a.customer.all(), "mark (9,9) true")
	if err := a.v.Point(image.Pt(9, 9), true); err != nil {
		a.t.Fatal(err)
	}
	a.until("all to arrive", func() bool { return strings.Count(a.customer.all(), "mark (9,9) true") > before })
}

// did is what was done to the customer's machine since the last time, marks left out.
func (a *able) did(seen *int) string {
	all := strings.Split(a.customer.all(), "; ")
	fresh := all[*seen:]
	*seen = len(all)
	var rest []string
	for _, d := range fresh {
		if d != "" && !strings.HasPrefix(d, "mark") {
			rest = append(rest, d)
		}
	}
	return strings.Join(rest, "; ")
}

// What the customer does takes over at once: what the supporter holds is let
// go, what they do meanwhile is passed over and not done later, and afterwards
// it goes on where they are then.
func TestOwnHandWins(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	v, seen := a.v, 0
	control, shift, s := input.Key{Name: "Control"}, input.Key{Name: "Shift"}, input.Key{Rune: 's'}
	a.act(v.Move(image.Pt(10, 20)), v.Button(input.Left, true), v.Key(control, true))
	want := func(step, want string) {
		t.Helper()
		if got := a.did(&seen); got != want {
			t.Errorf("%s: done %q, want %q", step, got, want)
		}
	}
	want("before", "move (10,20); button 1 true; key Control true")
	a.owns(true)
	want("taken over", "released")
	a.act(v.Move(image.Pt(11, 21)), v.Button(input.Right, true), v.Wheel(0, 1), v.Key(s, true), v.Key(s, false), v.Key(shift, true))
	if got := a.did(&seen); strings.Trim(strings.ReplaceAll(got, "key s false", ""), "; ") != "" { // what lets go always is
		t.Errorf("meanwhile: done %q", got)
	}
	a.owns(false)
	a.act(v.Button(input.Left, true), v.Button(input.Left, false), v.Wheel(0, 1))
	if got := a.did(&seen); strings.Contains(got, "button 1 true") || strings.Contains(got, "wheel") {
		t.Errorf("clicked where the customer's pointer stands: %q", got)
	}
	a.act(v.Key(shift, false), v.Move(image.Pt(12, 22)), v.Key(s, true), v.Key(control, false), v.Key(s, true))
	got := a.did(&seen)
	if !strings.HasSuffix(got, "key s true; key Control false; key s true") || !strings.Contains(got, "move (12,22)") || strings.Contains(got, "Shift true") {
		t.Errorf("afterwards: %q", got)
	}
	if a.event(host).Own {
		t.Error("the customer is told of themselves")
	}
}

// The supporter is told only while they may control, and what they were told
// does not outlast a pause or the right.
func TestOwnTold(t *testing.T) {
	some := everything.Without(rights.Of(rights.Control))
	a := newAble(t, some)
	a.start()
	a.ready(some)
	select {
	case a.customer.own <- true:
	case <-t.Context().Done():
		t.Fatal("nobody listens")
	}
	a.act()
	if a.event(viewer).Own {
		t.Error("told without the right")
	}
	a.answer = func(context.Context, Question) Grant { return Grant{Rights: rights.Of(rights.Control)} }
	if err := a.v.Ask(rights.Of(rights.Control), "to click"); err != nil {
		t.Fatal(err)
	}
	knows := func(what string, want bool) {
		t.Helper()
		a.until(what, func() bool { return a.last[viewer].Own == want })
	}
	knows("told with the right", true)
	a.h.Pause()
	knows("forgotten at a pause", false)
	a.h.Resume()
	knows("told again", true)
	a.h.Revoke(rights.Of(rights.Control))
	knows("forgotten with the right", false)
}

// A viewer that says so, or a host that does without the right, is no honest one.
func TestOwnLies(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	a.isSigned()
	a.lie(&wire.Own{On: true})
	if end, _ := a.ends(); !errors.Is(end.err, errWrongWay) {
		t.Errorf("the host ended with %v", end.err)
	}
}
