//go:build !headless

package surface

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// Whatever changes, in whatever order: what is given to be shown makes what a
// frame that begins anew would show.
func TestFrame(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	shape := &Shape{Size: image.Pt(9, 11), Hot: image.Pt(4, 2), Pix: noise(image.Rect(0, 0, 9, 11)).Pix}
	for i := range shape.Pix {
		shape.Pix[i] |= 0xff000000
	}
	for name, room := range map[string]image.Point{"exact": {160, 120}, "shrunk": {101, 77}, "enlarged": {400, 333}} {
		t.Run(name, func(t *testing.T) {
			f := &frame{alloc: heap, free: func(*store) {}}
			f.back = heap(image.Rect(0, 0, 160, 120))
			f.see(newView(f.size(), room, false, image.Point{}))
			f.all()
			seen := pixel.New(f.view.shown())
			for range 200 {
				at := image.Pt(rnd.IntN(160), rnd.IntN(120))
				switch rnd.IntN(4) {
				case 0:
					f.shape, f.tip = shape, at
				case 1:
					f.shape = nil
				default:
					r := image.Rectangle{Min: at, Max: at.Add(image.Pt(rnd.IntN(40), rnd.IntN(40)))}
					f.back.Fill(r, rnd.Uint32()&0xffffff)
					f.changed(r)
				}
				if rnd.IntN(3) == 0 {
					show(seen, f.take())
				}
			}
			show(seen, f.take())
			anew := &frame{alloc: heap, free: func(*store) {}, back: f.back, shape: f.shape, tip: f.tip}
			anew.see(f.view)
			anew.all()
			want := pixel.New(f.view.shown())
			show(want, anew.take())
			for i := range want.Pix {
				if seen.Pix[i] != want.Pix[i] {
					t.Fatalf("pixel %d is %#x, not %#x", i, seen.Pix[i], want.Pix[i])
				}
			}
			if left := f.take(); len(left.puts) > 0 {
				t.Errorf("nothing has changed, and there is to show %v", left.puts)
			}
		})
	}
}

func show(on *pixel.Bitmap, j job) {
	for _, p := range j.puts {
		on.Copy(p.from.Bitmap, p.rect)
	}
}

// A shape with fewer pixels than it says, or no end of them, is none.
func TestShapes(t *testing.T) {
	for name, s := range map[string]*Shape{
		"none":     nil,
		"short":    {Size: image.Pt(4, 4), Pix: make([]uint32, 15)},
		"negative": {Size: image.Pt(-4, -4), Pix: make([]uint32, 16)},
		"huge":     {Size: image.Pt(1<<31, 1<<31)},
	} {
		t.Run(name, func(t *testing.T) {
			if valid(s) {
				t.Error("it counts")
			}
		})
	}
	if s := (&Shape{Size: image.Pt(4, 4), Hot: image.Pt(900, -900), Pix: make([]uint32, 16)}); !valid(s) {
		t.Error("a good one does not count")
	}
}
