package codectest

import (
	"math"

	"github.com/beistand/beistand/session/pixel"
)

// identical is the PSNR of pictures without a difference.
const identical = 99

// Luma is the PSNR in dB of b's brightness (BT.601) against a's; both are of
// one size.
func Luma(a, b *pixel.Bitmap) float64 {
	sum := 0
	for y := range a.Rect.Dy() {
		p, q := rows(a, b, y)
		for x, v := range p {
			d := luma(v) - luma(q[x])
			sum += d * d
		}
	}
	return psnr(float64(sum), float64(a.Rect.Dx()*a.Rect.Dy()))
}

// Colour is the PSNR in dB of all three channels.
func Colour(a, b *pixel.Bitmap) float64 {
	sum := 0
	for y := range a.Rect.Dy() {
		p, q := rows(a, b, y)
		for x, v := range p {
			for shift := 0; shift < 24; shift += 8 {
				d := int(v>>shift&0xff) - int(q[x]>>shift&0xff)
				sum += d * d
			}
		}
	}
	return psnr(float64(sum), 3*float64(a.Rect.Dx()*a.Rect.Dy()))
}

// rows are row y of both, counted from the top.
func rows(a, b *pixel.Bitmap, y int) (p, q []uint32) {
	return a.Row(a.Rect.Min.Y+y, a.Rect.Min.X, a.Rect.Max.X), b.Row(b.Rect.Min.Y+y, b.Rect.Min.X, b.Rect.Max.X)
}

func luma(p uint32) int {
	return int(77*(p>>16&0xff)+150*(p>>8&0xff)+29*(p&0xff)) >> 8
}

func psnr(sum, n float64) float64 {
	if sum == 0 {
		return identical
	}
	return min(identical, 10*math.Log10(255*255*n/sum))
}
