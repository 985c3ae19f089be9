package screentest

import (
	"errors"
	"image"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/session/screen"
)

// LookSuite is what a Look at every driver must do, whether it tells what
// changes or is polled.
func LookSuite(t *testing.T, open func(t *testing.T) Fixture) {
	for name, test := range map[string]func(*testing.T, Fixture){
		"shows a storm": looksStorm, "tells when something changes": looksWaits, "shows monitors apart": looksApart,
		"shows a monitor that appears": looksAppears, "shows what is chosen": looksChosen, "shows it to several": looksSeveral, "ends": looksEnds, "ends while it reads": looksCut,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func (f Fixture) look(t *testing.T, s screen.Scope) (*screen.Limited, *screen.Look) {
	t.Helper()
	l := screen.Limit(f.Source, nil)
	l.Choose(s)
	k, err := l.Look()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	return l, k
}

var everything = screen.Scope{All: true}

func looksStorm(t *testing.T, f Fixture) {
	_, k := f.look(t, everything)
	var s seen
	want := Pattern(f.Desktop, 0)
	f.Paint(t, want)
	s.until(t, k, func(shot screen.Shot) bool { return shows(shot, want, f.Desktop) })
	painted := make(chan struct{})
	go func() {
		defer close(painted)
		random := rand.New(rand.NewPCG(3, 4))
		for i := range 150 {
			size := image.Pt(1+random.IntN(100), 1+random.IntN(60))
			at := image.Rectangle{Max: size}.Add(image.Pt(random.IntN(f.Desktop.Dx()-100), random.IntN(f.Desktop.Dy()-60)))
			p := Pattern(at, byte(i))
			f.Paint(t, p)
			for y := at.Min.Y; y < at.Max.Y; y++ {
				copy(want.Pix[want.PixOffset(at.Min.X, y):], p.Pix[p.PixOffset(at.Min.X, y):][:4*at.Dx()])
			}
		}
	}()
	for going := true; going; {
		select {
		case <-painted:
			going = false
		case <-k.Changed():
			s.take(t, k)
		}
	}
	if shot := s.take(t, k); !shows(shot, want, f.Desktop) {
		t.Error("when all is painted, it is not what is shown")
	}
}

func looksWaits(t *testing.T, f Fixture) {
	_, k := f.look(t, everything)
	var s seen
	shot := s.until(t, k, func(screen.Shot) bool { return true })
	if !shot.Fresh || shot.At.IsZero() || len(shot.Areas) != 1 || shot.Areas[0] != f.Desktop || len(shot.Monitors) != 1 {
		t.Errorf("the first is %+v", shot)
	}
	for i := range byte(3) {
		p := Pattern(image.Rect(30, 40, 50, 52), i)
		f.Paint(t, p)
		shot = s.until(t, k, func(shot screen.Shot) bool { return shows(shot, p, p.Rect) })
		if shot.Fresh || areas(shot.Damage) == 0 || areas(shot.Damage) > area(f.Desktop)/4 {
			t.Errorf("a small change is fresh: %v, with damage %v", shot.Fresh, shot.Damage)
		}
	}
}

func looksSeveral(t *testing.T, f Fixture) {
	p := Pattern(f.Desktop, 4)
	var wg sync.WaitGroup
	var all []*screen.Look
	for range 3 {
		_, k := f.look(t, everything)
		all = append(all, k)
	}
	f.Paint(t, p)
	for _, k := range all {
		wg.Go(func() {
			late := time.After(patienceTime)
			for {
				select {
				case <-k.Changed():
				case <-late:
					t.Error("one does not see it")
					return
				}
				shot, err := k.Take()
				if err != nil {
					t.Error(err)
					return
				}
				if shows(shot, p, f.Desktop) {
					return
				}
			}
		})
	}
	wg.Wait()
}

func looksEnds(t *testing.T, f Fixture) {
	for _, end := range []struct {
		name string
		by   func(*screen.Look) error
	}{
		{"its own end", func(k *screen.Look) error { return k.Close() }},
		{"the source's", func(*screen.Look) error { return f.Source.Close() }},
	} {
		_, k := f.look(t, everything)
		if _, err := k.Take(); err != nil {
			t.Fatal(err)
		}
		woken := make(chan error, 1)
		go func() {
			for {
				<-k.Changed()
				if _, err := k.Take(); err != nil {
					woken <- err
					return
				}
			}
		}()
		if err := end.by(k); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-woken:
			if !errors.Is(err, screen.ErrClosed) {
				t.Errorf("after %s there is %v, want %v", end.name, err, screen.ErrClosed)
			}
		case <-time.After(patienceTime):
			t.Fatalf("%s does not wake who waits", end.name)
		}
	}
	if _, err := screen.Limit(f.Source, nil).Look(); !errors.Is(err, screen.ErrClosed) {
		t.Errorf("a look at what is closed gives %v, want %v", err, screen.ErrClosed)
	}
}

// looksCut ends looks while they read.
func looksCut(t *testing.T, f Fixture) {
	p := Pattern(f.Desktop, 6)
	for range 5 {
		_, k := f.look(t, everything)
		reads, done := make(chan struct{}, 1), make(chan error, 1)
		go func() {
			for {
				if _, err := k.Take(); err != nil {
					done <- err
					return
				}
				select {
				case reads <- struct{}{}:
				default:
				}
			}
		}()
		for range 3 {
			f.Paint(t, p)
			<-reads
		}
		if err := k.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, screen.ErrClosed) {
			t.Errorf("what is cut short gives %v, want %v", err, screen.ErrClosed)
		}
	}
}
