package pixel

import "image"

// Shape is how a pointer looks. It does not change.
type Shape struct {
	Size, Hot image.Point
	Pix       []uint32 // Size.X times Size.Y, row by row, premultiplied 0xAARRGGBB
}

// Lay writes it over b, its upper left corner at min. It has as many pixels as
// its size says.
func (s *Shape) Lay(b *Bitmap, min image.Point) {
	r := image.Rectangle{Min: min, Max: min.Add(s.Size)}.Intersect(b.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := b.Row(y, r.Min.X, r.Max.X)
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
