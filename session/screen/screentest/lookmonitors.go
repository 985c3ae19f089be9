package screentest

import (
	"image"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/session/screen"
)

func looksApart(t *testing.T, f Fixture) {
	if f.SetMonitors == nil {
		return // with one monitor there is nothing to hold
	}
	one, two := image.Rect(20, 30, 120, 110), image.Rect(170, 50, 290, 190)
	f.SetMonitors(t, screen.Monitor{Name: "A", Bounds: one, Primary: true}, screen.Monitor{Name: "B", Bounds: two})
	p := Pattern(f.Desktop, 7)
	f.Paint(t, p)
	l, k := f.look(t, everything)
	var s seen
	shot := s.until(t, k, func(shot screen.Shot) bool { return shows(shot, p, one) && shows(shot, p, two) })
	if shot.Origin != one.Min || shot.Picture.Rect.Max != two.Max.Sub(one.Min) {
		t.Errorf("the picture is %v at %v", shot.Picture.Rect, shot.Origin)
	}
	if diff := cmp.Diff([]image.Rectangle{one, two}, shot.Areas); diff != "" {
		t.Error(diff)
	}
	if n := unlike(shot.Picture, 0); n != area(one)+area(two) {
		t.Errorf("%d pixels are not black, want %d", n, area(one)+area(two))
	}
	l.Choose(screen.Scope{Monitors: []string{"B"}})
	shot = s.until(t, k, func(screen.Shot) bool { return true })
	if !shot.Fresh || shot.Origin != two.Min || !shows(shot, p, two) || len(shot.Areas) != 1 || shot.Areas[0] != two {
		t.Errorf("the second monitor alone is fresh: %v, at %v of %v", shot.Fresh, shot.Origin, shot.Areas)
	}
	l.Choose(screen.Scope{Monitors: []string{"C"}})
	shot = s.until(t, k, func(screen.Shot) bool { return true })
	if n := unlike(shot.Picture, 0); n > 0 || !shot.Fresh || len(shot.Areas) > 0 {
		t.Errorf("%d pixels of a monitor that is not there, %v", n, shot.Areas)
	}
}

func looksAppears(t *testing.T, f Fixture) {
	if f.SetMonitors == nil {
		return // with one monitor there is nothing to hold
	}
	_, k := f.look(t, everything)
	var s seen
	s.until(t, k, func(screen.Shot) bool { return true })
	both := halves(f.Desktop)
	f.SetMonitors(t, both...)
	shot := s.until(t, k, func(shot screen.Shot) bool { return len(shot.Monitors) == 2 })
	if diff := cmp.Diff(both, shot.Monitors); diff != "" {
		t.Error(diff)
	}
	p := Pattern(f.Desktop, 8)
	f.Paint(t, p)
	s.until(t, k, func(shot screen.Shot) bool { return shows(shot, p, both[0].Bounds) && shows(shot, p, both[1].Bounds) })
}

// looksChosen changes the scope while pictures are taken.
func looksChosen(t *testing.T, f Fixture) {
	if f.SetMonitors == nil {
		return // with one monitor there is nothing to hold
	}
	both := halves(f.Desktop)
	f.SetMonitors(t, both...)
	f.Paint(t, Fill(f.Desktop, pink))
	f.Paint(t, Fill(both[1].Bounds, green))
	l, k := f.look(t, everything)
	const pinks, greens = 0xf030c0, 0x10d030
	var mu sync.Mutex // guards scope: what is chosen for certain, and how often it was
	scope, times := everything, 0
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			next := []screen.Scope{{Monitors: []string{both[1].Name}}, everything, {}, {Monitors: []string{both[0].Name}}}[i%4]
			mu.Lock()
			l.Choose(next)
			scope, times = next, i
			mu.Unlock()
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	for i := range 200 {
		mu.Lock()
		chosen, before := scope, times
		mu.Unlock()
		shot, err := k.Take()
		if err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		same := before == times
		mu.Unlock()
		if !same || chosen.All { // else it may have been another one meanwhile
			continue
		}
		for _, m := range both {
			colour := uint32(pinks)
			if m == both[1] {
				colour = greens
			}
			if n := area(shot.Picture.Rect) - unlike(shot.Picture, colour); n > 0 && !slices.Contains(chosen.Monitors, m.Name) {
				t.Errorf("picture %d has %d pixels of %s, which is not chosen", i, n, m.Name)
			}
		}
	}
	close(stop)
	<-done
}
