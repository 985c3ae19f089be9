package screen

import (
	"image"
	"slices"

	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// uncovered is what of the chosen windows no other window covers.
func (x *display) uncovered(p places, chosen map[xproto.Window]bool, within region) region {
	var seen region
	for i, id := range p.order {
		if !chosen[id] {
			continue
		}
		mine := x.form(id, p.tops[id].bounds).within(within)
		for _, above := range p.order[i+1:] {
			mine = mine.without(p.tops[above].bounds)
		}
		seen = append(seen, mine...)
	}
	return seen
}

// form is where a window is its own: one with round corners or holes shows
// what lies below (SHAPE 1.1). A window that says nothing has no place.
func (x *display) form(id xproto.Window, bounds image.Rectangle) region {
	if x.shapes == nil {
		_, err := x11.Use(x.conn, "SHAPE")
		has := err == nil
		x.shapes = &has
	}
	if !*x.shapes {
		return region{bounds}
	}
	reply, err := shape.GetRectangles(x.conn, id, shape.SkBounding).Reply()
	g, gErr := xproto.GetGeometry(x.conn, xproto.Drawable(id)).Reply()
	if err != nil || gErr != nil {
		return nil
	}
	content := bounds.Min.Add(image.Pt(int(g.BorderWidth), int(g.BorderWidth)))
	var form region
	for _, r := range slices.Clone(reply.Rectangles) {
		part := image.Rect(0, 0, int(r.Width), int(r.Height)).Add(image.Pt(int(r.X), int(r.Y))).Add(content)
		form = append(form, part.Intersect(bounds))
	}
	return form
}
