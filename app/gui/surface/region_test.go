//go:build !headless

package surface

import (
	"image"
	"math/rand/v2"
	"testing"
)

// A region holds everything that was added, in few rectangles.
func TestRegion(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var g region
		var all []image.Rectangle
		for range 200 {
			at := image.Pt(rnd.IntN(3000), rnd.IntN(2000))
			r := image.Rectangle{Min: at, Max: at.Add(image.Pt(rnd.IntN(90), rnd.IntN(90)))}
			g.add(r)
			all = append(all, r)
			if len(g) > mostRects {
				t.Fatalf("%d rectangles", len(g))
			}
		}
		for _, r := range all {
			left := []image.Rectangle{r}
			for _, have := range g {
				var next []image.Rectangle
				for _, l := range left {
					if !l.Empty() {
						next = append(next, without(l, have)...)
					}
				}
				left = next
			}
			for _, l := range left {
				if !l.Empty() {
					t.Fatalf("%v of %v is lost", l, r)
				}
			}
		}
	}
}

// What is cut out is gone, and the rest there once.
func TestWithout(t *testing.T) {
	r := image.Rect(10, 10, 50, 40)
	for _, hole := range []image.Rectangle{
		image.Rect(20, 20, 30, 30), image.Rect(0, 0, 20, 20), image.Rect(0, 15, 100, 20), r, image.Rect(60, 60, 70, 70), {},
	} {
		seen := map[image.Point]int{}
		for _, p := range without(r, hole) {
			for y := p.Min.Y; y < p.Max.Y; y++ {
				for x := p.Min.X; x < p.Max.X; x++ {
					seen[image.Pt(x, y)]++
				}
			}
		}
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				want := 1
				if image.Pt(x, y).In(hole) {
					want = 0
				}
				if got := seen[image.Pt(x, y)]; got != want {
					t.Fatalf("without %v: %d,%d is there %d times", hole, x, y, got)
				}
			}
		}
	}
}
