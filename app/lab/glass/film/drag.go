package film

import (
	"image"
	"math"
	"time"
)

// drag moves a window along a curve over a page of text.
type drag struct {
	editor
	under, window *Frame
	at            image.Point
}

func (s *drag) Period() time.Duration { return time.Second / 30 }

func (s *drag) Step(f *Frame, i int) []image.Rectangle {
	const w, h = 720, 480
	var all []image.Rectangle
	old := image.Rectangle{Min: s.at, Max: s.at.Add(image.Pt(w, h))}
	if i == 0 {
		all = s.desk(f, 200)
		s.under = f.Crop(f.Bounds())
		s.window = NewFrame(w, h)
		s.window.fill(s.window.Bounds(), 0x3465a4)
		s.t.page(s.window, image.Rect(3, 28, w-3, h-3), 300, dark)
	} else {
		blit(f, s.under, old, old.Min)
	}
	// About 700 px/s: a brisk drag by hand.
	a := float64(i) / 30
	room := content(f)
	s.at = image.Pt(
		room.Min.X+int(float64(room.Dx()-w)*(0.5+0.5*math.Sin(a*1.1))),
		room.Min.Y+int(float64(room.Dy()-h)*(0.5+0.5*math.Sin(a*1.7+1))))
	at := image.Rectangle{Min: s.at, Max: s.at.Add(image.Pt(w, h))}
	blit(f, s.window, s.window.Bounds(), s.at)
	if i == 0 {
		return all
	}
	return []image.Rectangle{old.Union(at)}
}
