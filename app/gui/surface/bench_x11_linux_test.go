//go:build !headless

package surface

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/x11"
	"github.com/beistand/beistand/session/x11/x11test"
)

var (
	full  = image.Rect(0, 0, 1920, 1080)
	less  = image.Rect(0, 0, 1440, 810)
	ultra = image.Rect(0, 0, 3840, 2160)
	small = image.Rect(700, 500, 1100, 800)
	typed = image.Rect(700, 500, 860, 520)
)

// onDisplay opens a window on a display of its own; the root is its parent.
func onDisplay(tb testing.TB, screen string, options ...string) *window {
	tb.Helper()
	name := x11test.Start(tb, screen, options...)
	conn, err := x11.Connect(name)
	if err != nil {
		tb.Fatal(err)
	}
	root := xproto.Setup(conn).DefaultScreen(conn).Root
	w, err := openWindow(name, root)
	conn.Close()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(w.close)
	return w
}

// noise is a picture that no scaler has an easy time with.
func noise(r image.Rectangle) *pixel.Bitmap {
	p := pixel.New(r)
	for i := range p.Pix {
		p.Pix[i] = uint32(i*2654435761) >> 8
	}
	return p
}

// BenchmarkDisplay shows a part of a picture that has changed, from Update's
// copy to the server's answer: scaled by the server, or here.
func BenchmarkDisplay(b *testing.B) {
	for _, c := range []struct {
		name    string
		picture image.Rectangle
		in      image.Rectangle
		change  image.Rectangle
		here    bool
	}{
		{"1080p whole", full, full, full, false},
		{"1080p 400x300", full, full, small, false},
		{"1080p 160x20", full, full, typed, false},
		{"1080p whole at 1440x810", full, less, full, false},
		{"1080p 400x300 at 1440x810", full, less, small, false},
		{"1080p 160x20 at 1440x810", full, less, typed, false},
		{"1080p whole at 1440x810 here", full, less, full, true},
		{"1080p 400x300 at 1440x810 here", full, less, small, true},
		{"1080p 160x20 at 1440x810 here", full, less, typed, true},
		{"1080p whole at 3840x2160", full, ultra, full, false},
		{"1080p whole at 3840x2160 here", full, ultra, full, true},
		{"4K whole", ultra, ultra, ultra, false},
		{"4K 400x300", ultra, ultra, small, false},
		{"4K whole at 1920x1080", ultra, full, ultra, false},
		{"4K 400x300 at 1920x1080", ultra, full, small, false},
		{"4K whole at 1920x1080 here", ultra, full, ultra, true},
		{"4K whole at 1440x810", ultra, less, ultra, false},
		{"4K 400x300 at 1440x810", ultra, less, small, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			w := onDisplay(b, "3840x2160x24")
			if c.here {
				w.glass = nil
			}
			s := New(func(func()) {})
			s.move(w)
			s.room.size, s.hidden = c.in.Max, false
			p := noise(c.picture)
			s.Update(p, nil)
			if err := s.turn(w); err != nil {
				b.Fatal(err)
			}
			change := []image.Rectangle{c.change}
			b.ResetTimer()
			for b.Loop() {
				s.Update(p, change)
				if err := s.turn(w); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			w.free(s.move(nil))
		})
	}
}
