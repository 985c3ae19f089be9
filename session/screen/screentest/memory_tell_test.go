package screentest

import (
	"image"
	"testing"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
)

// memory is a screen in memory for the suites.
func memory(t *testing.T) TellFixture {
	desktop := image.Rect(0, 0, 320, 240)
	m := New(screen.Monitor{Name: "MEMORY-1", Bounds: desktop, Primary: true})
	t.Cleanup(func() { m.Close() })
	var at image.Point
	return TellFixture{
		Fixture: Fixture{
			Source: m, Desktop: desktop, Paint: func(_ testing.TB, p *image.RGBA) { m.Paint(p) },
			SetMonitors: func(_ testing.TB, ms ...screen.Monitor) { m.SetMonitors(ms...) },
		},
		Point: func(_ testing.TB, to image.Point) {
			at = to
			m.Point(at, nil)
		},
		Shape: func(_ testing.TB, size, hot image.Point, argb uint32) {
			if argb == 0 {
				m.Point(at, nil)
				return
			}
			s := &pixel.Shape{Size: size, Hot: hot, Pix: make([]uint32, size.X*size.Y)}
			for i := range s.Pix {
				s.Pix[i] = argb
			}
			m.Point(at, s)
		},
	}
}

func TestMemoryTells(t *testing.T) { TellSuite(t, memory) }

func TestMemoryLook(t *testing.T) {
	LookSuite(t, func(t *testing.T) Fixture { return memory(t).Fixture })
}

// TestMemoryPolled looks at a source that does not tell what changes.
func TestMemoryPolled(t *testing.T) {
	LookSuite(t, func(t *testing.T) Fixture {
		f := memory(t).Fixture
		f.Source = struct{ screen.Source }{f.Source}
		return f
	})
}
