package session

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"slices"

	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/screen"
)

// relist is after how many pictures the monitors are looked at again, for one
// that was plugged in beside the others.
const relist = pollRate

// desktop puts all monitors into one picture, each where it stands, with black between.
type desktop struct {
	source   screen.Source
	monitors []screen.Monitor
	origin   image.Point // of the picture, on the desktop
	picture  *image.RGBA
	grabs    int
}

// grab reads the screen. The picture is the desktop's until the next call; it
// is nil when the monitors would not stand still.
func (d *desktop) grab() (*image.RGBA, error) {
	d.grabs++
	if d.grabs%relist == 1 {
		if err := d.list(); err != nil {
			return nil, err
		}
	}
	for range 3 {
		err := d.read()
		if err == nil {
			return d.picture, nil
		}
		if !errors.Is(err, screen.ErrChanged) {
			return nil, err
		}
		if err := d.list(); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (d *desktop) list() error {
	monitors, err := d.source.Monitors()
	if err != nil {
		return err
	}
	if slices.Equal(monitors, d.monitors) {
		return nil
	}
	var bounds image.Rectangle
	for _, m := range monitors {
		bounds = bounds.Union(m.Bounds)
	}
	if bounds.Empty() || bounds.Dx() > picture.MaxSide || bounds.Dy() > picture.MaxSide || bounds.Dx()*bounds.Dy() > picture.MaxPixels {
		return fmt.Errorf("show a desktop of %v: %w", bounds.Size(), picture.ErrSize)
	}
	d.monitors, d.origin = monitors, bounds.Min
	d.picture = image.NewRGBA(image.Rectangle{Max: bounds.Size()})
	draw.Draw(d.picture, d.picture.Rect, image.Black, image.Point{}, draw.Src)
	return nil
}

func (d *desktop) read() error {
	for _, m := range d.monitors {
		place := d.picture.SubImage(m.Bounds.Sub(d.origin)).(*image.RGBA)
		if err := d.source.Grab(m, place); err != nil {
			return err
		}
	}
	return nil
}
