package screen

import (
	"errors"
	"image"
)

// read brings the picture up to date, and says what may differ, in the picture.
func (k *Look) read(c Change) (damage region, err error) {
	l := k.limited
	if len(k.area) == 0 { // nothing may be seen
		l.tell(nil)
		return nil, nil
	}
	if !c.Untold && !l.view.Scope.mixed() {
		damage, err = k.follow(c)
		if !errors.Is(err, ErrUntold) {
			return damage, err
		}
	}
	if k.told != nil {
		tell(k.again)
	}
	return k.poll()
}

// follow reads what was told to have changed, and what was not seen before.
func (k *Look) follow(c Change) (region, error) {
	var parts region
	if unseen := k.area.less(k.seen); len(unseen) > 0 || len(c.Damage) > 0 {
		parts = few(k.area.within(unseen.join(c.Damage))).within(k.area)
	}
	view := View{Scope: Scope{All: !k.limited.view.Scope.single(), Windows: k.limited.view.Scope.Windows}, Hide: k.limited.view.Hide}
	now, err := k.told.Read(Reading{View: view, Area: k.area, Parts: parts, Into: k.shot.Picture, Origin: k.shot.Origin})
	if errors.Is(err, ErrPlaces) || errors.Is(err, ErrLocked) {
		tell(k.again) // nothing tells of its end
		k.limited.tell(err)
		was := k.seen.join(k.polled)
		k.paint(was.plus(parts))
		k.seen, k.polled = nil, nil
		return k.inside(was), nil
	}
	if err != nil {
		return nil, err
	}
	k.limited.tell(nil)
	if now.Again {
		tell(k.again)
	}
	gone := k.seen.join(k.polled).less(now.Parts)
	k.paint(parts.less(now.Parts).plus(gone))
	k.seen, k.polled = now.Parts, nil
	return k.inside(parts.within(now.Parts).plus(gone)), nil
}

// paint makes parts of the desktop black in the picture.
func (k *Look) paint(parts region) {
	for _, r := range parts {
		k.shot.Picture.Fill(r.Sub(k.shot.Origin), 0)
	}
}

// inside is where parts of the desktop are in the picture.
func (k *Look) inside(parts region) region {
	var moved region
	for _, r := range parts {
		if r = r.Sub(k.shot.Origin).Intersect(k.shot.Picture.Rect); !r.Empty() {
			moved = append(moved, r)
		}
	}
	return moved
}

// cursor places the pointer, if it stands where something is seen.
func (k *Look) cursor(p Pointer) {
	shape := p.Shape
	if !k.shows(p.At) {
		shape = nil
	}
	c := &k.shot.Cursor
	if shape != k.pointer {
		k.pointer = shape
		c.Serial++
	}
	c.Shape, c.At = shape, p.At.Sub(k.shot.Origin)
	if shape == nil {
		c.At = image.Point{}
	}
}

func (k *Look) shows(p image.Point) bool {
	for _, r := range k.seen.join(k.polled) {
		if p.In(r) {
			return true
		}
	}
	return false
}
