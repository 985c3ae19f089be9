// Package codectest is pictures that move for tests of video, with the suite that every pair of encoder and decoder passes.
package codectest

import (
	"image"
	"math"
	"math/rand/v2"
	"sync"

	"github.com/beistand/beistand/session/pixel"
)

// Film is a picture that moves as a film does: the mean of two photo-like
// textures that pan in different directions, so that no single vector explains
// it. It repeats exactly.
type Film struct {
	size image.Point
	a, b *pixel.Bitmap
}

// margin is how far the textures pan to each side.
const margin = 200

// shared are the textures of all that is not larger; making them takes time.
const sharedWidth, sharedHeight = 640, 360

var shared = sync.OnceValue(func() [2]*pixel.Bitmap { return textures(sharedWidth, sharedHeight) })

// NewFilm makes one.
func NewFilm(size image.Point) *Film {
	t := shared
	if size.X > sharedWidth || size.Y > sharedHeight {
		t = func() [2]*pixel.Bitmap { return textures(size.X, size.Y) }
	}
	both := t()
	return &Film{size, both[0], both[1]}
}

func textures(w, h int) [2]*pixel.Bitmap {
	return [2]*pixel.Bitmap{texture(w+2*margin, h+2*margin, 7), texture(w+2*margin, h+2*margin, 8)}
}

// Frame draws frame i of 30 a second into all of dst, which has the film's size.
func (f *Film) Frame(dst *pixel.Bitmap, i int) {
	t := float64(i) / 30
	pan := func(fx, fy float64) (x, y int) {
		return int(margin * (1 + math.Sin(t*fx))), int(margin * (1 + math.Cos(t*fy)))
	}
	ax, ay := pan(0.9, 0.7)
	bx, by := pan(-0.6, 1.3)
	for y := range f.size.Y {
		ra, rb := f.a.Row(ay+y, ax, ax+f.size.X), f.b.Row(by+y, bx, bx+f.size.X)
		for x, out := 0, dst.Row(dst.Rect.Min.Y+y, dst.Rect.Min.X, dst.Rect.Max.X); x < len(out); x++ {
			out[x] = ra[x]>>1&0x7f7f7f + rb[x]>>1&0x7f7f7f
		}
	}
}

// texture is soft clouds of several sizes in colour with a little grain.
func texture(w, h int, seed uint64) *pixel.Bitmap {
	rng := rand.New(rand.NewPCG(seed, seed))
	out := pixel.New(image.Rect(0, 0, w, h))
	sum := make([]float32, w*h)
	for shift := 0; shift < 24; shift += 8 {
		clear(sum)
		gain := float32(160)
		for cell := 256; cell >= 4; cell /= 2 {
			cloud(sum, w, h, cell, gain, rng)
			gain *= 0.55
		}
		for i, v := range sum {
			v += 128 + 8*(rng.Float32()-0.5)
			out.Pix[i] |= uint32(min(255, max(0, v))) << shift
		}
	}
	return out
}

// cloud adds noise of one size, smooth between its cells.
func cloud(sum []float32, w, h, cell int, gain float32, rng *rand.Rand) {
	gw := w/cell + 2
	grid := make([]float32, gw*(h/cell+2))
	for i := range grid {
		grid[i] = gain * (rng.Float32() - 0.5)
	}
	for y := range h {
		g, fy := grid[y/cell*gw:], float32(y%cell)/float32(cell)
		for x := range w {
			c, fx := g[x/cell:], float32(x%cell)/float32(cell)
			top := c[0] + (c[1]-c[0])*fx
			low := c[gw] + (c[gw+1]-c[gw])*fx
			sum[y*w+x] += top + (low-top)*fy
		}
	}
}
