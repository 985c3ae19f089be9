//go:build !headless

package surface

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// Shape is how a pointer looks.
type Shape = pixel.Shape

// valid says that there are as many pixels as the size says, and not too many.
func valid(s *Shape) bool {
	const most = 1024
	return s != nil && s.Size.X > 0 && s.Size.Y > 0 && s.Size.X <= most && s.Size.Y <= most && len(s.Pix) >= s.Size.X*s.Size.Y
}

// lay writes a shape over dst, its upper left corner at min.
func lay(s *Shape, dst *pixel.Bitmap, min image.Point) {
	r := image.Rectangle{Min: min, Max: min.Add(s.Size)}.Intersect(dst.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := dst.Row(y, r.Min.X, r.Max.X)
		from := s.Pix[(y-min.Y)*s.Size.X+r.Min.X-min.X:]
		for i, under := range row {
			row[i] = over(from[i], under)
		}
	}
}

// over is a premultiplied pixel over an opaque one. What is brighter than its
// own alpha allows, which a shape from outside may be, stays within its channel.
func over(p, under uint32) uint32 {
	clear := 255 - p>>24
	if clear == 255 && p == 0 {
		return under
	}
	one := func(shift uint) uint32 {
		v := under >> shift & 0xff * clear
		v = (v + 128 + (v+128)>>8) >> 8 // v/255, rounded
		return min(p>>shift&0xff+v, 255) << shift
	}
	return one(16) | one(8) | one(0)
}
