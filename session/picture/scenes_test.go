package picture

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// scene draws a repeatable film: its picture i over its picture i-1, and says
// what it has drawn. Picture 0 is the whole screen.
type scene func(p *pixel.Bitmap, i int) []image.Rectangle

const barHeight = 32

func content(p *pixel.Bitmap) image.Rectangle {
	return image.Rect(0, barHeight, p.Rect.Max.X, p.Rect.Max.Y-barHeight)
}

// page is an editor in two columns, with numbered lines.
func page(p *pixel.Bitmap, f *typeface, first int, t theme) []image.Rectangle {
	p.Fill(p.Rect, t.bar)
	in := content(p)
	p.Fill(in, t.ground)
	gutter := t
	gutter.ink, gutter.number = t.comment, t.comment
	for column := range 2 {
		x, right := in.Min.X+8+column*in.Dx()/2, in.Min.X+(column+1)*in.Dx()/2-8
		for row := range in.Dy() / f.height {
			n := first + column*(in.Dy()/f.height) + row
			y := in.Min.Y + row*f.height
			f.line(p, f.line(p, x, y, right, fmt.Sprintf("%4d  ", n%1000), gutter), y, right, line(n), t)
		}
	}
	return []image.Rectangle{p.Rect}
}

// typing writes a character a picture, with a caret behind it.
func typing(t testing.TB) scene {
	f := newTypeface(t, true, 15)
	at, row, s := 0, 0, 20
	return func(p *pixel.Bitmap, i int) []image.Rectangle {
		w := f.wide['m']
		if i == 0 {
			all := page(p, f, 0, light)
			p.Fill(image.Rect(8, 400, 900, 400+8*f.height), light.ground)
			return all
		}
		for at >= len(line(s)) || at > 100 {
			p.Fill(image.Rect(8+at*w, 400+row*f.height, 10+at*w, 400+(row+1)*f.height), light.ground)
			at, s, row = 0, s+1, (row+1)%8
		}
		x, y := 8+at*w, 400+row*f.height
		cell := image.Rect(x, y, x+2*w, y+f.height)
		p.Fill(cell, light.ground)
		f.char(p, x, y, line(s)[at], light.ink, light.ground)
		p.Fill(image.Rect(x+w, y, x+w+2, y+f.height), light.ink)
		at++
		return []image.Rectangle{image.Rect(8, 400, 960, 400+8*f.height)}
	}
}

// scrolling is a terminal that prints three lines of a log a picture.
func scrolling(t testing.TB) scene {
	f := newTypeface(t, true, 15)
	rng, n := rand.New(rand.NewPCG(1, 2)), 0
	entry := func() string {
		n++
		return fmt.Sprintf("2026-01-05 09:%02d:%06.3f %s http[%d]: GET %s/%08x from 10.%d.%d.%d:%d -> %d, %d bytes in %d.%02d ms; %s",
			n/60%60, math.Mod(float64(n)*0.011, 60), []string{"INFO ", "INFO ", "DEBUG", "WARN "}[rng.IntN(4)], 1000+rng.IntN(8),
			[]string{"/api/v1/devices", "/api/v1/sessions/open", "/static/app.js", "/healthz"}[rng.IntN(4)], rng.Uint32(),
			rng.IntN(256), rng.IntN(256), rng.IntN(256), 1024+rng.IntN(60000), []int{200, 200, 304, 404}[rng.IntN(4)],
			rng.IntN(100000), rng.IntN(300), rng.IntN(100), line(n))
	}
	return func(p *pixel.Bitmap, i int) []image.Rectangle {
		in := content(p)
		in.Max.Y -= in.Dy() % f.height
		first := in.Max.Y - 3*f.height
		if i == 0 {
			p.Fill(p.Rect, dark.ground)
			first = in.Min.Y
		} else {
			move(p, image.Rect(in.Min.X, in.Min.Y, in.Max.X, first), image.Pt(0, 3*f.height))
		}
		for y := first; y < in.Max.Y; y += f.height {
			p.Fill(image.Rect(in.Min.X, y, in.Max.X, y+f.height), dark.ground)
			f.line(p, 8, y, in.Max.X-8, entry(), dark)
		}
		if i == 0 {
			return []image.Rectangle{p.Rect}
		}
		return []image.Rectangle{in}
	}
}

// dragging moves a window along a curve over a page, some 700 pixels a second.
func dragging(t testing.TB) scene {
	f := newTypeface(t, true, 15)
	var under, window *pixel.Bitmap
	size, at := image.Pt(720, 480), image.Point{}
	return func(p *pixel.Bitmap, i int) []image.Rectangle {
		if i == 0 {
			page(p, f, 200, light)
			under = copied(p)
			window = pixel.New(image.Rectangle{Max: size})
			page(window, f, 300, dark)
			window.Fill(image.Rect(0, 0, size.X, 28), 0x3465a4)
			for _, edge := range []image.Rectangle{{Max: image.Pt(3, size.Y)}, image.Rect(size.X-3, 0, size.X, size.Y), image.Rect(0, size.Y-3, size.X, size.Y)} {
				window.Fill(edge, 0x3465a4)
			}
		}
		old := image.Rectangle{at, at.Add(size)}
		p.Copy(under, old)
		in, a := content(p), float64(i)/30
		at = in.Min.Add(image.Pt(int(float64(in.Dx()-size.X)*(0.5+0.5*math.Sin(a*1.1))), int(float64(in.Dy()-size.Y)*(0.5+0.5*math.Sin(a*1.7+1)))))
		put(p, window, at)
		if i == 0 {
			return []image.Rectangle{p.Rect}
		}
		return []image.Rectangle{old.Union(image.Rectangle{at, at.Add(size)})}
	}
}

// put paints one picture on another.
func put(dst, src *pixel.Bitmap, at image.Point) {
	for y := range src.Rect.Dy() {
		copy(dst.Row(at.Y+y, at.X, at.X+src.Rect.Dx()), src.Row(y, 0, src.Rect.Dx()))
	}
}

// film plays 800 x 600 pixels on a page: two photographs that move across each
// other, so that no copy explains them.
func film(t testing.TB) scene {
	f := newTypeface(t, true, 15)
	const margin = 200
	size := image.Pt(800, 600)
	a, b := photograph(size.Add(image.Pt(2*margin, 2*margin)), 7), photograph(size.Add(image.Pt(2*margin, 2*margin)), 8)
	return func(p *pixel.Bitmap, i int) []image.Rectangle {
		if i == 0 {
			page(p, f, 400, light)
		}
		s := float64(i) / 30
		pan := func(x, y float64) image.Point {
			return image.Pt(int(margin*(1+math.Sin(s*x))), int(margin*(1+math.Cos(s*y))))
		}
		pa, pb := pan(0.9, 0.7), pan(-0.6, 1.3)
		at := image.Rectangle{Max: size}.Add(p.Rect.Max.Sub(size).Div(2))
		for y := range size.Y {
			ra, rb := a.Row(pa.Y+y, pa.X, pa.X+size.X), b.Row(pb.Y+y, pb.X, pb.X+size.X)
			row := p.Row(at.Min.Y+y, at.Min.X, at.Max.X)
			for x := range row {
				row[x] = ra[x]>>1&0x7f7f7f + rb[x]>>1&0x7f7f7f
			}
		}
		if i == 0 {
			return []image.Rectangle{p.Rect}
		}
		return []image.Rectangle{at}
	}
}

var photographs sync.Map

// photograph is soft clouds of several sizes and a little grain. It is not to
// be painted on.
func photograph(size image.Point, seed uint64) *pixel.Bitmap {
	type key struct {
		size image.Point
		seed uint64
	}
	if p, ok := photographs.Load(key{size, seed}); ok {
		return p.(*pixel.Bitmap)
	}
	rng := rand.New(rand.NewPCG(seed, seed))
	p := pixel.New(image.Rectangle{Max: size})
	sum := make([][3]float32, size.X*size.Y)
	for side, gain := 256, float32(160); side >= 4; side, gain = side/2, gain*0.55 {
		across := size.X/side + 2
		grid := make([][3]float32, across*(size.Y/side+2))
		for i := range grid {
			grid[i] = [3]float32{rng.Float32() - 0.5, rng.Float32() - 0.5, rng.Float32() - 0.5}
		}
		for y := range size.Y {
			fy := float32(y%side) / float32(side)
			for x := range size.X {
				fx := float32(x%side) / float32(side)
				g := grid[y/side*across+x/side:]
				for c := range 3 {
					top, low := g[0][c]+(g[1][c]-g[0][c])*fx, g[across][c]+(g[across+1][c]-g[across][c])*fx
					sum[y*size.X+x][c] += gain * (top + (low-top)*fy)
				}
			}
		}
	}
	for i := range p.Pix {
		grain := 8 * (rng.Float32() - 0.5)
		for c, v := range sum[i] {
			p.Pix[i] |= uint32(min(255, max(0, 128+v+grain))) << (8 * c)
		}
	}
	photographs.Store(key{size, seed}, p)
	return p
}

// turning shows another page each picture, in three sizes and two themes.
func turning(t testing.TB) scene {
	faces := []*typeface{newTypeface(t, true, 13), newTypeface(t, true, 15), newTypeface(t, true, 18)}
	return func(p *pixel.Bitmap, i int) []image.Rectangle {
		return page(p, faces[i%3], i*61, []theme{light, dark}[i%2])
	}
}

// desktop is what people work with: a photograph behind windows of proportional
// text, buttons and lists.
func desktop(t testing.TB) scene {
	f, head := newTypeface(t, false, 13), newTypeface(t, false, 20)
	var wallpaper *pixel.Bitmap
	return func(p *pixel.Bitmap, i int) []image.Rectangle {
		if wallpaper == nil || wallpaper.Rect != p.Rect {
			wallpaper = photograph(p.Rect.Max, 3)
		}
		p.Copy(wallpaper, p.Rect)
		for n := range 3 {
			w := image.Rect(80+n*560, 60+n*90, 80+n*560+700, 60+n*90+640)
			p.Fill(w, 0x707880)
			p.Fill(w.Inset(1), 0xf4f5f7)
			p.Fill(image.Rect(w.Min.X+1, w.Min.Y+1, w.Max.X-1, w.Min.Y+30), uint32(0xd8dce2-0x101010*n))
			head.line(p, w.Min.X+10, w.Min.Y+3, w.Max.X, "Window "+strconv.Itoa(n+i), theme{ground: uint32(0xd8dce2 - 0x101010*n)})
			for row := range 28 {
				y := w.Min.Y + 40 + row*20
				ground := []uint32{0xffffff, 0xeef2f8}[row%2]
				p.Fill(image.Rect(w.Min.X+8, y, w.Max.X-8, y+20), ground)
				f.line(p, w.Min.X+14, y+1, w.Max.X-10, line(100*n+row+i*31), theme{ground: ground, ink: 0x202020, keyword: 0x202020, comment: 0x606060})
			}
			for b := range 3 {
				r := image.Rect(w.Max.X-100*(b+1), w.Max.Y-34, w.Max.X-100*b-12, w.Max.Y-8)
				p.Fill(r, 0x9098a0)
				p.Fill(r.Inset(1), 0xe4e7eb)
				f.line(p, r.Min.X+20, r.Min.Y+4, r.Max.X, []string{"Help", "Cancel", "OK"}[b], theme{ground: 0xe4e7eb})
			}
		}
		return []image.Rectangle{p.Rect}
	}
}
