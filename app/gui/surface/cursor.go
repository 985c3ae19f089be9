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
func lay(s *Shape, dst *pixel.Bitmap, min image.Point) { s.Lay(dst, min) }
