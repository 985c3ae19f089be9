package film

import (
	"image"
	"math"
	"testing"
)

func newScene(t *testing.T, name string) Scene {
	t.Helper()
	s, err := New(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// scaled draws src onto a larger dark screen at a place and scale, as a viewer
// with borders would.
func scaled(src *Frame, w, h, x0, y0 int, scale float64) *Frame {
	f := NewFrame(w, h)
	f.fill(f.Bounds(), 0x202020)
	for y := range int(float64(src.H) * scale) {
		for x := range int(float64(src.W) * scale) {
			f.Pix[(y+y0)*w+x+x0] = src.Pix[int(float64(y)/scale)*src.W+int(float64(x)/scale)]
		}
	}
	return f
}

func TestMarkersAreFoundAtAnyPlaceAndScale(t *testing.T) {
	src := NewFrame(1280, 720)
	newScene(t, "still").Step(src, 0)
	for _, n := range []uint16{4711, 65535} {
		Mark(src, n)
		for _, c := range []struct {
			x, y  int
			scale float64
		}{{17, 40, 1}, {3, 5, 0.5}, {9, 9, 0.73}, {0, 0, 1.4}} {
			f := scaled(src, 1920, 1100, c.x, c.y, c.scale)
			p, err := Locate(f, src.W)
			if err != nil {
				t.Fatalf("n=%d %+v: %v", n, c, err)
			}
			if math.Abs(p.Scale-c.scale) > 0.01 || math.Abs(p.X-float64(c.x)) > 1 || math.Abs(p.Y-float64(c.y)) > 1 {
				t.Errorf("%+v found at %v, %v, scale %v", c, p.X, p.Y, p.Scale)
			}
			for _, r := range []image.Rectangle{p.Top, p.Bottom} {
				if got, ok := Counter(f.Crop(r)); !ok || got != n {
					t.Errorf("%+v: read %d %v, want %d", c, got, ok, n)
				}
			}
		}
	}
}

func TestDamagedMarkerIsRefused(t *testing.T) {
	f := NewFrame(1280, 720)
	Mark(f, 1234)
	top, _ := stripRects(f.W, f.H)
	for i := 1; i <= dataCells; i++ {
		c := f.Crop(top)
		cell := image.Rect(i*cellPx, 0, (i+1)*cellPx, cellPx)
		c.fill(cell, c.Pix[i*cellPx]^0xffffff)
		if n, ok := Counter(c); ok {
			t.Errorf("flipped cell %d: still read, as %d", i, n)
		}
	}
}

// Two players of a scene must show the same film, or the watcher would judge
// the picture by a wrong reference.
func TestScenesAreRepeatable(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			const w, h = 960, 640
			a, b, prev := NewFrame(w, h), NewFrame(w, h), NewFrame(w, h)
			sa, sb := newScene(t, name), newScene(t, name)
			for i := range 6 {
				rects := sa.Step(a, i)
				sb.Step(b, i)
				if !Same(a, b, image.Point{}) {
					t.Fatalf("frame %d differs", i)
				}
				// What changed must lie in the rectangles that were returned.
				for _, r := range rects {
					r = r.Intersect(a.Bounds())
					blit(prev, a, r, r.Min)
				}
				if !Same(a, prev, image.Point{}) {
					t.Fatalf("frame %d changed outside its rectangles", i)
				}
			}
		})
	}
}

func TestQuality(t *testing.T) {
	a := NewFrame(160, 160)
	newScene(t, "still").Step(a, 0)
	for i := range a.Pix {
		a.Pix[i] &= 0x7f7f7f
	}
	b := a.Crop(a.Bounds())
	for i := range b.Pix {
		b.Pix[i] += 0x080808 // every channel off by 8: PSNR = 20 log10(255/8)
	}
	want := 20 * math.Log10(255.0/8)
	q := Compare(a, b, image.Point{}, image.Rectangle{})
	if math.Abs(q.PSNRY-want) > 0.01 || math.Abs(q.PSNRRGB-want) > 0.01 || math.Abs(q.Still-want) > 0.01 || q.Moving != MaxPSNR {
		t.Errorf("PSNR %+v, want %v, and nothing moving", q, want)
	}
	if got := QuickPSNR(a, b, image.Point{}); math.Abs(got-want) > 0.01 {
		t.Errorf("quick PSNR %v, want %v", got, want)
	}
	if Same(a, b, image.Point{}) || !Same(a, a, image.Point{}) {
		t.Error("what differs is called the same, or the other way round")
	}
	if q := Compare(a, a, image.Point{}, image.Rectangle{}); q.PSNRY != MaxPSNR || q.SSIMText < 0.9999 {
		t.Errorf("a picture differs from itself: %+v", q)
	}
}

// A film that is coded with losses must not be counted against the text beside it.
func TestFilmIsJudgedApart(t *testing.T) {
	a := NewFrame(1280, 720)
	s := newScene(t, "video")
	s.Step(a, 0)
	moving := Moving(s, a.W, a.H)
	b := a.Crop(a.Bounds())
	b.Pix[(moving.Min.Y+5)*b.W+moving.Min.X+5] ^= 0x404040
	if q := Compare(a, b, image.Point{}, moving); q.Moving == MaxPSNR || q.Still != MaxPSNR {
		t.Errorf("a pixel within the film: %+v", q)
	}
	copy(b.Pix, a.Pix)
	b.Pix[(moving.Min.Y+5)*b.W+moving.Min.X-1] ^= 0x404040
	if q := Compare(a, b, image.Point{}, moving); q.Moving != MaxPSNR || q.Still == MaxPSNR {
		t.Errorf("a pixel beside the film: %+v", q)
	}
}

// Text of which every second pixel was thrown away is not legible, text in
// fewer colours is.
func TestLegible(t *testing.T) {
	a := NewFrame(640, 480)
	newScene(t, "still").Step(a, 0)
	fewer, half := a.Crop(a.Bounds()), a.Crop(a.Bounds())
	for i := range a.Pix {
		fewer.Pix[i] &= 0xc0c0c0
		half.Pix[i] = a.Pix[i/a.W/4*4*a.W+i%a.W/4*4]
	}
	if s := QuickSSIM(a, fewer, image.Point{}); s < Legible {
		t.Errorf("four shades a channel: %.2f", s)
	}
	if s := QuickSSIM(a, half, image.Point{}); s >= Legible {
		t.Errorf("one pixel in sixteen: %.2f", s)
	}
}

// The frame of a film is found also when it has come through a codec.
func TestProbeFindsTheFrame(t *testing.T) {
	s := newScene(t, "video")
	const w, h, frames = 1280, 720, 20
	p := NewProbe(s, w, h, frames)
	f := NewFrame(w, h)
	newScene(t, "video").Step(f, 0)
	for _, i := range []int{3, 11, 19} {
		s.Step(f, i)
		part := f.Crop(p.Area)
		for k := range part.Pix {
			part.Pix[k] = part.Pix[k]&0xf8f8f8 + 0x040404
		}
		if got, ok := p.Find(part, 0, frames); !ok || got != i {
			t.Errorf("frame %d is called %d, %v", i, got, ok)
		}
	}
	other := NewFrame(w, h)
	newScene(t, "still").Step(other, 0)
	if got, ok := p.Find(other.Crop(p.Area), 0, frames); ok {
		t.Errorf("text is called frame %d", got)
	}
	if NewProbe(newScene(t, "typing"), w, h, 1) != nil {
		t.Error("a scene without a film has a probe")
	}
}
