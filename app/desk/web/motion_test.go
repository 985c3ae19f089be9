//go:build cgo && linux && !headless

package web_test

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec"
)

// film is a picture of a film: soft, grainy shapes that are somewhere else in each step.
func film(r image.Rectangle, step int) *image.RGBA {
	p := image.NewRGBA(r)
	grain := rand.New(rand.NewPCG(uint64(step), 1))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			a, b, c := float64(x+5*step)/23, float64(y-3*step)/17, float64(x+y+7*step)/31
			g := float64(grain.IntN(24))
			p.SetRGBA(x, y, color.RGBA{
				uint8(g + 118 + 90*math.Sin(a)*math.Cos(b)), uint8(g + 118 + 90*math.Sin(b+c)), uint8(g + 118 + 90*math.Cos(a-c)), 0xff,
			})
		}
	}
	return p
}

// TestMotion has a film run on the screen: it comes as video while it runs, and
// without loss when it rests.
func TestMotion(t *testing.T) {
	if len(codec.Encoders()) == 0 {
		t.Fatal("this build has no video: it needs C and libvpx")
	}
	h := open(t)
	bounds, where := image.Rect(0, 0, 640, 400), image.Rect(96, 80, 416, 320)
	still := desktop(bounds, 0)
	h.screen.Paint(still)
	b := h.supporter("en")
	b.ask()
	r := h.host()
	b.typeCode(r.Code())
	b.sees(still)
	eval[bool](b, `(() => {
		window.painted = 0;
		const draw = CanvasRenderingContext2D.prototype.drawImage;
		CanvasRenderingContext2D.prototype.drawImage = function (...args) { window.painted++; return draw.apply(this, args); };
		return true;
	})()`)
	tick := time.NewTicker(time.Second / 25)
	defer tick.Stop()
	step, end := 0, time.After(25*time.Second)
	for ; step%10 != 0 || eval[int](b, `painted`) < 30; step++ {
		select {
		case <-tick.C:
			h.screen.Paint(film(where, step))
		case <-end:
			t.Fatalf("after %d pictures of a film none has come as video", step)
		}
	}
	t.Logf("%d pictures of video were painted in %d of the film", eval[int](b, `painted`), step)
	b.shot("11-motion")
	last := film(where, step)
	h.screen.Paint(last)
	want := still
	for y := where.Min.Y; y < where.Max.Y; y++ {
		for x := where.Min.X; x < where.Max.X; x++ {
			want.SetRGBA(x, y, last.RGBAAt(x, y))
		}
	}
	b.sees(want)
	r.stop()
	if err := r.end(t); err != nil {
		t.Error(err)
	}
}
