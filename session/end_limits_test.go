package session

import (
	"image"
	"image/draw"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/session/screen/screentest"
)

// hands is a clock that stands still until it is moved.
type hands struct {
	mu      sync.Mutex // guards the rest
	now     time.Time
	waiting []sleeper
}

type sleeper struct {
	until time.Time
	c     chan time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hands) After(d time.Duration) <-chan time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := sleeper{h.now.Add(d), make(chan time.Time, 1)}
	h.waiting = append(h.waiting, w)
	return w.c
}

func (h *hands) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
	var rest []sleeper
	for _, w := range h.waiting {
		if w.until.After(h.now) {
			rest = append(rest, w)
			continue
		}
		w.c <- h.now
	}
	h.waiting = rest
}

// limited is a pair whose clock stands still, and that shows its first picture.
func limited(t *testing.T) (*pair, *hands) {
	p, c := newPair(t), &hands{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	p.host.clock, p.viewer.clock = c, c
	p.start()
	p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
	p.until("both sides to share", func() bool {
		return p.last[host].Phase == PhaseSharing && p.last[viewer].Phase == PhaseWatching
	})
	return p, c
}

// warned waits until both sides are told that it ends for this reason; "" for no reason.
func (p *pair) warned(why Limit) {
	p.t.Helper()
	p.until("the warning "+string(why), func() bool {
		for _, e := range p.last {
			if e.Limit != why || e.Ends.IsZero() != (why == "") {
				return false
			}
		}
		return true
	})
}

func TestIdleEnds(t *testing.T) {
	p, c := limited(t)
	c.move(IdleTime - WarnTime)
	p.warned(LimitIdle)
	c.move(WarnTime)
	h, v := p.ends()
	h.check(t, "host", ErrIdle, ByCustomer)
	v.check(t, "viewer", ErrIdle, ByCustomer)
}

// Whoever does something, or what changes, takes the warning back on both sides.
func TestActivityGoesOn(t *testing.T) {
	p, c := limited(t)
	for name, do := range map[string]func(){
		"a change on the screen": func() {
			want := screentest.Pattern(image.Rect(0, 0, 320, 200), 9)
			p.screen.Paint(want)
			p.sees(want)
		},
		"the supporter": func() { p.v.Active() },
		"the customer":  func() { p.h.Active() },
		"a pause": func() {
			p.h.Pause()
			p.isPaused(viewer, true)
			p.h.Resume()
			p.isPaused(viewer, false)
			p.isPaused(host, false)
		},
	} {
		c.move(IdleTime - WarnTime)
		p.warned(LimitIdle)
		do()
		t.Log(name)
		p.warned("")
	}
	p.stopViewer()
	h, _ := p.ends()
	h.check(t, "host", nil, BySupporter)
}

func TestLongestEnds(t *testing.T) {
	p, c := limited(t)
	step := IdleTime - WarnTime
	for range 6 { // 54 minutes
		c.move(step)
		p.warned(LimitIdle)
		p.v.Active()
		p.warned("")
	}
	c.move(LongestTime - 6*step - WarnTime)
	p.warned(LimitLongest)
	c.move(WarnTime)
	h, v := p.ends()
	h.check(t, "host", ErrTooLong, ByCustomer)
	v.check(t, "viewer", ErrTooLong, ByCustomer)
}

// What blinks or ticks is no activity.
func TestSmallChangesAreIdle(t *testing.T) {
	p, c := limited(t)
	c.move(IdleTime - WarnTime)
	p.warned(LimitIdle)
	want := screentest.Pattern(image.Rect(0, 0, 320, 200), 1)
	small := screentest.Pattern(image.Rect(20, 20, 30, 30), 9)
	p.screen.Paint(small)
	draw.Draw(want, small.Rect, small, small.Rect.Min, draw.Src)
	p.sees(want)
	p.warned(LimitIdle)
	c.move(WarnTime)
	h, v := p.ends()
	h.check(t, "host", ErrIdle, ByCustomer)
	v.check(t, "viewer", ErrIdle, ByCustomer)
}

// A pause is no way to keep a session for ever.
func TestPauseEndsAsIdle(t *testing.T) {
	p, c := limited(t)
	p.h.Pause()
	p.isPaused(viewer, true)
	p.isPaused(host, true)
	c.move(IdleTime)
	h, v := p.ends()
	h.check(t, "host", ErrIdle, ByCustomer)
	v.check(t, "viewer", ErrIdle, ByCustomer)
}

func TestLimits(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, test := range map[string]struct {
		l    limits
		ends time.Duration
		why  Limit
	}{
		"at once":      {limits{at, at}, IdleTime, LimitIdle},
		"later":        {limits{at, at.Add(20 * time.Minute)}, 30 * time.Minute, LimitIdle},
		"towards 60":   {limits{at, at.Add(LongestTime - IdleTime + time.Second)}, LongestTime, LimitLongest},
		"at the limit": {limits{at, at.Add(LongestTime - IdleTime)}, LongestTime, LimitLongest},
	} {
		if ends, why := test.l.end(); !ends.Equal(at.Add(test.ends)) || why != test.why {
			t.Errorf("%s: ends after %v for %s, want %v for %s", name, ends.Sub(at), why, test.ends, test.why)
		}
	}
}
