package screentest

import (
	"errors"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
)

// LookSuite is what a Look at every driver must do, whether it tells what
// changes or is polled.
func LookSuite(t *testing.T, open func(t *testing.T) Fixture) {
	for name, test := range map[string]func(*testing.T, Fixture){
		"shows a storm": looksStorm, "tells when something changes": looksWaits, "shows monitors apart": looksApart,
		"shows a monitor that appears": looksAppears, "shows what is chosen": looksChosen, "shows it to several": looksSeveral, "ends": looksEnds,
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

// seen is a copy of a Shot's picture that is kept up to date by Damage alone.
type seen struct{ picture *pixel.Bitmap }

// take takes a Shot and holds that nothing but its Damage has changed.
func (s *seen) take(t testing.TB, k *screen.Look) screen.Shot {
	t.Helper()
	shot, err := k.Take()
	if err != nil {
		t.Fatal(err)
	}
	if shot.Fresh || s.picture == nil {
		if !shot.Fresh || len(shot.Damage) != 1 || shot.Damage[0] != shot.Picture.Rect || shot.Picture.Rect.Min != (image.Point{}) {
			t.Fatalf("the first of its kind is fresh: %v, with damage %v of %v", shot.Fresh, shot.Damage, shot.Picture.Rect)
		}
		s.picture = pixel.New(shot.Picture.Rect)
	}
	for i, r := range shot.Damage {
		if r.Empty() || !r.In(shot.Picture.Rect) || slices.ContainsFunc(shot.Damage[:i], r.Overlaps) {
			t.Fatalf("damage is %v in %v", shot.Damage, shot.Picture.Rect)
		}
		s.picture.Copy(shot.Picture, r)
	}
	for y := range s.picture.Rect.Max.Y {
		if got, want := shot.Picture.Row(y, 0, s.picture.Rect.Max.X), s.picture.Row(y, 0, s.picture.Rect.Max.X); !slices.Equal(got, want) {
			t.Fatalf("row %d has changed beside what is told: %v", y, shot.Damage)
		}
	}
	return shot
}

// shows says whether a Shot has p where it stands on the desktop.
func shows(shot screen.Shot, p *image.RGBA, part image.Rectangle) bool {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if shot.Picture.At(x-shot.Origin.X, y-shot.Origin.Y) != color.Color(p.RGBAAt(x, y)) {
				return false
			}
		}
	}
	return true
}

// until takes Shots, each when it is told, until one is as it should be.
func (s *seen) until(t testing.TB, k *screen.Look, is func(screen.Shot) bool) screen.Shot {
	t.Helper()
	late := time.After(patienceTime)
	for {
		select {
		case <-k.Changed():
		case <-late:
			t.Fatal("it is not shown")
		}
		if shot := s.take(t, k); is(shot) {
			return shot
		}
	}
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

func looksApart(t *testing.T, f Fixture) {
	if f.SetMonitors == nil {
		t.Skip("this system has one monitor")
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

// unlike counts the pixels that are not v.
func unlike(p *pixel.Bitmap, v uint32) (n int) {
	for y := range p.Rect.Dy() {
		for _, got := range p.Row(y, 0, p.Rect.Dx()) {
			if got != v {
				n++
			}
		}
	}
	return n
}

func looksAppears(t *testing.T, f Fixture) {
	if f.SetMonitors == nil {
		t.Skip("this system has one monitor")
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
		t.Skip("this system has one monitor")
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

// Fill is a picture of one colour.
func Fill(r image.Rectangle, c color.RGBA) *image.RGBA {
	p := image.NewRGBA(r)
	for i := 0; i < len(p.Pix); i += 4 {
		p.Pix[i], p.Pix[i+1], p.Pix[i+2], p.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return p
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
