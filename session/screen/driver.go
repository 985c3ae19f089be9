package screen

import (
	"cmp"
	"fmt"
	"image"
	"slices"
)

// InOrder sorts monitors in place as people read, from the top and then from the
// left, and gives them back: every driver's last step in Monitors.
func InOrder(monitors []Monitor) []Monitor {
	slices.SortStableFunc(monitors, func(a, b Monitor) int {
		return cmp.Or(cmp.Compare(a.Bounds.Min.Y, b.Bounds.Min.Y), cmp.Compare(a.Bounds.Min.X, b.Bounds.Min.X), cmp.Compare(a.Name, b.Name))
	})
	return monitors
}

// Check says whether m is one of the monitors and dst has its size: every
// driver's first step in Grab.
func Check(m Monitor, dst *image.RGBA, monitors []Monitor) error {
	if !slices.Contains(monitors, m) {
		return ErrChanged
	}
	if dst.Rect.Size() != m.Bounds.Size() {
		return fmt.Errorf("a picture of %v for a monitor of %v: %w", dst.Rect.Size(), m.Bounds.Size(), ErrChanged)
	}
	return nil
}
