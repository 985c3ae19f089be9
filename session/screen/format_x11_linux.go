package screen

import (
	"errors"
	"fmt"
	"image"
	"math/bits"

	"github.com/jezek/xgb/xproto"
)

// ErrVisual is a display whose pixels are no 8 bits each of red, green and
// blue in four bytes; with ErrUnavailable around it.
var ErrVisual = errors.New("the display's pixel format is not supported")

// pixelFormat says which of a pixel's four bytes is which colour.
type pixelFormat struct{ red, green, blue int }

func findFormat(setup *xproto.SetupInfo, s *xproto.ScreenInfo) (pixelFormat, error) {
	return formatOf(setup, s, s.RootDepth, s.RootVisual)
}

// formatOf is the format of a window with that depth and visual.
func formatOf(setup *xproto.SetupInfo, s *xproto.ScreenInfo, depth byte, visual xproto.Visualid) (pixelFormat, error) {
	perPixel := 0
	for _, f := range setup.PixmapFormats {
		if f.Depth == depth {
			perPixel = int(f.BitsPerPixel)
		}
	}
	for _, d := range s.AllowedDepths {
		for _, v := range d.Visuals {
			if d.Depth == depth && v.VisualId == visual {
				return newFormat(depth, perPixel, v, setup.ImageByteOrder == xproto.ImageOrderMSBFirst)
			}
		}
	}
	return pixelFormat{}, fmt.Errorf("depth %d without a visual: %w", depth, ErrVisual)
}

func newFormat(depth byte, perPixel int, v xproto.VisualInfo, bigEndian bool) (pixelFormat, error) {
	f, ok := pixelFormat{}, perPixel == 32 && (depth == 24 || depth == 32) && v.Class == xproto.VisualClassTrueColor
	for colour, mask := range map[*int]uint32{&f.red: v.RedMask, &f.green: v.GreenMask, &f.blue: v.BlueMask} {
		shift := bits.TrailingZeros32(mask)
		ok = ok && shift%8 == 0 && mask>>shift == 0xff
		*colour = shift / 8
		if bigEndian {
			*colour = 3 - shift/8
		}
	}
	if !ok {
		return f, fmt.Errorf("depth %d, %d bits a pixel, class %d, masks %x %x %x: %w",
			depth, perPixel, v.Class, v.RedMask, v.GreenMask, v.BlueMask, ErrVisual)
	}
	return f, nil
}

// convert writes all of dst from pixels, which follow each other without gaps.
func (f pixelFormat) convert(dst *image.RGBA, pixels []byte) {
	width := 4 * dst.Rect.Dx()
	for y := range dst.Rect.Dy() {
		d := dst.Pix[y*dst.Stride : y*dst.Stride+width]
		s := pixels[y*width : (y+1)*width]
		for i := 0; i+3 < len(d) && i+3 < len(s); i += 4 {
			from, to := s[i:i+4:i+4], d[i:i+4:i+4]
			to[0], to[1], to[2], to[3] = from[f.red&3], from[f.green&3], from[f.blue&3], 0xff
		}
	}
}

// value is a colour as the server takes it, opaque if it knows of that.
func (f pixelFormat) value(rgb [3]byte, bigEndian bool) uint32 {
	v := uint32(0xffffffff)
	for i, at := range []int{f.red, f.green, f.blue} {
		if bigEndian {
			at = 3 - at
		}
		v &^= 0xff << (8 * at)
		v |= uint32(rgb[i]) << (8 * at)
	}
	return v
}
