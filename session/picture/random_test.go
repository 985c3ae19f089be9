package picture

import (
	"fmt"
	"image"
	"math/rand/v2"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// Whatever happens on a screen, in whatever order and through however narrow a
// way: the viewer has what the encoder takes it to have after every update, and
// the screen itself as soon as nothing is owed and nothing moves.
func TestWhateverHappens(t *testing.T) {
	f := newTypeface(t, true, 13)
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 7))
			size := image.Pt(100+rng.IntN(500), 60+rng.IntN(400))
			r := newRig(t, Options{Method: []Method{Zstd, Deflate}[seed%2], Motion: seed%3 > 0, Tiles: 5 + int(seed)*10}, size)
			photo := photograph(size, seed)
			film := []*pixel.Bitmap{photograph(size, seed+100), photograph(size, seed+200)}
			r.send(0, r.screen.Rect)
			u := Update{}
			for step := range 150 {
				at := anywhere(r.screen.Rect, rng)
				damage := []image.Rectangle{at}
				switch rng.IntN(12) {
				case 0:
					r.screen.Fill(at, rng.Uint32()&0xffffff)
				case 1:
					r.screen.Copy(photo, at)
				case 2:
					slide(r.screen, at, image.Pt(rng.IntN(41)-20, rng.IntN(41)-20))
				case 3:
					by := image.Pt(rng.IntN(size.X), rng.IntN(size.Y)).Sub(at.Min)
					part := at.Intersect(r.screen.Rect.Sub(by))
					move(r.screen, part, by)
				case 4:
					scribble(r.screen, at, rng)
				case 5, 6, 7:
					f.line(r.screen, at.Min.X, at.Min.Y, size.X, line(step), []theme{light, dark}[step%2])
					damage = []image.Rectangle{image.Rect(at.Min.X, at.Min.Y, size.X, at.Min.Y+f.height)}
				case 8:
					for i := range 9 { // a film, for a while
						r.screen.Copy(film[i%2], at)
						u = r.send(rng.IntN(2)*8000, at)
					}
				case 9:
					damage = nil
				case 10:
					damage = []image.Rectangle{r.screen.Rect}
				case 11:
					if rng.IntN(4) == 0 {
						r.e.Restart()
					}
				}
				u = r.send([]int{0, 0, 1, 3000, 20_000}[rng.IntN(5)], damage...)
				if !u.Owed && len(u.Motion) == 0 {
					r.sharp()
				}
				if len(u.Motion) == 0 != (len(r.motion) == 0) {
					t.Fatalf("the encoder says %v, the viewer %v", u.Motion, r.motion)
				}
			}
			for n := 0; u.Owed || len(u.Motion) > 0; n++ {
				if u = r.send(10_000); n > 2000 {
					t.Fatal("it does not come to an end")
				}
			}
			r.sharp()
		})
	}
}
