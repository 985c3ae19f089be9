package session

import (
	"bytes"
	"errors"
	"image"
	"testing"

	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/wire"
)

// While the screen is locked nothing is shown and nothing obeyed; the other
// side and the record know why, also when the customer has paused besides.
func TestWhileLocked(t *testing.T) {
	a := newAble(t, everything)
	s := &seals{}
	a.host.sealed = s.add
	a.start()
	a.ready(everything)
	is := func(want Hold) {
		t.Helper()
		a.until("the reason", func() bool { return a.last[viewer].Held == want && a.last[host].Held == want })
	}
	a.h.Hold(HoldLocked)
	before := s.count()
	a.screen.Paint(screentest.Pattern(image.Rect(0, 0, 320, 200), 7))
	is(HoldLocked)
	if err := a.v.Move(image.Pt(1, 1)); !errors.Is(err, ErrHeld) {
		t.Errorf("a move: %v, want %v", err, ErrHeld)
	}
	a.h.Pause()
	is(HoldLocked | HoldPaused)
	a.h.Release(HoldLocked)
	is(HoldPaused)
	a.h.Hold(HoldLocked)
	is(HoldLocked | HoldPaused)
	a.h.Resume()
	is(HoldLocked)
	if s.count() != before {
		t.Errorf("%d pictures were sealed while the screen was locked", s.count()-before)
	}
	a.h.Release(HoldLocked)
	is(0)
	a.ready(everything) // it goes on
	a.h.Hold(HoldLocked)
	is(HoldLocked)
	a.isSigned()
	a.lie(&wire.Key{Rune: 'a', Down: true})
	end, _ := a.ends()
	if why := new(HeldError); !errors.As(end.err, &why) || why.Held != HoldLocked || a.customer.all() != "" {
		t.Errorf("the host ended with %v and %q", end.err, a.customer.all())
	}
	if !bytes.Contains(a.hostRecord.text.Bytes(), []byte(`"reason":"the screen is locked"`)) {
		t.Errorf("the record does not say why: %v", a.hostRecord.whats(t))
	}
	a.hostRecord.read(t)
}
