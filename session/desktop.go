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

// blackSide is the side of the picture when nothing of what was chosen is there.
const blackSide = 64

// desktop puts all monitors into one picture, each where it stands, with black between.
type desktop struct {
	source   screen.Source
	scope    Scope
	monitors []screen.Monitor
	origin   image.Point // of the picture, on the desktop
	picture  *image.RGBA
	areas    []image.Rectangle // what is seen, on the desktop
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
	if d.scope.Monitors != nil {
		monitors = slices.DeleteFunc(slices.Clone(monitors), func(m screen.Monitor) bool { return !slices.Contains(d.scope.Monitors, m.Name) })
	}
	if d.picture != nil && slices.Equal(monitors, d.monitors) {
		return nil
	}
	var bounds image.Rectangle
	for _, m := range monitors {
		bounds = bounds.Union(m.Bounds)
	}
	if bounds.Empty() && d.scope.Monitors != nil { // none of them is there now
		bounds = image.Rect(0, 0, blackSide, blackSide)
	}
	if bounds.Empty() || bounds.Dx() > picture.MaxSide || bounds.Dy() > picture.MaxSide || bounds.Dx()*bounds.Dy() > picture.MaxPixels {
		return fmt.Errorf("show a desktop of %v: %w", bounds.Size(), picture.ErrSize)
	}
	d.monitors, d.origin = monitors, bounds.Min
	d.picture = image.NewRGBA(image.Rectangle{Max: bounds.Size()})
	d.black()
	d.areas = nil
	for _, m := range monitors {
		d.areas = append(d.areas, m.Bounds)
	}
	return nil
}

func (d *desktop) black() {
	draw.Draw(d.picture, d.picture.Rect, image.Black, image.Point{}, draw.Src)
}

func (d *desktop) read() error {
	if d.scope.Windows != nil {
		return d.readWindows()
	}
	for _, m := range d.monitors {
		place := d.picture.SubImage(m.Bounds.Sub(d.origin)).(*image.RGBA)
		if err := d.source.Grab(m, place); err != nil {
			return err
		}
	}
	return nil
}

// readWindows shows the chosen windows where they are, and black around them:
// what is not a pixel of theirs is never in the picture, not even for a moment.
func (d *desktop) readWindows() error {
	source, ok := d.source.(screen.WindowSource)
	if !ok {
		return fmt.Errorf("show single windows: %w", screen.ErrUnavailable)
	}
	d.black()
	d.areas = nil
	for i := len(d.scope.Windows) - 1; i >= 0; i-- { // the first chosen lies in front
		w, err := source.GrabWindow(d.scope.Windows[i].ID)
		if errors.Is(err, screen.ErrNoWindow) {
			continue // closed, or not shown now
		}
		if err != nil {
			return err
		}
		draw.Draw(d.picture, w.Bounds.Sub(d.origin), w.Image, w.Image.Rect.Min, draw.Src)
		d.areas = append(d.areas, w.Bounds)
	}
	return nil
}
