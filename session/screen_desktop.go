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

// chosen is a screen that shows what was chosen and nothing else: once Choose
// has returned, no picture has a pixel that is outside.
type chosen interface {
	screen.Source
	Choose(s screen.Scope)
}

// windowList tells where windows are, of a screen that can show single ones.
type windowList interface {
	Windows() ([]screen.Window, error)
}

// desktop puts all monitors that are seen into one picture, each where it
// stands, with black between. What is seen of them is the source's to limit.
type desktop struct {
	source   chosen
	windows  windowList // nil: no single windows can be shown
	scope    Scope
	monitors []screen.Monitor
	origin   image.Point // of the picture, on the desktop
	picture  *image.RGBA
	areas    []image.Rectangle // what is seen, on the desktop
	grabs    int
}

// newDesktop limits a source that does not do so by itself.
func newDesktop(source screen.Source, s Scope) *desktop {
	d := &desktop{scope: s}
	d.windows, _ = source.(windowList)
	var ok bool
	if d.source, ok = source.(chosen); !ok {
		d.source = screen.Limit(source, nil)
	}
	seen := screen.Scope{All: s.All(), Monitors: s.Monitors}
	for _, w := range s.Windows {
		seen.Windows = append(seen.Windows, w.ID)
	}
	d.source.Choose(seen)
	return d
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
	if d.picture != nil && slices.Equal(monitors, d.monitors) {
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
	d.areas = nil
	for _, m := range monitors {
		if d.scope.All() || slices.Contains(d.scope.Monitors, m.Name) {
			d.areas = append(d.areas, m.Bounds)
		}
	}
	return nil
}

func (d *desktop) read() error {
	if d.scope.Windows != nil {
		if err := d.place(); err != nil {
			return err
		}
	}
	for _, m := range d.monitors {
		place := d.picture.SubImage(m.Bounds.Sub(d.origin)).(*image.RGBA)
		if err := d.source.Grab(m, place); err != nil {
			return err
		}
	}
	return nil
}

// place notes where the chosen windows are.
func (d *desktop) place() error {
	all, err := d.windows.Windows()
	if err != nil {
		return err
	}
	d.areas = nil
	for _, w := range all {
		if slices.ContainsFunc(d.scope.Windows, func(c screen.Window) bool { return c.ID == w.ID }) {
			d.areas = append(d.areas, w.Bounds)
		}
	}
	return nil
}
