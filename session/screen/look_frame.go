package screen

import (
	"fmt"
	"image"
	"slices"

	"github.com/beistand/beistand/session/pixel"
)

// frame begins a black picture of the size that is needed now.
func (k *Look) frame(all []Monitor) error {
	l := k.limited
	seen := l.among(all)
	var bounds image.Rectangle
	for _, m := range seen {
		bounds = bounds.Union(m.Bounds)
	}
	if bounds.Empty() || bounds.Dx() > MaxSide || bounds.Dy() > MaxSide || bounds.Dx()*bounds.Dy() > MaxPixels {
		return fmt.Errorf("%v: %w", bounds.Size(), ErrSize)
	}
	if k.shot.Picture == nil || k.shot.Picture.Rect.Size() != bounds.Size() {
		k.shot.Picture = pixel.New(image.Rectangle{Max: bounds.Size()})
	} else {
		clear(k.shot.Picture.Pix)
	}
	k.scoped, k.all, k.seen, k.polled, k.area = l.scoped, all, nil, nil, nil
	k.shot.Origin, k.shot.Monitors, k.shot.Areas = bounds.Min, seen, nil
	for _, m := range seen {
		whole := l.view.Scope.whole(m)
		if whole {
			k.shot.Areas = append(k.shot.Areas, m.Bounds)
		}
		if whole || l.view.Scope.single() {
			k.area = k.area.with(m.Bounds)
		}
	}
	return nil
}

// place notes where the chosen windows are.
func (k *Look) place() error {
	w, ok := k.limited.source.(interface{ Windows() ([]Window, error) })
	if !ok {
		return nil
	}
	all, err := w.Windows()
	if err != nil {
		return err
	}
	k.shot.Areas = nil
	for _, w := range all {
		if slices.Contains(k.limited.view.Scope.Windows, w.ID) {
			k.shot.Areas = append(k.shot.Areas, w.Bounds)
		}
	}
	return nil
}
