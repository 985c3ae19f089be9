//go:build !headless

package surface

import (
	"image"
	"testing"

	"golang.org/x/image/draw"

	"github.com/beistand/beistand/session/pixel"
)

// One colour stays that colour, at every size.
func TestScaleOneColour(t *testing.T) {
	src := pixel.New(image.Rect(0, 0, 97, 61))
	for _, colour := range []uint32{0, 0xffffff, 0x123456, 0xff0080} {
		src.Fill(src.Rect, colour)
		for _, to := range []image.Point{{97, 61}, {50, 31}, {13, 9}, {1, 1}, {200, 100}, {96, 60}, {98, 62}} {
			dst := pixel.New(image.Rectangle{Max: to})
			newScaler(src.Rect.Max, to).scale(dst, src, dst.Rect)
			for i, p := range dst.Pix {
				if p != colour {
					t.Fatalf("%#x becomes %#x at %d of %v", colour, p, i, to)
				}
			}
		}
	}
}

// Parts scaled by themselves are what the whole is.
func TestScaleParts(t *testing.T) {
	src := noise(image.Rect(0, 0, 150, 110))
	for _, to := range []image.Point{{101, 73}, {40, 200}, {311, 222}} {
		whole, parts := pixel.New(image.Rectangle{Max: to}), pixel.New(image.Rectangle{Max: to})
		s := newScaler(src.Rect.Max, to)
		s.scale(whole, src, whole.Rect)
		for y := 0; y < to.Y; y += 17 {
			for x := 0; x < to.X; x += 13 {
				s.scale(parts, src, image.Rect(x, y, x+13, y+17))
			}
		}
		for i := range whole.Pix {
			if whole.Pix[i] != parts.Pix[i] {
				t.Fatalf("to %v: pixel %d is %#x, in parts %#x", to, i, whole.Pix[i], parts.Pix[i])
			}
		}
	}
}

// Halving is the mean of four, and enlarging what another library makes of it.
func TestScaleAgainstOthers(t *testing.T) {
	src := noise(image.Rect(0, 0, 64, 48))
	dst := pixel.New(image.Rect(0, 0, 32, 24))
	newScaler(src.Rect.Max, dst.Rect.Max).scale(dst, src, dst.Rect)
	for y := range 24 {
		for x := range 32 {
			for shift := 0; shift < 24; shift += 8 {
				sum := 0
				for _, p := range []uint32{src.Row(2*y, 2*x, 64)[0], src.Row(2*y, 2*x, 64)[1], src.Row(2*y+1, 2*x, 64)[0], src.Row(2*y+1, 2*x, 64)[1]} {
					sum += int(p >> shift & 0xff)
				}
				if got := int(dst.Row(y, x, 32)[0] >> shift & 0xff); got < sum/4-1 || got > sum/4+1 {
					t.Fatalf("at %d,%d: %d, not %d", x, y, got, sum/4)
				}
			}
		}
	}
	larger, want := pixel.New(image.Rect(0, 0, 150, 130)), image.NewRGBA(image.Rect(0, 0, 150, 130))
	newScaler(src.Rect.Max, larger.Rect.Max).scale(larger, src, larger.Rect)
	draw.ApproxBiLinear.Scale(want, want.Rect, src, src.Rect, draw.Src, nil)
	near(t, larger, want, 4)
}

// near holds that no channel differs by more than so much.
func near(t *testing.T, got *pixel.Bitmap, want *image.RGBA, most int) {
	t.Helper()
	for y := range want.Rect.Dy() {
		for x := range want.Rect.Dx() {
			g, w := got.Row(y, x, x+1)[0], want.RGBAAt(x, y)
			for shift, v := range map[int]uint8{16: w.R, 8: w.G, 0: w.B} {
				if d := int(g>>shift&0xff) - int(v); d > most || d < -most {
					t.Fatalf("at %d,%d: %#x, want %v", x, y, g, w)
				}
			}
		}
	}
}
