package inputtest

import (
	"image"
	"testing"
	"time"

	"github.com/beistand/beistand/session/input"
)

func TestMemory(t *testing.T) {
	Suite(t, func(t *testing.T) Fixture {
		desktop := image.Rect(0, 0, 640, 480)
		m := New(desktop)
		return Fixture{
			Input: m, Desktop: desktop, Pointer: func(testing.TB) image.Point { return m.Pointer() },
			Turned: func(testing.TB) image.Point { return m.Turned() }, Struck: func(testing.TB) []input.Key { return m.Struck() },
			Keys: func(testing.TB) []string { return m.Keys() }, Buttons: func(testing.TB) []uint8 { return m.Buttons() },
			Wait: time.Millisecond, Use: func(testing.TB) { m.Use(true) }, Rest: func() { m.Use(false) },
		}
	})
}
