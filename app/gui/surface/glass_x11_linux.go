//go:build !headless

package surface

import (
	"fmt"
	"image"

	"github.com/jezek/xgb/render"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// glass has the X server scale (X Rendering Extension, 0.10 for the edges): the
// picture lies in a pixmap there and is seen through a transformation. A
// bilinear filter looks at two pixels by two, so what is made smaller than half
// is halved first, as often as that.
type glass struct {
	of     *window
	opaque render.Pictformat // of the window
	alpha  render.Pictformat // of pointers
	window render.Picture

	levels []layer // the picture, its half, its quarter ...
	whole  image.Point
	scaled image.Point

	shape   *Shape // that pointer has
	pointer layer
	patch   layer // around the pointer
}

// layer is a pixmap and how it is drawn from.
type layer struct {
	pixmap  xproto.Pixmap
	picture render.Picture
	size    image.Point
}

// newGlass gives nil when the server lacks what it needs.
func newGlass(w *window) *glass {
	if _, err := x11.Use(w.conn, "RENDER"); err != nil {
		return nil
	}
	v, err := render.QueryVersion(w.conn, 0, 11).Reply()
	if err != nil || v.MajorVersion == 0 && v.MinorVersion < 10 {
		return nil
	}
	formats, err := render.QueryPictFormats(w.conn).Reply()
	if err != nil || len(formats.Screens) == 0 {
		return nil
	}
	g := &glass{of: w}
	setup := xproto.Setup(w.conn)
	for _, d := range formats.Screens[min(w.conn.DefaultScreen, len(formats.Screens)-1)].Depths {
		for _, visual := range d.Visuals {
			if visual.Visual == setup.DefaultScreen(w.conn).RootVisual {
				g.opaque = visual.Format
			}
		}
	}
	for _, f := range formats.Formats {
		d := f.Direct
		if f.Depth == 32 && d.AlphaMask == 0xff && d.AlphaShift == 24 && d.RedMask == 0xff && d.RedShift == 16 && d.GreenShift == 8 && d.BlueShift == 0 {
			g.alpha = f.Id
		}
	}
	if g.opaque == 0 || g.alpha == 0 {
		return nil
	}
	if g.window, err = g.draws(xproto.Drawable(w.id), g.opaque); err != nil {
		return nil
	}
	return g
}

// draws makes a picture, as the extension calls it, of something to draw on.
func (g *glass) draws(on xproto.Drawable, format render.Pictformat) (render.Picture, error) {
	id, err := render.NewPictureId(g.of.conn)
	if err != nil {
		return 0, err
	}
	return id, render.CreatePictureChecked(g.of.conn, id, on, format, render.CpRepeat, []uint32{render.RepeatPad}).Check()
}

func (g *glass) layer(size image.Point, depth byte, format render.Pictformat) (l layer, err error) {
	c := g.of.conn
	if l.pixmap, err = xproto.NewPixmapId(c); err != nil {
		return l, err
	}
	err = xproto.CreatePixmapChecked(c, depth, l.pixmap, xproto.Drawable(g.of.id), uint16(size.X), uint16(size.Y)).Check()
	if err != nil {
		return l, fmt.Errorf("make a pixmap of %v: %w", size, err)
	}
	l.size = size
	l.picture, err = g.draws(xproto.Drawable(l.pixmap), format)
	return l, err
}

func (g *glass) drop(l layer) {
	if l.pixmap != 0 {
		render.FreePicture(g.of.conn, l.picture)
		xproto.FreePixmap(g.of.conn, l.pixmap)
	}
}

// renew brings to the server what of the picture it does not have.
func (g *glass) renew(j job) error {
	if g.whole != j.view.picture || g.scaled != j.view.scaled {
		if err := g.build(j.view); err != nil {
			return err
		}
	}
	for _, r := range j.fresh {
		if err := g.of.give(xproto.Drawable(g.levels[0].pixmap), j.back, r, image.Point{}); err != nil {
			return err
		}
		for i, l := range g.levels[1:] {
			r = image.Rect(r.Min.X/2, r.Min.Y/2, (r.Max.X+1)/2, (r.Max.Y+1)/2).Intersect(image.Rectangle{Max: l.size})
			g.compose(render.PictOpSrc, g.levels[i].picture, l.picture, r.Min, r)
		}
	}
	return nil
}

// build makes the pixmaps that a view needs.
func (g *glass) build(v view) error {
	for _, l := range g.levels {
		g.drop(l)
	}
	g.levels, g.whole, g.scaled = nil, image.Point{}, image.Point{}
	size, times := v.picture, 1
	for {
		l, err := g.layer(size, g.of.depth, g.opaque)
		if err != nil {
			return err
		}
		g.levels = append(g.levels, l)
		half := image.Pt((size.X+1)/2, (size.Y+1)/2)
		if half.X < v.scaled.X || half.Y < v.scaled.Y || half == size {
			break
		}
		if err := g.see(l, 2, 2); err != nil {
			return err
		}
		size, times = half, 2*times
	}
	x := float64(v.picture.X) / float64(times*v.scaled.X)
	y := float64(v.picture.Y) / float64(times*v.scaled.Y)
	if err := g.see(g.levels[len(g.levels)-1], x, y); err != nil {
		return err
	}
	g.whole, g.scaled = v.picture, v.scaled
	return nil
}

// see has a layer seen so many times smaller.
func (g *glass) see(l layer, x, y float64) error {
	const one, filter = 1 << 16, "bilinear"
	err := render.SetPictureTransformChecked(g.of.conn, l.picture, render.Transform{
		Matrix11: render.Fixed(x*one + 0.5), Matrix22: render.Fixed(y*one + 0.5), Matrix33: one,
	}).Check()
	if err != nil {
		return err
	}
	return render.SetPictureFilterChecked(g.of.conn, l.picture, uint16(len(filter)), filter, nil).Check()
}

// compose draws r of to from what lies at min in from.
func (g *glass) compose(op byte, from, to render.Picture, min image.Point, r image.Rectangle) {
	if r.Empty() {
		return
	}
	render.Composite(g.of.conn, op, from, 0, to, int16(min.X), int16(min.Y), 0, 0, int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()))
}
