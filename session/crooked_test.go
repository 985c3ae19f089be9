package session

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// within has a run's goroutine do something.
func (p *pair) within(r *run, f func()) {
	p.t.Helper()
	if err := r.do(p.t.Context(), func() error { f(); return nil }); err != nil {
		p.t.Fatal(err)
	}
}

// A supporter who takes all of a file and never says so, or says that it is not
// wanted: the record has what has left, with its sum.
func TestTakesWithoutTrace(t *testing.T) {
	content := bytes.Repeat([]byte("secret "), 1000) // less than a window: it leaves at once
	for name, ends := range map[string]func(a *able, id uint32){
		"cancels":          func(a *able, id uint32) { a.lie(&wire.Cancel{ID: id, Why: wire.NotWanted}) },
		"stops":            func(a *able, _ uint32) { a.stopViewer() },
		"is stopped":       func(a *able, _ uint32) { a.stopHost() },
		"is taken back":    func(a *able, _ uint32) { a.h.Revoke(rights.Of(rights.FilesOut)) },
		"says another sum": func(a *able, id uint32) { a.lie(&wire.Done{ID: id}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAble(t, everything)
			stuck := make(chan struct{})
			a.supporter.block = stuck // it has the pieces, and does not say so
			a.start()
			a.ready(everything)
			sent := make(chan error, 1)
			go func() {
				sent <- a.h.SendFile(t.Context(), Outgoing{Name: "a.txt", Size: int64(len(content)), From: bytes.NewReader(content)})
			}()
			h := a.h.running.Load()
			a.until("all to have left", func() bool {
				h.handing.mu.Lock()
				defer h.handing.mu.Unlock()
				for _, o := range h.handing.out {
					o.mu.Lock()
					left := o.left
					o.mu.Unlock()
					if left == int64(len(content)) {
						return true
					}
				}
				a.tell()
				return false
			})
			ends(a, 2)
			if err := <-sent; err == nil {
				t.Error("the file counts as handed over")
			}
			close(stuck)
			a.stopHost()
			a.ends()
			sum := sha256.Sum256(content)
			a.hostRecord.read(t)
			text := a.hostRecord.String()
			for _, want := range []string{`"what":"file"`, `"name":"a.txt"`, hex.EncodeToString(sum[:]), record.CutShort} {
				if strings.Count(text, want) != 1 {
					t.Errorf("the record has %q %d times:\n%s", want, strings.Count(text, want), text)
				}
			}
		})
	}
}

// soon gives something that need not happen a moment.
func soon(holds func() bool) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for range 40 {
		if holds() {
			return
		}
		<-tick.C
	}
}

// A supporter whose program wishes for one connection after another has few
// made, and one that was never offered cannot be named.
func TestWishesAreBounded(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	begun := time.Now()
	h, v := a.h.running.Load(), a.v.running.Load()
	newest := func() (n uint32) { a.within(h, func() { n = h.newest }); return n }
	for range 3 * lines {
		n := newest()
		a.within(v, func() { _ = v.say(v.life, &wire.Again{Connection: n}) })
		soon(func() bool { return newest() > n })
	}
	if n := int(newest()); n > 1+lines+int(time.Since(begun)/lineTime) {
		t.Errorf("%d connections were begun", n)
	}
	a.within(v, func() { _ = v.say(v.life, &wire.Again{Connection: 1 << 30}) })
	end, _ := a.ends()
	end.check(t, "host", ErrTampered, ByNetwork)
	if !errors.Is(end.err, errAhead) {
		t.Errorf("the host ended with %v, want %v", end.err, errAhead)
	}
}

// The same of a customer whose program offers them.
func TestOffersAreBounded(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	begun := time.Now()
	h, v := a.h.running.Load(), a.v.running.Load()
	own, err := peer.New(peer.Config{Identity: h.identity})
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	sdp, err := own.Offer()
	if err != nil {
		t.Fatal(err)
	}
	var n int // what was passed over leaves a gap in the numbers
	for i := range uint32(3 * lines) {
		a.within(h, func() { _ = h.say(h.life, &wire.Offer{Connection: 2 + i, SDP: sdp}) })
		soon(func() (taken bool) {
			a.within(v, func() { taken = v.newest == 2+i })
			if taken {
				n++
			}
			return taken
		})
	}
	if n > 1+lines+int(time.Since(begun)/lineTime) {
		t.Errorf("%d connections were begun", n)
	}
	a.stopHost()
	a.ends()
}

// More offers of files than an honest program makes end the session by name.
func TestHandsAreBounded(t *testing.T) {
	a := newAble(t, everything)
	a.customer.refuses = errors.New("not this one")
	a.start()
	a.ready(everything)
	for i := range uint32(inAll + 1) {
		a.lie(&wire.Hand{ID: 1 + 2*i, Right: rights.FilesIn, Name: "a"})
	}
	h, _ := a.ends()
	h.check(t, "host", ErrTampered, ByNetwork)
	if !errors.Is(h.err, errTooMany) {
		t.Errorf("the host ended with %v, want %v", h.err, errTooMany)
	}
}

// What a supporter makes the customer's program say, and does not take, is
// bounded as memory is: however small the messages are.
func TestSmallMessagesAreKeptInBounds(t *testing.T) {
	o := newOutbox(newGate(), nil)
	n := 0
	for ; n <= maxKept/keeping; n++ {
		if _, err := o.put(t.Context(), parcel{message: &wire.Took{ID: 1, Bytes: 1}}); err != nil {
			if !errors.Is(err, errKept) {
				t.Fatal(err)
			}
			return
		}
	}
	t.Errorf("%d messages are kept", n)
}

// The mark goes with its right, also when the supporter keeps control.
func TestMarkGoesWithItsRight(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	if err := a.v.Point(image.Pt(7, 8), true); err != nil {
		t.Fatal(err)
	}
	a.does(a.customer, "mark (7,8) true")
	a.h.Revoke(rights.Of(rights.Point))
	if !strings.HasSuffix(a.customer.all(), "mark (0,0) false") {
		t.Errorf("after the right was taken back: %s", a.customer.all())
	}
	a.stopHost()
	a.ends()
}

// Acknowledgements of pictures from before a pause are no harm; of such as
// never were, the end.
func TestShownLies(t *testing.T) {
	a := newAble(t, see)
	a.start()
	a.ready(see)
	a.h.Pause()
	a.isPaused(viewer, true)
	a.h.Resume()
	a.isPaused(viewer, false)
	a.lie(&wire.Shown{Number: 1})
	a.h.Pause()
	a.isPaused(viewer, true)
	a.lie(&wire.Shown{Number: 1 << 20})
	h, _ := a.ends()
	h.check(t, "host", ErrTampered, ByNetwork)
}

// A customer whose program sends texts without end: the supporter's window,
// which has to show them, is given a bounded number.
func TestTextsAreBounded(t *testing.T) {
	a := newAble(t, everything)
	a.start()
	a.ready(everything)
	begun := time.Now()
	h := a.h.running.Load()
	for range 2 * texts {
		for _, m := range []wire.Message{&wire.Clip{Text: "text"}, &wire.Vital{Text: "text"}} {
			if _, err := h.send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
		}
	}
	a.h.Revoke(rights.Of(rights.Logs)) // the word comes behind all of them
	a.ready(everything.Without(rights.Of(rights.Logs)))
	most := texts + int(time.Since(begun)/textTime) + 1
	a.mu.Lock()
	if len(a.clips) > most || len(a.vitals) > most || len(a.clips) < texts || len(a.vitals) < texts {
		t.Errorf("%d clipboards and %d samples were shown, want %d", len(a.clips), len(a.vitals), texts)
	}
	a.mu.Unlock()
	a.stopHost()
	a.ends()
}
