package picture

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// What has moved costs what is new, even if nothing compresses it: noise has
// three bytes a pixel.
func TestMoves(t *testing.T) {
	whole := image.Rect(0, 0, 800, 600)
	window := image.Rect(100, 80, 500, 400)
	for name, step := range map[string]struct {
		move func(p *pixel.Bitmap, i int) image.Rectangle // and what it says was damaged
		news int                                          // pixels a step
	}{
		"scroll down":       {func(p *pixel.Bitmap, i int) image.Rectangle { return slide(p, whole, image.Pt(0, 13)) }, 13 * 800},
		"scroll up":         {func(p *pixel.Bitmap, i int) image.Rectangle { return slide(p, whole, image.Pt(0, -54)) }, 54 * 800},
		"scroll left":       {func(p *pixel.Bitmap, i int) image.Rectangle { return slide(p, whole, image.Pt(-37, 0)) }, 37 * 600},
		"scroll in a pane":  {func(p *pixel.Bitmap, i int) image.Rectangle { return slide(p, window, image.Pt(0, 7)) }, 7 * 400},
		"scroll aslant":     {func(p *pixel.Bitmap, i int) image.Rectangle { return slide(p, window, image.Pt(5, -3)) }, 5*320 + 3*400},
		"ever faster":       {func(p *pixel.Bitmap, i int) image.Rectangle { return slide(p, whole, image.Pt(0, 10+11*i)) }, (10 + 11*6) * 800},
		"another each time": {func(p *pixel.Bitmap, i int) image.Rectangle { return slide(p, window, image.Pt(i*7%19-9, i*5%17-8)) }, 10*320 + 10*400},
		"two panes": {func(p *pixel.Bitmap, i int) image.Rectangle {
			slide(p, image.Rect(0, 0, 400, 600), image.Pt(0, 9))
			return slide(p, image.Rect(400, 0, 800, 600), image.Pt(0, -21)).Union(p.Rect)
		}, (9 + 21) * 400},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Options{}, whole.Size())
			rng := rand.New(rand.NewPCG(4, 4))
			scribble(r.screen, whole, rng)
			r.send(0, whole)
			for i := range 7 {
				damage := step.move(r.screen, i)
				u := r.send(0, damage)
				r.sharp()
				if most := 4*(step.news+3*16*(800+600)) + 200; len(u.Data) > most {
					t.Errorf("step %d: %d bytes, at most %d", i, len(u.Data), most)
				}
			}
		})
	}
}

// slide moves what is in r, and leaves noise where it came from.
func slide(p *pixel.Bitmap, r image.Rectangle, by image.Point) image.Rectangle {
	to := r.Intersect(r.Sub(by))
	was := copied(p)
	move(p, to, by)
	rng := rand.New(rand.NewPCG(uint64(was.Pix[0]), uint64(was.Pix[len(was.Pix)-1])))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if !image.Pt(x, y).In(to) {
				p.Row(y, x, x+1)[0] = rng.Uint32() & 0xffffff
			}
		}
	}
	return r
}

// A window that is dragged about over a photograph is a copy; so is one that
// jumps, and two that move at once.
func TestDraggedWindows(t *testing.T) {
	r := newRig(t, Options{}, image.Pt(900, 700))
	under := photograph(r.screen.Rect.Max, 1)
	windows := []*pixel.Bitmap{photograph(image.Pt(333, 217), 2), photograph(image.Pt(200, 150), 5)}
	at := []image.Point{{20, 30}, {600, 400}}
	paint := func() {
		r.screen.Copy(under, under.Rect)
		for i, w := range windows {
			put(r.screen, w, at[i])
		}
	}
	paint()
	r.send(0, r.screen.Rect)
	for i, by := range [][]image.Point{{{3, 4}, {}}, {{11, -7}, {}}, {{20, 15}, {-9, -6}}, {{-13, 2}, {-31, 5}}, {{170, 120}, {}}, {{0, 0}, {-50, -90}}} {
		news := 0
		for w := range windows {
			old := windows[w].Rect.Add(at[w])
			at[w] = at[w].Add(by[w])
			news += area(old) - area(old.Intersect(windows[w].Rect.Add(at[w])))
		}
		paint()
		u := r.send(0, r.screen.Rect)
		r.sharp()
		if most := 3*news + 14_000; len(u.Data) > most {
			t.Errorf("step %d: %d bytes, at most %d", i, len(u.Data), most)
		}
	}
}
