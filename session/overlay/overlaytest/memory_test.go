package overlaytest

import (
	"image"
	"slices"
	"testing"

	"github.com/beistand/beistand/session/overlay"
)

func TestMemory(t *testing.T) {
	Suite(t, func(t *testing.T) Fixture {
		m := New()
		return Fixture{
			Overlay: m, Monitor: "MEMORY-1", Window: 7, Move: func(testing.TB) {},
			Framed: func(_ testing.TB, a overlay.Area) bool { return slices.Contains(m.Areas(), a) },
			Marked: func(_ testing.TB, at image.Point) bool {
				is, _, shown := m.Marked()
				return shown && is == at
			},
			Take:  func(_ testing.TB, key string) { m.taken = append(m.taken, key) },
			Press: func(_ testing.TB, key string) { m.Press(key) },
		}
	})
}
