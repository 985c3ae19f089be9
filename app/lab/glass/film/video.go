package film

import (
	"image"
	"math"
	"math/rand/v2"
	"sync"
	"time"
)

// video plays an 800x600 film at 30 fps on a page of text. Each picture is the
// mean of two photo-like textures that pan in different directions, so no
// single motion vector explains it.
type video struct {
	editor
	a, b *Frame
}

const filmW, filmH, margin = 800, 600, 200

// clouded are the textures, drawn once a process.
var clouded = [2]func() *Frame{
	sync.OnceValue(func() *Frame { return texture(filmW+2*margin, filmH+2*margin, 7) }),
	sync.OnceValue(func() *Frame { return texture(filmW+2*margin, filmH+2*margin, 8) }),
}

func filmArea(w, h int) image.Rectangle {
	return image.Rect((w-filmW)/2, (h-filmH)/2, (w+filmW)/2, (h+filmH)/2)
}

func (s *video) Period() time.Duration { return time.Second / 30 }

func (s *video) Step(f *Frame, i int) []image.Rectangle {
	var all []image.Rectangle
	if i == 0 {
		all = s.desk(f, 400)
		s.a, s.b = clouded[0](), clouded[1]()
	}
	t := float64(i) / 30
	pan := func(fx, fy float64) (x, y int) {
		return int(margin * (1 + math.Sin(t*fx))), int(margin * (1 + math.Cos(t*fy)))
	}
	ax, ay := pan(0.9, 0.7)
	bx, by := pan(-0.6, 1.3)
	at := filmArea(f.W, f.H)
	for y := range filmH { // nothing of the frame before is left: frames can be drawn in any order
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
	for y := range len(acc) / w {
		row := acc[y*w : (y+1)*w]
		upper, lower := grid[y/size*gw:][:gw], grid[(y/size+1)*gw:][:gw]
		fy := float64(y%size) / float64(size)
		for gx := range gw - 1 {
			a, b, c, d := upper[gx], upper[gx+1], lower[gx], lower[gx+1]
			for i := range row[min(gx*size, w):min((gx+1)*size, w)] {
				fx := float64(i) / float64(size)
				top := a + (b-a)*fx
				low := c + (d-c)*fx
				row[gx*size+i] += gain * (top + (low-top)*fy)
			}
		}
	}
}
