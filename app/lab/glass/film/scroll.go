package film

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"time"
)

// scroll is a terminal printing three log lines each 33 ms.
type scroll struct {
	editor
	rng *rand.Rand
	n   int
}

func (s *scroll) Period() time.Duration { return 33 * time.Millisecond }

func (s *scroll) logLine() string {
	levels := []string{"INFO ", "INFO ", "INFO ", "DEBUG", "WARN ", "ERROR"}
	paths := []string{"/api/v1/devices", "/api/v1/sessions/open", "/static/app.js", "/healthz", "/api/v1/users/me"}
	r := s.rng
	s.n++
	t := time.Duration(s.n) * 11 * time.Millisecond
	return fmt.Sprintf("2026-01-05 %02d:%02d:%06.3f %s http[%d]: GET %s/%08x from 10.%d.%d.%d:%d -> %d, %d bytes in %d.%02d ms; %s",
		9+int(t.Hours()), int(t.Minutes())%60, math.Mod(t.Seconds(), 60), levels[r.IntN(len(levels))], 1000+r.IntN(8),
		paths[r.IntN(len(paths))], r.Uint32(), r.IntN(256), r.IntN(256), r.IntN(256), 1024+r.IntN(60000),
		[]int{200, 200, 200, 304, 404, 500}[r.IntN(6)], r.IntN(100000), r.IntN(300), r.IntN(100), line(s.n))
}

func (s *scroll) Step(f *Frame, i int) []image.Rectangle {
	area, ch := content(f), s.t.ch
	area.Max.Y -= area.Dy() % ch
	print := func(y int) {
		text := s.logLine()
		f.fill(image.Rect(area.Min.X, y, area.Max.X, y+ch), s.th.bg)
		s.t.text(f, 8, y, text[:min(len(text), (f.W-16)/s.t.cw)], s.th)
	}
	if i == 0 {
		s.rng, s.n = rand.New(rand.NewPCG(1, 2)), 0
		f.fill(f.Bounds(), s.th.bar)
		for y := area.Min.Y; y < area.Max.Y; y += ch {
			print(y)
		}
		return []image.Rectangle{f.Bounds()}
	}
	copy(f.Pix[area.Min.Y*f.W:area.Max.Y*f.W], f.Pix[(area.Min.Y+3*ch)*f.W:area.Max.Y*f.W])
	for k := 3; k > 0; k-- {
		print(area.Max.Y - k*ch)
	}
	return []image.Rectangle{area}
}
