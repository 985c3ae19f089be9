package session

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/wire"
)

// windowed is a screen of which single windows can be had.
type windowed struct {
	*screentest.Memory
	all []screen.Window
}

func (w *windowed) Windows() ([]screen.Window, error) { return w.all, nil }

// Of the screen the supporter sees what the customer chose, from the moment at
// which Show returns; what is black is not touched either.
func TestScope(t *testing.T) {
	a := newAble(t, everything)
	left, right := image.Rect(0, 0, 320, 200), image.Rect(320, 0, 480, 100)
	a.screen.SetMonitors(screen.Monitor{Name: "LEFT", Bounds: left, Primary: true}, screen.Monitor{Name: "RIGHT", Bounds: right})
	own := screentest.Shown{Window: screen.Window{ID: 7, Bounds: image.Rect(300, 20, 350, 60)}, Fill: color.RGBA{1, 2, 3, 0xff}}
	a.host.Screen = &windowed{a.screen, []screen.Window{own.Window}}
	a.host.Consent = func(_ context.Context, q Question) (Grant, error) {
		return Grant{Rights: q.Rights, Scope: Scope{Monitors: []string{"RIGHT"}}}, nil
	}
	var mu sync.Mutex
	waiting, early, told := false, 0, 0
	a.host.sealed = func(m wire.Message) {
		mu.Lock()
		defer mu.Unlock()
		switch m := m.(type) {
		case *wire.Recorded:
			if bytes.Contains(m.Line, []byte(`"what":"scope"`)) {
				waiting = false
				told++
			}
		case *wire.Picture, *wire.Flow, *wire.Shape, *wire.Cursor:
			if waiting {
				early++
			}
		}
	}
	show := func(s Scope) {
		t.Helper()
		mu.Lock()
		before := told
		mu.Unlock()
		if err := a.h.Show(s); err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		waiting = told == before // else the entry has left already
		mu.Unlock()
	}
	a.screen.Paint(screentest.Pattern(left, 1))
	a.screen.Paint(screentest.Pattern(right, 2))
	a.start()
	only := screentest.Pattern(right, 2)
	only.Rect = only.Rect.Sub(right.Min)
	a.sees(only)
	a.ready(everything)
	if err := errors.Join(a.v.Move(image.Pt(5, 6)), a.v.Key(input.Key{Rune: 'a'}, true)); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, "move (325,6); key a true")

	a.screen.Show(own)
	show(Scope{Windows: []screen.Window{{ID: 7, Title: "Faktura\n7"}, {ID: 8, Title: "gone"}}})
	wall := image.NewRGBA(image.Rect(0, 0, 480, 200))
	draw.Draw(wall, wall.Rect, image.Black, image.Point{}, draw.Src)
	draw.Draw(wall, own.Bounds, image.NewUniform(own.Fill), image.Point{}, draw.Src)
	a.sees(wall)
	if err := errors.Join(a.v.Move(image.Pt(310, 30)), a.v.Key(input.Key{Rune: 'b'}, true), a.v.Point(image.Pt(310, 30), true)); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, "key a true; released; mark (310,30) true") // what is typed could meet another window

	show(Scope{Monitors: []string{"not there"}})
	black := image.NewRGBA(wall.Rect) // a place that is there, and nothing in it
	draw.Draw(black, black.Rect, image.Black, image.Point{}, draw.Src)
	a.sees(black)
	show(Scope{})
	a.until("the whole again", func() bool {
		return a.shown.Rect == wall.Rect && a.shown.RGBAAt(1, 1) == screentest.Pattern(left, 1).RGBAAt(1, 1)
	})
	mu.Lock()
	if early > 0 {
		t.Errorf("%d pieces of pictures were sealed after Show had returned and before its entry", early)
	}
	mu.Unlock()
	for _, s := range []Scope{
		{Monitors: []string{}},
		{Monitors: []string{"LEFT"}, Windows: []screen.Window{{ID: 7}}},
		{Windows: make([]screen.Window, record.MaxSome+1)},
	} {
		if err := a.h.Show(s); !errors.Is(err, ErrScope) {
			t.Errorf("%v: %v, want %v", s, err, ErrScope)
		}
	}
	if err := (Scope{Windows: []screen.Window{{ID: 7}}}).check(a.screen); !errors.Is(err, ErrScope) {
		t.Errorf("windows of a screen that has none: %v", err)
	}
	a.stopHost()
	a.ends()
	scopes := 0
	for _, w := range a.hostRecord.whats(t) {
		if w == string(record.Scoped) {
			scopes++
		}
	}
	if scopes != 4 || !bytes.Contains(a.hostRecord.text.Bytes(), []byte(`"names":["Faktura 7","gone"]`)) {
		t.Errorf("%d scopes are in the record\n%s", scopes, a.hostRecord.text.String())
	}
	a.hostRecord.read(t)
}

// A flood of pauses neither fills the record nor delays a pause.
func TestPausesAreBounded(t *testing.T) {
	a := newAble(t, see)
	a.start()
	a.ready(see)
	for range resumes {
		a.h.Pause()
		a.isPaused(viewer, true)
		a.h.Resume()
		a.isPaused(viewer, false)
	}
	a.h.Pause()
	a.isPaused(viewer, true)
	a.h.Resume() // waits for its turn
	a.isSigned()
	if a.event(host).Phase == PhaseEnded || a.event(viewer).Held == 0 {
		t.Error("more was resumed than the record has room for")
	}
	a.stopHost()
	h, _ := a.ends()
	h.check(t, "host", nil, ByCustomer)
	if c := a.hostRecord.read(t); !c.Ended() || a.hostRecord.text.Len() > record.MaxSize/4 {
		t.Errorf("the record has %d bytes, ended %v", a.hostRecord.text.Len(), c.Ended())
	}
}

// Who changes what is seen very often waits for it to show, and nothing is seen
// meanwhile, whatever else happens; all else, a pause too, counts at once.
func TestScopesAreBounded(t *testing.T) {
	a := newAble(t, everything)
	s := &seals{}
	a.host.sealed = s.add
	a.start()
	a.ready(everything)
	h := a.h.running.Load()
	b := &h.side.(*hosting).scopes
	a.within(h, func() { b.left = 0 })
	if err := a.h.Show(Scope{Monitors: []string{"MEMORY-1"}}); err != nil {
		t.Fatal(err)
	}
	before := s.count()
	var wakes time.Time
	a.within(h, func() { wakes = b.wakes })
	rest := everything.Without(rights.Of(rights.ClipIn))
	a.h.Revoke(rights.Of(rights.ClipIn))
	a.ready(rest)
	a.h.Pause()
	a.isPaused(viewer, true)
	a.h.Resume()
	a.isPaused(viewer, false)
	a.isSigned()
	want := screentest.Pattern(image.Rect(0, 0, 320, 200), 9)
	a.screen.Paint(want)
	a.within(h, func() {
		if err := h.side.(*hosting).reconcile(h); err != nil || h.side.(*hosting).cancel != nil {
			t.Errorf("it is shared, %v", err)
		}
		if wakes.IsZero() || b.wakes != wakes {
			t.Errorf("it is to be woken at %v, and was at %v", b.wakes, wakes)
		}
	})
	if n := s.count() - before; n > 0 || strings.Contains(a.hostRecord.String(), `"what":"scope"`) {
		t.Errorf("%d pictures were sealed before the record says of what", n)
	}
	a.within(h, func() { b.left = 1 })
	a.sees(want)
	a.stopHost()
	a.ends()
	a.hostRecord.read(t)
}

// A full record ends the session by name on both sides, and its end fits.
func TestRecordFull(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	long := record.Entry{What: record.File, By: record.Customer, Name: string(bytes.Repeat([]byte("\u2028"), record.MaxText)), SHA256: string(bytes.Repeat([]byte("ab"), 32))}
	h := a.h.running.Load()
	for range record.MaxSize / 2000 {
		err := h.do(t.Context(), func() error {
			err := h.side.(*hosting).tell(h, long)
			if err != nil {
				h.fail(err)
			}
			return err
		})
		if err != nil {
			break
		}
	}
	hr, v := a.ends()
	hr.check(t, "host", ErrRecordFull, ByCustomer)
	v.check(t, "viewer", ErrRecordFull, ByCustomer)
	if c := a.hostRecord.read(t); !c.Ended() {
		t.Error("the record has no end")
	}
}

// A supporter waits for the required observer, and again when that one goes.
func TestCompany(t *testing.T) {
	c := NewCompany(true)
	supporter, observer := newAble(t, everything), newAble(t, see)
	i := invites(invite.Observer, see)
	i.ID = "another"
	i.sign()
	observer.host.Invitation, observer.viewer.Invitation = i, i
	var hosts []*Host
	for _, a := range []*able{supporter, observer} {
		h, err := NewHost(a.host)
		if err != nil {
			t.Fatal(err)
		}
		c.Join(h)
		hosts = append(hosts, h)
	}
	supporter.startWith(hosts[0])
	supporter.until("being held", func() bool { return supporter.last[viewer].Held == HoldObserver })
	if supporter.updates > 0 || supporter.screen.Grabs() > 0 {
		t.Error("the screen was read without an observer")
	}
	observer.startWith(hosts[1])
	observer.ready(see)
	supporter.ready(everything)
	if all := c.Members(); len(all) != 2 || !all[0].Present || !all[1].Present {
		t.Errorf("present are %+v", all)
	}
	c.PauseAll()
	supporter.isPaused(viewer, true)
	observer.isPaused(viewer, true)
	c.ResumeAll()
	observer.isPaused(viewer, false)
	supporter.until("going on", func() bool { return supporter.last[viewer].Held == 0 })
	observer.stopViewer()
	observer.ends()
	supporter.until("being held again", func() bool { return supporter.last[viewer].Held == HoldObserver })
	if all := c.Members(); len(all) != 1 {
		t.Errorf("after the observer has left there are %d", len(all))
	}
	c.StopAll()
	h, v := supporter.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
	if whats := supporter.hostRecord.whats(t); !bytes.Contains(supporter.hostRecord.text.Bytes(), []byte(`"what":"held"`)) {
		t.Errorf("the record does not tell of it: %v", whats)
	}
	supporter.hostRecord.read(t)
}

// An observer who asks for more than to see is no observer.
func TestObserverAsks(t *testing.T) {
	a := newAble(t, see)
	i := invites(invite.Observer, see)
	a.host.Invitation, a.viewer.Invitation = i, i
	a.start()
	a.ready(see)
	if err := a.v.Ask(control, "just once"); err != nil {
		t.Fatal(err)
	}
	h, _ := a.ends()
	if !errors.Is(h.err, errObserverAsks) {
		t.Errorf("the host ended with %v, want %v", h.err, errObserverAsks)
	}
}
