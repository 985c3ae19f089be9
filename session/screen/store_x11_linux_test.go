package screen

import (
	"image"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// What the server has in the fourth byte of any pixel stays out.
func TestStore(t *testing.T) {
	usual := pixelFormat{red: 2, green: 1, blue: 0}
	for width := 1; width <= 40; width++ {
		for odd := -1; odd <= width; odd++ { // the pixel with something there: none, one, all
			pixels := make([]byte, 2*4*width)
			for i := range pixels {
				if pixels[i] = byte(7 * i); i%4 == 3 {
					pixels[i] = 0
					if x := i / 4 % width; x == odd || odd == width {
						pixels[i] = 0x81
					}
				}
			}
			dst := pixel.New(image.Rect(0, 0, width+2, 4))
			usual.store(dst, image.Rect(1, 1, 1+width, 3), pixels)
			for y := range 4 {
				for x, got := range dst.Row(y, 0, width+2) {
					var want uint32
					if (image.Point{x, y}).In(image.Rect(1, 1, 1+width, 3)) {
						i := 4 * ((y-1)*width + x - 1)
						want = uint32(pixels[i]) | uint32(pixels[i+1])<<8 | uint32(pixels[i+2])<<16
					}
					if got != want {
						t.Fatalf("%d wide, pixel %d odd: %v is %08x, want %08x", width, odd, image.Pt(x, y), got, want)
					}
				}
			}
		}
	}
}
