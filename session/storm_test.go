package session

import (
	"bytes"
	"context"
	"image"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/wire"
)

// sealedBy is the right by which a message of the host leaves; "" for none.
func sealedBy(m wire.Message) rights.Right {
	switch m := m.(type) {
	case *wire.Picture, *wire.Flow, *wire.Screen, *wire.Shape, *wire.Cursor, *wire.Figures:
		return rights.See
	case *wire.Vital:
		return rights.Vitals
	case *wire.Clip:
		return rights.ClipOut
	case *wire.Hand:
		return m.Right
	case *wire.Piece:
		return rights.FilesOut
	}
	return ""
}

// Whatever goes on at the same time, after Hold, Revoke and Stop have returned
// nothing is sealed any more that needs what is gone, and nothing is obeyed.
func TestStorm(t *testing.T) {
	a := newAble(t, everything)
	var closed, revoked atomic.Bool // set after the call has returned, taken back before the next
	var late atomic.Int64
	a.host.sealed = func(m wire.Message) {
		right := sealedBy(m)
		if right != "" && (closed.Load() || right == rights.ClipOut && revoked.Load()) {
			late.Add(1)
		}
	}
	customer := a.customer
	customer.tell = func() {
		if closed.Load() {
			customer.mu.Lock()
			if last := customer.done[len(customer.done)-1]; last != "released" && last != "mark (0,0) false" && last[:5] != "abort" {
				late.Add(1)
			}
			customer.mu.Unlock()
		}
		a.tell()
	}
	a.start()
	a.ready(everything)

	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	again := func(f func(n byte)) {
		all.Go(func() {
			for n := byte(0); ctx.Err() == nil; n++ {
				f(n)
			}
		})
	}
	wait := func(most time.Duration) {
		select {
		case <-time.After(rand.N(most)): // to come in between, nothing is awaited
		case <-ctx.Done():
		}
	}
	again(func(n byte) {
		a.screen.Paint(screentest.Pattern(image.Rect(0, 0, 320, 200), n))
		wait(20 * time.Millisecond)
	})
	again(func(n byte) { customer.copy(string(rune('a' + n%26))); wait(50 * time.Millisecond) })
	again(func(byte) {
		b := bytes.Repeat([]byte("x"), 100<<10)
		_ = a.h.SendFile(ctx, Outgoing{Name: "a", Size: int64(len(b)), From: bytes.NewReader(b)}) // it may be in the way of anything
		wait(100 * time.Millisecond)
	})
	again(func(n byte) { _ = a.v.Move(image.Pt(int(n), 1)); wait(5 * time.Millisecond) })
	again(func(n byte) { _ = a.v.Button(1, n%2 == 0); wait(5 * time.Millisecond) })
	again(func(byte) { a.h.Hold(HoldObserver); wait(30 * time.Millisecond); a.h.Release(HoldObserver) })
	again(func(byte) { _ = a.h.Show(Scope{Monitors: []string{"MEMORY-1"}}); wait(time.Second) })

	for range 12 {
		wait(60 * time.Millisecond)
		a.h.Pause()
		closed.Store(true)
		wait(40 * time.Millisecond)
		closed.Store(false)
		a.h.Resume()
	}
	a.h.Revoke(rights.Of(rights.ClipOut))
	revoked.Store(true)
	wait(100 * time.Millisecond)
	stopping := time.Now()
	a.h.Stop()
	closed.Store(true)
	h, v := a.ends()
	stop()
	all.Wait()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
	t.Logf("the end took %v", time.Since(stopping))
	if n := late.Load(); n > 0 {
		t.Errorf("%d messages were sealed, or done, after they were not allowed any more", n)
	}
	a.hostRecord.read(t)
}

// Both people stop at once: both are told a good order, and nothing hangs.
func TestBothStop(t *testing.T) {
	for range 5 {
		a := newAble(t, everything)
		a.start()
		a.ready(everything)
		var both sync.WaitGroup
		both.Go(a.h.Stop)
		both.Go(a.stopViewer)
		both.Wait()
		h, v := a.ends()
		for who, r := range map[string]result{"host": h, "viewer": v} {
			if r.err != nil || r.end.By != ByCustomer && r.end.By != BySupporter {
				t.Errorf("the %s ended with %+v, %v", who, r.end, r.err)
			}
		}
		a.hostRecord.read(t)
	}
}

// A program that is busy with its disk lets nothing leave after a stop.
func TestStopWhileBusy(t *testing.T) {
	a := newAble(t, everything)
	s := &seals{}
	a.host.sealed = s.add
	slow, busy := make(chan struct{}), make(chan struct{})
	var once sync.Once
	a.host.Record = func(line []byte) error {
		if bytes.Contains(line, []byte(`"what":"revoked"`)) {
			once.Do(func() { close(busy); <-slow })
		}
		return a.hostRecord.keep(line)
	}
	a.start()
	a.ready(everything)
	a.h.Revoke(rights.Of(rights.ClipIn))
	<-busy
	a.h.Stop()
	before := s.count()
	a.screen.Paint(screentest.Pattern(image.Rect(0, 0, 320, 200), 90))
	select {
	case <-a.changed:
	case <-time.After(time.Second / 3): // several looks at the screen, if it were looked at
	}
	if n := s.count() - before; n > 0 {
		t.Errorf("%d pictures were sealed after the stop", n)
	}
	close(slow)
	h, v := a.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
}

// writes hands over a file and waits until the customer's disk is busy with it.
func (a *able) writes() chan error {
	a.t.Helper()
	sent := send(a.v.SendFile, "a", []byte{1})
	a.until("the disk to be busy", a.customer.stuck.Load)
	return sent
}

// Who waits for a slow disk after taking a right back keeps neither the
// supporter from what is still allowed nor the stop from being told.
func TestStopDespiteSlowDisk(t *testing.T) {
	a := newAble(t, everything)
	stuck := make(chan struct{})
	release := sync.OnceFunc(func() { close(stuck) })
	defer release()
	a.customer.block = stuck
	a.start()
	a.ready(everything)
	sent := a.writes()
	taken := make(chan struct{})
	go func() { a.h.Revoke(rights.Of(rights.ClipIn)); close(taken) }()
	a.ready(everything.Without(rights.Of(rights.ClipIn)))
	if err := a.v.Move(image.Pt(7, 8)); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, "move (7,8)")
	select {
	case <-taken:
		t.Error("Revoke has returned while a file was being written")
	default:
	}
	a.h.Stop()
	v := <-a.viewerDone
	v.check(t, "viewer", nil, ByCustomer)
	release()
	<-taken
	<-sent
	h := <-a.hostDone
	h.check(t, "host", nil, ByCustomer)
}

// One session's slow disk keeps neither another from being stopped nor its own
// supporter from being told.
func TestStopAllDespiteSlowDisk(t *testing.T) {
	a, b := newAble(t, everything), newAble(t, everything)
	stuck := make(chan struct{})
	a.customer.block = stuck
	c := NewCompany(false)
	for _, one := range []*able{a, b} {
		h, err := NewHost(one.host)
		if err != nil {
			t.Fatal(err)
		}
		c.Join(h)
		one.startWith(h)
		one.ready(everything)
	}
	sent := a.writes()
	all := make(chan struct{})
	go func() { c.StopAll(); close(all) }()
	h, v := b.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
	_, v = result{}, <-a.viewerDone
	v.check(t, "viewer of the slow one", nil, ByCustomer)
	select {
	case <-all:
		t.Error("StopAll has returned while a file was being written")
	default:
	}
	close(stuck)
	<-all
	<-sent
	h = <-a.hostDone
	h.check(t, "host of the slow one", nil, ByCustomer)
}
