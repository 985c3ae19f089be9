//go:build !headless

package surface

import (
	"image"
	"testing"
)

// The pixel that is clicked is the one under the pointer: every pixel of a
// picture is met at its middle, and every pixel of the display meets the one
// that lies there, at odd sizes and on displays that Fyne scales.
func TestRoundTrip(t *testing.T) {
	picture := image.Pt(1920, 1080)
	for name, room := range map[string]image.Point{
		"scaled down": {1280, 720}, "an odd size": {1500, 843}, "odder": {997, 1403}, "as it is": {1920, 1080}, "doubled": {3840, 2160}, "enlarged oddly": {3001, 1999},
	} {
		for _, scale := range []float32{1, 1.25, 1.5, 2, 2.7} { // of the display
			v := newView(picture, room, false, image.Point{})
			met := func(x, y float64) (image.Point, bool) { // through Fyne's units and back
				units := func(n float64) float64 { return float64(float32(n)/scale) * float64(scale) }
				return v.pixel(units(x), units(y))
			}
			lie := func(n, lo, whole, scaled int) float64 {
				return float64(lo) + (float64(n)+0.5)*float64(scaled)/float64(whole)
			}
			for i := range picture.X {
				p := image.Pt(i, i*picture.Y/picture.X)
				got, inside := met(lie(p.X, v.place.Min.X, picture.X, v.scaled.X), lie(p.Y, v.place.Min.Y, picture.Y, v.scaled.Y))
				if got != p || !inside {
					t.Fatalf("%s, display %v: the middle of %v meets %v, inside %v", name, scale, p, got, inside)
				}
			}
			for y := range picture.Y {
				if got, _ := met(lie(7, v.place.Min.X, picture.X, v.scaled.X), lie(y, v.place.Min.Y, picture.Y, v.scaled.Y)); got != image.Pt(7, y) {
					t.Fatalf("%s, display %v: row %d meets %v", name, scale, y, got)
				}
			}
			for d := range v.place.Dx() {
				got, inside := met(float64(v.place.Min.X+d)+0.5, float64(v.place.Min.Y)+0.5)
				at, of := (2*d+1)*picture.X, 2*v.scaled.X // its middle may lie just between two
				if want := at / of; got.X != want && (at%of != 0 || got.X != want-1) || !inside {
					t.Fatalf("%s, display %v: column %d meets %d, want %d", name, scale, d, got.X, want)
				}
			}
			if _, inside := met(float64(v.place.Max.X)+1, float64(v.place.Max.Y)+1); inside {
				t.Errorf("%s, display %v: beside the picture is inside", name, scale)
			}
		}
	}
}
