package film

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// fit draws all of src into the middle of dst, scaled down as a whole where it
// is larger, never up. Beside it dst stays as it is.
func fit(dst, src *pixel.Bitmap) {
	to := within(dst.Rect, src.Rect.Size())
	if to.Size() == src.Rect.Size() {
		for y := range to.Dy() {
			copy(dst.Row(to.Min.Y+y, to.Min.X, to.Max.X), src.Row(src.Rect.Min.Y+y, src.Rect.Min.X, src.Rect.Max.X))
		}
		return
	}
	// The mean of what lies below each pixel: thin strokes grow pale, none is lost.
	sums := make([][3]uint32, to.Dx())
	for y := range to.Dy() {
		y0, y1 := span(y, to.Dy(), src.Rect.Dy())
		clear(sums)
		for sy := y0; sy < y1; sy++ {
			row := src.Row(src.Rect.Min.Y+sy, src.Rect.Min.X, src.Rect.Max.X)
			for x := range sums {
				x0, x1 := span(x, to.Dx(), src.Rect.Dx())
				s := &sums[x]
				for _, v := range row[x0:x1] {
					s[0] += v >> 16 & 0xff
					s[1] += v >> 8 & 0xff
					s[2] += v & 0xff
				}
			}
		}
		out := dst.Row(to.Min.Y+y, to.Min.X, to.Max.X)
		for x, s := range sums {
			x0, x1 := span(x, to.Dx(), src.Rect.Dx())
			n := uint32((x1 - x0) * (y1 - y0))
			out[x] = s[0]/n<<16 | s[1]/n<<8 | s[2]/n
		}
	}
}

// within is where a picture of a size lies in the middle of r.
func within(r image.Rectangle, size image.Point) image.Rectangle {
	w, h := size.X, size.Y
	if w > r.Dx() {
		w, h = r.Dx(), max(1, h*r.Dx()/w)
	}
	if h > r.Dy() {
		w, h = max(1, w*r.Dy()/h), r.Dy()
	}
	at := r.Min.Add(image.Pt((r.Dx()-w)/2, (r.Dy()-h)/2))
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}
}

// span is which of many pixels pixel i of few stands for, at least one.
func span(i, few, many int) (from, to int) {
	from = i * many / few
	return from, max(from+1, (i+1)*many/few)
}
