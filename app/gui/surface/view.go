//go:build !headless

package surface

import "image"

// enlargeFrom is how many times a picture must fit into the room before it is
// enlarged: below that its sharp pixels are worth more than its size.
const enlargeFrom = 1.5

// view is how a picture lies in the room that a widget has, all in the
// display's pixels. The zero view shows nothing.
type view struct {
	picture image.Point     // the picture's size
	scaled  image.Point     // its size as it is shown
	place   image.Rectangle // where it, or what can be seen of it, lies in the room
	offset  image.Point     // which of the scaled picture's pixels lies at place.Min
}

// newView fits the picture into the room, or shows it pixel for pixel scrolled
// by offset as far as there is something to scroll to.
func newView(picture, room image.Point, actual bool, offset image.Point) view {
	if picture.X <= 0 || picture.Y <= 0 || room.X <= 0 || room.Y <= 0 {
		return view{}
	}
	v := view{picture: picture, scaled: picture}
	if !actual {
		v.scaled = fit(picture, room)
	}
	size := image.Pt(min(v.scaled.X, room.X), min(v.scaled.Y, room.Y))
	at := room.Sub(size).Div(2)
	v.place = image.Rectangle{Min: at, Max: at.Add(size)}
	v.offset = image.Pt(min(max(offset.X, 0), v.scaled.X-size.X), min(max(offset.Y, 0), v.scaled.Y-size.Y))
	return v
}

// fit is the largest size in the room with the picture's sides' ratio.
func fit(picture, room image.Point) image.Point {
	if r := min(float64(room.X)/float64(picture.X), float64(room.Y)/float64(picture.Y)); r >= 1 && r < enlargeFrom {
		return picture
	}
	if room.X*picture.Y <= room.Y*picture.X { // the width is the narrower
		return image.Pt(room.X, max(1, room.X*picture.Y/picture.X))
	}
	return image.Pt(max(1, room.Y*picture.X/picture.Y), room.Y)
}

// exact says that a pixel of the picture is one of the display's.
func (v view) exact() bool { return v.scaled == v.picture }

// shown is what of the scaled picture is to be seen.
func (v view) shown() image.Rectangle {
	return image.Rectangle{Min: v.offset, Max: v.offset.Add(v.place.Size())}
}

// from are the scaled picture's pixels that r of the picture has a part in;
// what is not to be seen is left out.
func (v view) from(r image.Rectangle) image.Rectangle {
	if v.exact() {
		return r.Intersect(v.shown())
	}
	if r = r.Intersect(image.Rectangle{Max: v.picture}); r.Empty() {
		return image.Rectangle{}
	}
	// Two neighbours are mixed where the picture is enlarged, so one pixel about it counts.
	lo := func(n, scaled, whole int) int { return max(0, (n-1)*scaled/whole-1) }
	hi := func(n, scaled, whole int) int { return min(scaled, ((n+1)*scaled+whole-1)/whole+1) }
	return image.Rect(
		lo(r.Min.X, v.scaled.X, v.picture.X), lo(r.Min.Y, v.scaled.Y, v.picture.Y),
		hi(r.Max.X, v.scaled.X, v.picture.X), hi(r.Max.Y, v.scaled.Y, v.picture.Y)).Intersect(v.shown())
}

// at is where a pixel of the picture begins in the scaled one.
func (v view) at(p image.Point) image.Point {
	if v.exact() {
		return p
	}
	return image.Pt(p.X*v.scaled.X/v.picture.X, p.Y*v.scaled.Y/v.picture.Y)
}

// pixel is the picture's pixel at a place in the room, the nearest for a place
// outside of what is shown.
func (v view) pixel(x, y float64) (p image.Point, inside bool) {
	if v.place.Empty() {
		return image.Point{}, false
	}
	one := func(at float64, lo, hi, offset, whole, scaled int) (int, bool) {
		in := at >= float64(lo) && at < float64(hi)
		at = min(max(at, float64(lo)), float64(hi)-0.5)
		n := int((at - float64(lo) + float64(offset)) * float64(whole) / float64(scaled))
		return min(max(n, 0), whole-1), in
	}
	var inX, inY bool
	p.X, inX = one(x, v.place.Min.X, v.place.Max.X, v.offset.X, v.picture.X, v.scaled.X)
	p.Y, inY = one(y, v.place.Min.Y, v.place.Max.Y, v.offset.Y, v.picture.Y, v.scaled.Y)
	return p, inX && inY
}
