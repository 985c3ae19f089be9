//go:build !headless

package surface

import (
	"encoding/binary"
	"image"

	"github.com/jezek/xgb/render"
	"github.com/jezek/xgb/xproto"
)

// show draws a rectangle of the picture into the window. Where the pointer is,
// both are put together out of sight, so that nothing flickers.
func (g *glass) show(j job, p put) error {
	from := g.levels[len(g.levels)-1].picture
	at := p.rect.Sub(j.view.offset)
	if !p.marked {
		g.compose(render.PictOpSrc, from, g.window, p.rect.Min, at)
		return nil
	}
	if err := g.point(j.shape); err != nil {
		return err
	}
	size := image.Rectangle{Max: p.rect.Size()}
	g.compose(render.PictOpSrc, from, g.patch.picture, p.rect.Min, size)
	g.compose(render.PictOpOver, g.pointer.picture, g.patch.picture, p.rect.Min.Sub(j.corner), size)
	xproto.CopyArea(g.of.conn, xproto.Drawable(g.patch.pixmap), xproto.Drawable(g.of.id), g.of.gc, 0, 0,
		int16(at.Min.X), int16(at.Min.Y), uint16(at.Dx()), uint16(at.Dy()))
	return nil
}

// point brings the pointer's shape to the server.
func (g *glass) point(shape *Shape) (err error) {
	if g.shape == shape {
		return nil
	}
	g.drop(g.pointer)
	g.drop(g.patch)
	g.shape, g.pointer, g.patch = nil, layer{}, layer{}
	if g.patch, err = g.layer(shape.Size, g.of.depth, g.opaque); err != nil {
		return err
	}
	if g.pointer, err = g.layer(shape.Size, 32, g.alpha); err != nil {
		return err
	}
	gc, err := xproto.NewGcontextId(g.of.conn)
	if err != nil {
		return err
	}
	xproto.CreateGC(g.of.conn, gc, xproto.Drawable(g.pointer.pixmap), 0, nil)
	defer xproto.FreeGC(g.of.conn, gc)
	rows := max(1, (g.of.longest-64)/(4*shape.Size.X))
	for y := 0; y < shape.Size.Y; y += rows {
		end := min(y+rows, shape.Size.Y)
		var data []byte
		for _, v := range shape.Pix[y*shape.Size.X : end*shape.Size.X] {
			data = binary.NativeEndian.AppendUint32(data, v)
		}
		xproto.PutImage(g.of.conn, xproto.ImageFormatZPixmap, xproto.Drawable(g.pointer.pixmap), gc,
			uint16(shape.Size.X), uint16(end-y), 0, int16(y), 0, 32, data)
	}
	g.shape = shape
	return nil
}
