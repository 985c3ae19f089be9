package pixel_test

import (
	"image"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// A pointer's pixels lie over the picture as their alpha says, and never spill
// into another channel, whatever they are.
func TestLay(t *testing.T) {
	for name, c := range map[string]struct{ p, under, want uint32 }{
		"nothing":         {0, 0x123456, 0x123456},
		"opaque":          {0xffabcdef, 0x123456, 0xabcdef},
		"half black":      {0x80000000, 0xffffff, 0x7f7f7f},
		"half white":      {0x80808080, 0x000000, 0x808080},
		"more than alpha": {0x00ffffff, 0xffffff, 0xffffff},
		"a lie":           {0x40ff00ff, 0xc0c0c0, 0xff90ff},
	} {
		t.Run(name, func(t *testing.T) {
			b := pixel.New(image.Rect(0, 0, 3, 3))
			b.Fill(b.Rect, c.under)
			s := &pixel.Shape{Size: image.Pt(4, 4), Pix: make([]uint32, 16)}
			for i := range s.Pix {
				s.Pix[i] = c.p
			}
			s.Lay(b, image.Pt(-2, 1)) // two columns of it are beside the picture, and one row below
			for i, got := range b.Pix {
				want := c.under
				if i%3 < 2 && i >= 3 {
					want = c.want
				}
				if got != want {
					t.Errorf("pixel %d is %#x, want %#x", i, got, want)
				}
			}
		})
	}
}
