package session

import (
	"image"
	"slices"
	"sync"
	"testing"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/wire"
)

// seals counts what the host seals for the data channel.
type seals struct {
	mu       sync.Mutex // guards pictures
	pictures int
}

func (s *seals) add(m wire.Message) {
	if isPicture(m) {
		s.mu.Lock()
		s.pictures++
		s.mu.Unlock()
	}
}

func (s *seals) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pictures
}

// isPaused waits until a side has been told that nothing is shown, or that it
// is again.
func (p *pair) isPaused(r role, want bool) {
	p.t.Helper()
	p.until("the pause's beginning or end", func() bool { return p.last[r].Paused == want && p.last[r].Path != "" })
}

// After Pause has returned no picture is sealed until Resume, whatever happens
// on the screen; then the viewer sees the screen as it is by then.
func TestPause(t *testing.T) {
	p := newPair(t)
	s := &seals{}
	p.host.sealed = s.add
	p.start()
	area := image.Rect(0, 0, 320, 200)
	p.sees(screentest.Pattern(area, 1))
	for n := range byte(3) { // more than one pause in a session
		p.screen.Paint(screentest.Pattern(area, 100+n)) // may be on its way when the pause comes
		p.h.Pause()
		before := s.count()
		p.screen.Paint(screentest.Pattern(area, 50+n))
		p.isPaused(viewer, true)
		p.isPaused(host, true)
		p.mu.Lock()
		updates := p.updates
		p.mu.Unlock()
		p.screen.Paint(screentest.Pattern(area, 60+n))
		p.h.Pause()  // a second press is the same
		p.v.Active() // what is sealed on the other side arrives
		if s.count() != before {
			t.Fatalf("%d pictures were sealed after the pause", s.count()-before)
		}
		p.mu.Lock()
		if p.updates != updates {
			t.Errorf("%d pictures were shown during the pause", p.updates-updates)
		}
		p.mu.Unlock()
		want := screentest.Pattern(area, 2+n)
		p.screen.Paint(want)
		if s.count() != before {
			t.Fatalf("%d pictures were sealed during the pause", s.count()-before)
		}
		p.h.Resume()
		p.sees(want)
		p.isPaused(viewer, false)
		p.isPaused(host, false)
	}
	p.stopHost()
	h, v := p.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
}

// A pause in the middle of a large picture leaves it unfinished; after it the
// whole picture comes, and a stop works during the pause as well.
func TestPauseInTheMidst(t *testing.T) {
	p := newPair(t)
	s, first, pausing := &seals{}, make(chan struct{}), make(chan struct{})
	var once sync.Once
	p.host.sealed = func(m wire.Message) {
		s.add(m)
		if _, ok := m.(*wire.Flow); ok {
			once.Do(func() {
				close(first)
				<-pausing // the rest would be through before this test has its turn, on a machine with much to do
			})
		}
	}
	large := image.Rect(0, 0, 1000, 1000)
	p.screen.SetMonitors(screen.Monitor{Name: "LARGE", Bounds: large})
	noisy := incompressible(large)
	p.screen.Paint(noisy)
	p.start()
	<-first
	close(pausing)
	p.h.Pause()
	before := s.count()
	p.isPaused(viewer, true)
	p.mu.Lock()
	if p.shown != nil && slices.Equal(p.shown.Pix, noisy.Pix) {
		t.Errorf("all of it was shown, in %d pieces", p.updates)
	}
	p.mu.Unlock()
	if s.count() != before {
		t.Errorf("%d pieces were sealed after the pause", s.count()-before)
	}
	p.h.Resume()
	p.sees(noisy)
	p.h.Pause()
	p.isPaused(viewer, true)
	p.stopHost()
	h, v := p.ends()
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
}

// Pressed before anything is shown, nothing is shown.
func TestPauseBeforeTheFirstPicture(t *testing.T) {
	p := newPair(t)
	s := &seals{}
	p.host.sealed = s.add
	h, err := NewHost(p.host)
	if err != nil {
		t.Fatal(err)
	}
	h.Pause()
	p.startWith(h)
	p.isPaused(viewer, true)
	if s.count() != 0 || p.updates != 0 {
		t.Errorf("%d pictures were sealed, %d shown", s.count(), p.updates)
	}
	h.Resume()
	p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
}

// Pictures during a pause and acknowledgements of what never left are no messages of a session.
func TestPauseIsHeld(t *testing.T) {
	h := &hosting{sharer: &sharer{first: 3}}
	h.sharer.next.Store(5)
	if err := h.shown(&run{}, &wire.Shown{Number: 5}); err == nil {
		t.Error("an acknowledgement of an update that has not begun to leave counts")
	}
	if to := next(viewer, paused, evPicture); to.err != ErrTampered {
		t.Errorf("a picture during the pause leads to %+v", to)
	}
	if to := next(host, paused, evResumed); to.err != ErrTampered {
		t.Errorf("the viewer's resume leads to %+v", to)
	}
}
