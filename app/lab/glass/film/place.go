package film

import (
	"errors"
	"image"
	"math"
)

// Place says where the source's picture lies on a viewer's display.
type Place struct {
	Top, Bottom image.Rectangle // the two strips
	X, Y        float64         // the picture's origin
	Scale       float64         // 1: pixel for pixel
}

// ErrNoMarkers says that the picture is not to be seen.
var ErrNoMarkers = errors.New("no pair of markers on the viewer's display")

// Locate finds both strips anywhere on a screenshot, at any scale from about
// 0.3 up. w is the source picture's width.
func Locate(f *Frame, w int) (Place, error) {
	var found []image.Rectangle
	for y := 2; y < f.H; y += 4 {
		for x := 0; x < f.W; x++ {
			if !isMagenta(f.Pix[y*f.W+x]) {
				continue
			}
			if r, ok := stripAt(f, x, y); ok {
				found = append(found, r)
				y = r.Max.Y
				break
			}
		}
	}
	if len(found) < 2 {
		return Place{}, ErrNoMarkers
	}
	p := Place{Top: found[0], Bottom: found[len(found)-1]}
	// The strips' outer ends are the picture's corners, so their distance
	// gives the scale far more exactly than one strip's own length.
	p.Scale = float64(p.Bottom.Max.X-p.Top.Min.X) / float64(w)
	if math.Abs(p.Scale-1) < 0.003 {
		p.Scale = 1
	}
	p.X, p.Y = float64(p.Top.Min.X), float64(p.Top.Min.Y)
	return p, nil
}

func isMagenta(p uint32) bool { return p>>16&0xff > 170 && p>>8&0xff < 90 && p&0xff > 170 }
func isCyan(p uint32) bool    { return p>>16&0xff < 90 && p>>8&0xff > 170 && p&0xff > 170 }

// stripAt checks for a strip whose magenta cell starts at x on line y.
func stripAt(f *Frame, x, y int) (image.Rectangle, bool) {
	none := image.Rectangle{}
	end := x
	for end < f.W && isMagenta(f.Pix[y*f.W+end]) {
		end++
	}
	cw := end - x
	if cw < 6 {
		return none, false
	}
	// The cyan cell must lie about 25 cells further right.
	c := x + cw*(dataCells+1) - cw
	for c < f.W && c < x+cw*(dataCells+4) && !isCyan(f.Pix[y*f.W+c]) {
		c++
	}
	right := c
	for right < f.W && isCyan(f.Pix[y*f.W+right]) {
		right++
	}
	if right-c < cw/2 {
		return none, false
	}
	y0, y1 := y, y
	mid := x + cw/2
	for y0 > 0 && isMagenta(f.Pix[(y0-1)*f.W+mid]) {
		y0--
	}
	for y1 < f.H && isMagenta(f.Pix[y1*f.W+mid]) {
		y1++
	}
	r := image.Rect(x, y0, right, y1)
	if r.Dy() < 6 {
		return none, false
	}
	_, ok := Counter(f.Crop(r))
	return r, ok
}
