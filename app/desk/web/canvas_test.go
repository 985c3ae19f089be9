package web_test

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// desktop is a picture like a desktop's, another for each step.
func desktop(r image.Rectangle, step int) *image.RGBA {
	p := image.NewRGBA(r)
	draw.Draw(p, r, image.NewUniform(color.RGBA{0x20, 0x60, 0x70, 0xff}), image.Point{}, draw.Src)
	window := image.Rect(40, 30, r.Dx()-60, r.Dy()-50)
	draw.Draw(p, window, image.NewUniform(color.RGBA{0xf4, 0xf4, 0xf0, 0xff}), image.Point{}, draw.Src)
	draw.Draw(p, image.Rect(40, 30, r.Dx()-60, 52), image.NewUniform(color.RGBA{0x0b, 0x64, 0x63, 0xff}), image.Point{}, draw.Src)
	random := rand.New(rand.NewPCG(uint64(step), 9))
	for y := window.Min.Y + 30; y < window.Max.Y-14; y += 16 {
		for x := window.Min.X + 8; x < window.Max.X-14-random.IntN(200); x += 8 {
			letter := rand.New(rand.NewPCG(uint64(random.IntN(26)), 3))
			for i := range 60 {
				if letter.IntN(3) == 0 {
					p.SetRGBA(x+i%6, y+i/6, color.RGBA{0x20, 0x20, uint8(letter.IntN(80)), 0xff})
				}
			}
		}
	}
	photo := image.Rect(r.Dx()-200, r.Dy()-150, r.Dx()-80, r.Dy()-70)
	for y := photo.Min.Y; y < photo.Max.Y; y++ {
		for x := photo.Min.X; x < photo.Max.X; x++ {
			p.SetRGBA(x, y, color.RGBA{uint8(x*3 + step), uint8(y * 5), uint8(x + y + random.IntN(8)), 0xff})
		}
	}
	return p
}

// sees waits until the page's canvas has a picture's pixels.
func (b *browser) sees(p *image.RGBA) {
	b.t.Helper()
	want := sum(p.Pix)
	script := `(async () => {
		const c = document.querySelector("#picture");
		const data = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
		return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", data)), (v) => v.toString(16).padStart(2, "0")).join("");
	})()`
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(20 * time.Second); eval[string](b, script) != want; {
		select {
		case <-tick.C:
		case <-end:
			b.shot("unequal")
			b.t.Fatal("the canvas does not show the screen")
		}
	}
}

// TestCanvas proves that the browser shows the screen without loss: after each
// change the canvas has the screen's pixels.
func TestCanvas(t *testing.T) {
	h := open(t)
	bounds := image.Rect(0, 0, 640, 400)
	h.screen.Paint(desktop(bounds, 0))
	b := h.supporter("de")
	b.ask()
	r := h.host()
	b.typeCode(r.Code())
	b.sees(desktop(bounds, 0))
	for step := range 8 {
		p := desktop(bounds, step)
		h.screen.Paint(p)
		b.sees(p)
	}
	b.shot("9-canvas")
	b.do(chromedp.Click("#zoom"))
	b.shot("10-actual")
	r.Pause()
	b.says("#veil", "Von der Kundenseite angehalten")
	h.screen.Paint(desktop(bounds, 20))
	if eval[bool](b, `(() => { const c = document.querySelector("#picture"); return c.getContext("2d").getImageData(0, 0, c.width, c.height).data.some((v, i) => i % 4 < 3 && v > 0); })()`) {
		t.Error("something is still to be seen while it is paused")
	}
	r.Resume()
	b.sees(desktop(bounds, 20))
	b.says("#standing", "direkte Verbindung")
	b.do(chromedp.Click("#stop"))
	b.says("#over-what", "Sie haben die Sitzung nach")
	if err := r.end(t); err != nil {
		t.Error(err)
	}
}
