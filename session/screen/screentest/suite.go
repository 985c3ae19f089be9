package screentest

import (
	"errors"
	"image"
	"image/color"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/session/screen"
)

// Fixture is a driver with a screen that a test can paint on.
type Fixture struct {
	Source      screen.Source
	Desktop     image.Rectangle                          // at least 300x200; the first monitor covers all of it
	Paint       func(t testing.TB, p *image.RGBA)        // where p's bounds say
	SetMonitors func(t testing.TB, ms ...screen.Monitor) // nil when this system has but one
}

// Pattern is a picture in which every pixel says where it is.
func Pattern(r image.Rectangle, seed byte) *image.RGBA {
	p := image.NewRGBA(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p.SetRGBA(x, y, color.RGBA{byte(x), byte(y), byte(x>>8<<4|y>>8) ^ seed, 0xff})
		}
	}
	return p
}

// Suite is what every driver must do; open gives a fresh fixture, and closes
// it with the test.
func Suite(t *testing.T, open func(t *testing.T) Fixture) {
	t.Run("reads every pixel", func(t *testing.T) { everyPixel(t, open(t)) })
	t.Run("writes only where asked", func(t *testing.T) { onlyThere(t, open(t)) })
	t.Run("lists monitors", func(t *testing.T) { monitors(t, open(t)) })
	t.Run("notices changes", func(t *testing.T) { changes(t, open(t)) })
	t.Run("serves several", func(t *testing.T) { several(t, open(t)) })
	t.Run("closes", func(t *testing.T) { closes(t, open(t)) })
}

func first(t *testing.T, s screen.Source) screen.Monitor {
	t.Helper()
	ms, err := s.Monitors()
	if err != nil || len(ms) == 0 {
		t.Fatalf("monitors: %v, %v", ms, err)
	}
	return ms[0]
}

// differ gives the first pixel of dst that is not p's at the same place of m.
func differ(p *image.RGBA, m screen.Monitor, dst *image.RGBA) (image.Point, bool) {
	for y := range m.Bounds.Dy() {
		for x := range m.Bounds.Dx() {
			want := p.RGBAAt(m.Bounds.Min.X+x, m.Bounds.Min.Y+y)
			if dst.RGBAAt(dst.Rect.Min.X+x, dst.Rect.Min.Y+y) != want {
				return image.Pt(x, y), true
			}
		}
	}
	return image.Point{}, false
}

func everyPixel(t *testing.T, f Fixture) {
	m := first(t, f.Source)
	if m.Bounds != f.Desktop {
		t.Fatalf("the first monitor is %v, want %v", m.Bounds, f.Desktop)
	}
	dst := image.NewRGBA(image.Rectangle{Max: m.Bounds.Size()})
	for seed := range byte(3) { // the newest picture each time
		p := Pattern(f.Desktop, seed)
		f.Paint(t, p)
		if err := f.Source.Grab(m, dst); err != nil {
			t.Fatal(err)
		}
		if at, differs := differ(p, m, dst); differs {
			t.Fatalf("pattern %d: pixel %v is %v, want %v", seed, at, dst.RGBAAt(at.X, at.Y), p.RGBAAt(at.X, at.Y))
		}
	}
}

func onlyThere(t *testing.T, f Fixture) {
	m := first(t, f.Source)
	p := Pattern(f.Desktop, 7)
	f.Paint(t, p)
	size := m.Bounds.Size()
	large := image.NewRGBA(image.Rectangle{Max: size.Add(image.Pt(20, 10))})
	inner := image.Rectangle{Min: image.Pt(11, 4), Max: size.Add(image.Pt(11, 4))}
	if err := f.Source.Grab(m, large.SubImage(inner).(*image.RGBA)); err != nil {
		t.Fatal(err)
	}
	if at, differs := differ(p, m, large.SubImage(inner).(*image.RGBA)); differs {
		t.Errorf("pixel %v differs", at)
	}
	for y := range large.Rect.Max.Y {
		for x := range large.Rect.Max.X {
			if !image.Pt(x, y).In(inner) && large.RGBAAt(x, y) != (color.RGBA{}) {
				t.Fatalf("pixel (%d,%d) outside was written", x, y)
			}
		}
	}
	for _, wrong := range []image.Point{{}, size.Sub(image.Pt(1, 0)), size.Add(image.Pt(0, 1))} {
		if err := f.Source.Grab(m, image.NewRGBA(image.Rectangle{Max: wrong})); !errors.Is(err, screen.ErrChanged) {
			t.Errorf("a picture of %v for a monitor of %v: %v, want %v", wrong, size, err, screen.ErrChanged)
		}
	}
}

// halves are two monitors side by side, the right one lower.
func halves(desktop image.Rectangle) []screen.Monitor {
	left := image.Rect(0, 0, desktop.Dx()/2, desktop.Dy()-20)
	right := image.Rect(desktop.Dx()/2, 20, desktop.Dx(), desktop.Dy())
	return []screen.Monitor{{Name: "LEFT-1", Bounds: left, Primary: true, Scale: 1}, {Name: "RIGHT-2", Bounds: right, Scale: 1}}
}

func monitors(t *testing.T, f Fixture) {
	if f.SetMonitors == nil {
		if m := first(t, f.Source); m.Name == "" || !m.Primary {
			t.Errorf("the only monitor is %+v", m)
		}
		return
	}
	want := halves(f.Desktop)
	f.SetMonitors(t, want[1], want[0])
	got, err := f.Source.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	p := Pattern(f.Desktop, 9)
	f.Paint(t, p)
	for _, m := range got {
		dst := image.NewRGBA(m.Bounds)
		if err := f.Source.Grab(m, dst); err != nil {
			t.Fatal(err)
		}
		if at, differs := differ(p, m, dst); differs {
			t.Errorf("monitor %s: pixel %v differs", m.Name, at)
		}
	}
}

func changes(t *testing.T, f Fixture) {
	m := first(t, f.Source)
	dst := image.NewRGBA(m.Bounds)
	gone := m
	gone.Name = "gone"
	if err := f.Source.Grab(gone, dst); !errors.Is(err, screen.ErrChanged) {
		t.Errorf("a monitor that is not there: %v, want %v", err, screen.ErrChanged)
	}
	if f.SetMonitors == nil {
		return
	}
	f.SetMonitors(t, halves(f.Desktop)...)
	if err := f.Source.Grab(m, dst); !errors.Is(err, screen.ErrChanged) {
		t.Errorf("a monitor that has changed: %v, want %v", err, screen.ErrChanged)
	}
	m = first(t, f.Source)
	if err := f.Source.Grab(m, image.NewRGBA(m.Bounds)); err != nil {
		t.Errorf("after the change: %v", err)
	}
}

func several(t *testing.T, f Fixture) {
	m := first(t, f.Source)
	p := Pattern(f.Desktop, 3)
	f.Paint(t, p)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			dst := image.NewRGBA(m.Bounds)
			for range 3 {
				if err := f.Source.Grab(m, dst); err != nil {
					t.Error(err)
				} else if at, differs := differ(p, m, dst); differs {
					t.Errorf("pixel %v differs", at)
				}
			}
		})
	}
	wg.Wait()
}

func closes(t *testing.T, f Fixture) {
	m := first(t, f.Source)
	for range 2 {
		if err := f.Source.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	if _, err := f.Source.Monitors(); !errors.Is(err, screen.ErrClosed) {
		t.Errorf("monitors: %v, want %v", err, screen.ErrClosed)
	}
	if err := f.Source.Grab(m, image.NewRGBA(m.Bounds)); !errors.Is(err, screen.ErrClosed) {
		t.Errorf("grab: %v, want %v", err, screen.ErrClosed)
	}
}
