package film

import (
	"image"
	"math"
	"math/rand/v2"
	"time"
)

// video plays an 800x600 film at 30 fps on a page of text. Each picture is the
// mean of two photo-like textures that pan in different directions, so no
// single motion vector explains it.
type video struct {
	editor
	a, b *Frame
}

const filmW, filmH = 800, 600

func filmArea(w, h int) image.Rectangle {
	return image.Rect((w-filmW)/2, (h-filmH)/2, (w+filmW)/2, (h+filmH)/2)
}

func (s *video) Period() time.Duration { return time.Second / 30 }

func (s *video) Step(f *Frame, i int) []image.Rectangle {
	const margin = 200
	var all []image.Rectangle
	if i == 0 {
		all = s.desk(f, 400)
		s.a = texture(filmW+2*margin, filmH+2*margin, 7)
		s.b = texture(filmW+2*margin, filmH+2*margin, 8)
	}
	t := float64(i) / 30
	pan := func(fx, fy float64) (x, y int) {
		return int(margin * (1 + math.Sin(t*fx))), int(margin * (1 + math.Cos(t*fy)))
	}
	ax, ay := pan(0.9, 0.7)
	bx, by := pan(-0.6, 1.3)
	at := filmArea(f.W, f.H)
	for y := range filmH {
		ra, rb := s.a.row(ay+y, ax, ax+filmW), s.b.row(by+y, bx, bx+filmW)
		out := f.row(at.Min.Y+y, at.Min.X, at.Max.X)
		for x := range out {
			out[x] = ra[x]>>1&0x7f7f7f + rb[x]>>1&0x7f7f7f
		}
	}
	return append(all, at)
}

// texture makes a photo-like picture: soft colour clouds of several sizes and
// a little grain.
func texture(w, h int, seed uint64) *Frame {
	rng := rand.New(rand.NewPCG(seed, seed))
	var acc [3][]float64
	for c := range acc {
		acc[c] = make([]float64, w*h)
		for size, gain := 256, 1.0; size >= 4; size, gain = size/2, gain*0.55 {
			gw := w/size + 2
			grid := make([]float64, gw*(h/size+2))
			for i := range grid {
				grid[i] = rng.Float64() - 0.5
			}
			clouds(acc[c], w, size, grid, gw, gain)
		}
	}
	f := NewFrame(w, h)
	for i := range f.Pix {
		grain := 8 * (rng.Float64() - 0.5)
		for c := range acc {
			v := 128 + 160*acc[c][i] + grain
			f.Pix[i] |= uint32(min(255, max(0, v))) << (8 * c)
		}
	}
	return f
}

// clouds adds a grid's values, drawn out to cells of so many pixels.
func clouds(acc []float64, w, size int, grid []float64, gw int, gain float64) {
	for i := range acc {
		x, y := i%w, i/w
		gy, fy := y/size, float64(y%size)/float64(size)
		gx, fx := x/size, float64(x%size)/float64(size)
		g := grid[gy*gw+gx:]
		top := g[0] + (g[1]-g[0])*fx
		low := g[gw] + (g[gw+1]-g[gw])*fx
		acc[i] += gain * (top + (low-top)*fy)
	}
}
