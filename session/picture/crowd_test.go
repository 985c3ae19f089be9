package picture

import (
	"image"
	"math/rand/v2"
	"testing"
)

// Pictures that are made to cost much are sent nevertheless: hatchings, specks,
// boxes in boxes, all that makes ink overlap.
func TestCrowds(t *testing.T) {
	whole := image.Rect(0, 0, 640, 400)
	rng := rand.New(rand.NewPCG(8, 8))
	for name, colour := range map[string]func(x, y int) uint32{
		"a hatching":       func(x, y int) uint32 { return uint32(min(1, (x+y)%3)) * 0xffffff },
		"a cut hatching":   func(x, y int) uint32 { return uint32(min(1, (x+y)%3, x%61, y%61)) * 0xffffff },
		"wild hatching":    func(x, y int) uint32 { return uint32(min(1, (x+y)%3, x%31, y%31)) * (rng.Uint32()&0xffffff | 1) },
		"a chessboard":     func(x, y int) uint32 { return uint32((x^y)&1) * 0xffffff },
		"specks":           func(x, y int) uint32 { return uint32(min(1, rng.IntN(5))) * 0xffffff },
		"coloured specks":  func(x, y int) uint32 { return uint32(rng.IntN(2)) * (rng.Uint32() & 0xffffff) },
		"few colours":      func(x, y int) uint32 { return rng.Uint32() & 0x010101 },
		"boxes in boxes":   func(x, y int) uint32 { return uint32(max(x%60, y%60)/2%2) * 0xffffff },
		"angles in angles": func(x, y int) uint32 { return uint32((x%59+y%61)/2%2) * (0x808080 + uint32(x*y)&0xff) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Options{Motion: true}, whole.Size())
			r.send(0, whole)
			for range 3 {
				for y := range whole.Dy() {
					for x := range whole.Dx() {
						r.screen.Row(y, x, x+1)[0] = colour(x, y)
					}
				}
				u := r.send(0, whole)
				if len(u.Motion) == 0 {
					r.sharp()
				}
				scribble(r.screen, image.Rect(rng.IntN(600), 0, 620, 390), rng)
				r.send(0, whole)
			}
		})
	}
}

// What no viewer would take is sent as it is.
func TestPlain(t *testing.T) {
	r := newRig(t, Options{}, image.Pt(300, 200))
	scribble(r.screen, r.screen.Rect, rand.New(rand.NewPCG(1, 1)))
	r.send(0, r.screen.Rect)
	r.e.now = r.screen
	r.e.plain()
	u, err := r.e.stream.update(header{fresh: true, size: r.screen.Rect.Max}, r.e.ops)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.d.Decode(u)
	if err != nil {
		t.Fatal(err)
	}
	r.seen = got.Picture
	r.sharp()
	scribble(r.screen, image.Rect(5, 5, 60, 60), rand.New(rand.NewPCG(2, 1)))
	r.send(0, r.screen.Rect)
	r.sharp()
}
