package screen_test

import (
	"fmt"
	"image"
	"testing"

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
