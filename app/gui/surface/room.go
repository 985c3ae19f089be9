//go:build !headless

package surface

import (
	"image"

	"fyne.io/fyne/v2"
)

// room is what a surface has to show its picture in, in the display's pixels.
type room struct {
	size   image.Point
	bar    int // how thick a bar is
	actual bool
	offset image.Point // asked for
}

// view is how a picture of a size lies in the room; bars take from it where
// there is something to scroll to.
func (r room) view(picture image.Point) view {
	size := r.size
	if r.actual {
		down := picture.Y > size.Y
		if down {
			size.X -= r.bar
		}
		if picture.X > size.X {
			size.Y -= r.bar
			if !down && picture.Y > size.Y {
				size.X -= r.bar
			}
		}
	}
	return newView(picture, size, r.actual, r.offset)
}

func (f *frame) size() image.Point {
	if f.back == nil {
		return image.Point{}
	}
	return f.back.Rect.Size()
}

// SetActual shows the picture pixel for pixel, or else fitted into the room.
func (s *Surface) SetActual(on bool) {
	s.mu.Lock()
	s.room.actual = on
	if !on {
		s.room.offset = image.Point{}
	}
	s.mu.Unlock()
	s.arrange()
}

// Actual says whether it is shown pixel for pixel.
func (s *Surface) Actual() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.room.actual
}

// ShownSize is how large the whole picture is shown, in the display's pixels.
func (s *Surface) ShownSize() image.Point {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.frame.view.scaled
}

// Scroll moves what is seen of a picture that is larger than its room, in
// Fyne's units to the right and down.
func (s *Surface) Scroll(by fyne.Delta) {
	scale := s.scale()
	s.scroll(image.Pt(round(by.DX*scale), round(by.DY*scale)))
}

func (s *Surface) scroll(by image.Point) {
	s.mu.Lock()
	v := s.frame.view
	s.room.offset = v.offset.Add(by)
	changed := s.room.view(v.picture) != v
	s.mu.Unlock()
	if changed {
		s.arrange()
	}
}

// PlaceOf is the picture's pixel at a place on the widget, the nearest for a
// place that shows none.
func (s *Surface) PlaceOf(at fyne.Position) (pixel image.Point, inside bool) {
	scale := float64(s.scale())
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.frame.view.pixel(float64(at.X)*scale, float64(at.Y)*scale)
}

func (s *Surface) scale() float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil && c.Scale() > 0 {
		return c.Scale()
	}
	return 1
}

// arrange lays everything out in the room there is.
func (s *Surface) arrange() {
	scale, size := s.scale(), s.Size()
	s.mu.Lock()
	s.room.size = image.Pt(round(size.Width*scale), round(size.Height*scale))
	s.room.bar = round(barWidth * scale)
	v := s.room.view(s.frame.size())
	s.room.offset = v.offset
	moved := s.frame.view != v
	s.frame.see(v)
	s.mu.Unlock()
	s.raster.Move(fyne.NewPos(float32(v.place.Min.X)/scale, float32(v.place.Min.Y)/scale))
	s.raster.Resize(fyne.NewSize(units(v.place.Dx(), scale), units(v.place.Dy(), scale)))
	right, bottom := float32(v.place.Max.X)/scale, float32(v.place.Max.Y)/scale
	s.down.show(v.scaled.Y > v.place.Dy(), fyne.NewPos(right, 0), fyne.NewSize(barWidth, bottom))
	s.across.show(v.scaled.X > v.place.Dx(), fyne.NewPos(0, bottom), fyne.NewSize(right, barWidth))
	if moved {
		s.raster.Refresh()
	}
	s.poke()
}

// units are so many pixels in Fyne's units. Fyne rounds up what it makes of
// them again, so a little less is the same number of pixels on every scale.
func units(pixels int, scale float32) float32 {
	return max(0, float32(pixels)-0.01) / scale
}

func round(v float32) int { return int(v + 0.5) }
