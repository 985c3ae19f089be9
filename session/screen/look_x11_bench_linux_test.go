package screen_test

import (
	"fmt"
	"image"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/x11/x11test"
)

// looking looks at all of a display.
func looking(t testing.TB, source screen.Source, hide ...screen.Hidden) (*screen.Limited, *screen.Look) {
	t.Helper()
	l := screen.Limit(source, hide)
	l.Choose(screen.Scope{All: true})
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

// BenchmarkX11Look is reading what has changed, beside copying as many pixels,
// which is what it cannot be below.
func BenchmarkX11Look(b *testing.B) {
	for _, c := range []struct {
		name, geometry string
		part           image.Rectangle
		monitors       int
	}{
		{"cursor", "1920x1080x24", image.Rectangle{}, 1},
		{"two letters", "1920x1080x24", image.Rect(500, 300, 520, 318), 1},
		{"400x300", "1920x1080x24", image.Rect(500, 300, 900, 600), 1},
		{"full HD", "1920x1080x24", image.Rect(0, 0, 1920, 1080), 1},
		{"4K", "3840x2160x24", image.Rect(0, 0, 3840, 2160), 1},
		{"four full HD monitors", "3840x2160x24", image.Rect(0, 0, 3840, 2160), 4},
	} {
		display := x11test.Start(b, c.geometry)
		source, err := screen.OpenX11(display)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { source.Close() })
		if c.monitors > 1 {
			newPainter(b, display).setMonitors(b, quarters(c.part)...)
		}
		for name, hide := range map[string][]screen.Hidden{"": nil, " with rules": {{Class: "keeper"}, {Title: "*bank*"}}} {
			_, k := looking(b, source, hide...)
			if _, err := k.Take(); err != nil {
				b.Fatal(err)
			}
			b.Run(c.name+name, func(b *testing.B) {
				b.SetBytes(int64(4 * c.part.Dx() * c.part.Dy()))
				for b.Loop() {
					k.Forget(c.part)
					if _, err := k.Take(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		from, to := pixel.New(c.part), pixel.New(c.part)
		b.Run(c.name+", copy", func(b *testing.B) {
			b.SetBytes(int64(4 * c.part.Dx() * c.part.Dy()))
			for b.Loop() {
				to.Copy(from, c.part)
			}
		})
	}
}

// quarters are four monitors.
func quarters(desktop image.Rectangle) (all []screen.Monitor) {
	size := desktop.Size().Div(2)
	for i := range 4 {
		at := image.Pt(i%2*size.X, i/2*size.Y)
		all = append(all, screen.Monitor{Name: fmt.Sprintf("M-%d", i+1), Bounds: image.Rectangle{Max: size}.Add(at), Primary: i == 0, Scale: 1})
	}
	return all
}

// BenchmarkX11Idle is what a look costs for a second in which nothing happens,
// and one in which the pointer moves all the time; a core's second is 1e9 ns.
func BenchmarkX11Idle(b *testing.B) {
	for _, moves := range []bool{false, true} {
		b.Run(fmt.Sprintf("pointer moves %v", moves), func(b *testing.B) {
			display := x11test.Start(b, "1920x1080x24")
			source, err := screen.OpenX11(display)
			if err != nil {
				b.Fatal(err)
			}
			defer source.Close()
			_, k := looking(b, source, screen.Hidden{Class: "keeper"})
			stop, done := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(done)
				for {
					select {
					case <-k.Changed():
						if _, err := k.Take(); err != nil {
							b.Error(err)
							return
						}
					case <-stop:
						return
					}
				}
			}()
			p := newPainter(b, display)
			for i := 0; b.Loop(); i++ {
				before := used(b)
				if moves {
					for j := range 125 { // as a mouse tells
						p.point(b, image.Pt(100+j, 200+i%50))
						<-time.After(8 * time.Millisecond)
					}
				} else {
					<-time.After(time.Second)
				}
				b.ReportMetric(float64(used(b)-before)/1e7, "%-of-a-core")
			}
			close(stop)
			<-done
		})
	}
}

// used is the processor time that this process has taken.
func used(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
