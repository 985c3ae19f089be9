package session

import (
	"context"
	"errors"
	"image"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/wire"
)

// However the two programs agree to carry the picture, the supporter sees what
// the screen shows, pixel for pixel, and what it is after each change.
func TestWaysOfThePicture(t *testing.T) {
	for name, able := range map[string]wire.Able{
		"datagrams":                      wire.Zstd | wire.Datagrams,
		"the data channel":               wire.Zstd,
		"the data channel, as a browser": wire.Deflate,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t)
			p.viewer.able = able
			area := image.Rect(0, 0, 640, 400)
			p.screen.SetMonitors(screen.Monitor{Name: "MEMORY-1", Bounds: area, Primary: true})
			p.start()
			for n := range byte(8) {
				want := screentest.Pattern(area, n)
				p.screen.Paint(want)
				p.sees(want)
			}
			noise := incompressible(area)
			p.screen.Paint(noise)
			p.sees(noise)
			if f := p.v.Figures(); f.Datagrams != (able&wire.Datagrams != 0) || f.Received == 0 {
				t.Errorf("the figures are %+v", f)
			}
			p.stopHost()
			h, v := p.ends()
			h.check(t, "host", nil, ByCustomer)
			v.check(t, "viewer", nil, ByCustomer)
		})
	}
}

// clouds is a soft picture that goes on moving, as a film does.
func clouds(r image.Rectangle, n int) *image.RGBA {
	p := image.NewRGBA(r)
	grain := rand.New(rand.NewPCG(uint64(n), 1))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			a := math.Sin(float64(x+3*n)/17) + math.Sin(float64(y-2*n)/23) + math.Sin(float64(x+y+5*n)/31)
			v := byte(128 + 30*a)
			at := p.PixOffset(x, y)
			p.Pix[at], p.Pix[at+1], p.Pix[at+2], p.Pix[at+3] = v+byte(grain.IntN(6)), 255-v, v/2+byte(grain.IntN(6)), 0xff
		}
	}
	return p
}

// films plays clouds in r until ctx ends.
func films(ctx context.Context, s *screentest.Memory, r image.Rectangle) {
	tick := time.NewTicker(time.Second / 30)
	defer tick.Stop()
	for n := 0; ; n++ {
		s.Paint(clouds(r, n))
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// A film in a window comes as video, what stands beside it stays as it is, and
// when the film rests the supporter sees it pixel for pixel.
func TestFilm(t *testing.T) {
	if len(codec.Encoders()) == 0 {
		t.Fatal("this build has no video")
	}
	p := newPair(t)
	area, film := image.Rect(0, 0, 640, 400), image.Rect(160, 80, 480, 320)
	p.screen.SetMonitors(screen.Monitor{Name: "MEMORY-1", Bounds: area, Primary: true})
	p.screen.Paint(screentest.Pattern(area, 3))
	p.start()
	p.sees(screentest.Pattern(area, 3))
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() { defer close(over); films(ctx, p.screen, film) }()
	moves := func() bool { return p.v.Figures().Motion != "" }
	p.until("the film to come as video", moves)
	p.mu.Lock()
	updates := p.updates
	p.mu.Unlock()
	p.until("pictures of it", func() bool { return p.updates > updates+20 })
	p.mu.Lock()
	beside := screentest.Pattern(area, 3)
	for _, at := range []image.Point{{5, 5}, {635, 395}, {20, 200}} {
		if p.shown.RGBAAt(at.X, at.Y) != beside.RGBAAt(at.X, at.Y) {
			t.Errorf("beside the film, at %v, is %v", at, p.shown.RGBAAt(at.X, at.Y))
		}
	}
	p.mu.Unlock()
	cancel()
	<-over
	want := screentest.Pattern(area, 3)
	last := clouds(film, 7)
	p.screen.Paint(last)
	for y := film.Min.Y; y < film.Max.Y; y++ {
		copy(want.Pix[want.PixOffset(film.Min.X, y):][:4*film.Dx()], last.Pix[last.PixOffset(film.Min.X, y):][:4*film.Dx()])
	}
	p.sees(want)
	if moves() {
		t.Error("it still moves")
	}
	p.stopViewer()
	h, v := p.ends()
	h.check(t, "host", nil, BySupporter)
	v.check(t, "viewer", nil, BySupporter)
}

// Who takes nothing but video is shown the whole screen as one; a stop ends it
// as any other picture.
func TestVideoOnly(t *testing.T) {
	p := newPair(t)
	p.viewer.VideoOnly = true
	area := image.Rect(0, 0, 640, 400)
	p.screen.SetMonitors(screen.Monitor{Name: "MEMORY-1", Bounds: area, Primary: true})
	p.start()
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() { defer close(over); films(ctx, p.screen, area) }()
	p.until("the screen as video", func() bool {
		return p.updates > 10 && p.shown.Rect == area && near(p.shown, clouds(area, 0)) > 8
	})
	p.h.Stop()
	h, v := p.ends()
	cancel()
	<-over
	h.check(t, "host", nil, ByCustomer)
	v.check(t, "viewer", nil, ByCustomer)
	if h.end.Started.IsZero() {
		t.Error("the record does not say when it began")
	}
}

// near is how alike two pictures are, as a signal to noise ratio in dB: any two
// clouds are by 8, a black picture or noise is not.
func near(a, b *image.RGBA) float64 {
	if a.Rect != b.Rect {
		return 0
	}
	var sum float64
	for i := range a.Pix {
		d := float64(a.Pix[i]) - float64(b.Pix[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255*float64(len(a.Pix))/max(sum, 1))
}

// A viewer that can take nothing of a screen is no viewer.
func TestTakesNothing(t *testing.T) {
	p := newPair(t)
	p.viewer.able = wire.Motion
	p.start()
	h, v := p.ends()
	h.check(t, "host", ErrTampered, ByNetwork)
	if !errors.Is(v.err, ErrTampered) {
		t.Errorf("the viewer ended with %v", v.err)
	}
}
