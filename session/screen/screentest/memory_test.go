package screentest

import (
	"image"
	"testing"

	"github.com/beistand/beistand/session/screen"
)

func TestMemory(t *testing.T) {
	Suite(t, func(t *testing.T) Fixture {
		desktop := image.Rect(0, 0, 320, 240)
		m := New(screen.Monitor{Name: "MEMORY-1", Bounds: desktop, Primary: true})
		t.Cleanup(func() { m.Close() })
		return Fixture{
			Source:      m,
			Desktop:     desktop,
			Paint:       func(_ testing.TB, p *image.RGBA) { m.Paint(p) },
			SetMonitors: func(_ testing.TB, ms ...screen.Monitor) { m.SetMonitors(ms...) },
		}
	})
}
