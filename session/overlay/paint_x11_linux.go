package overlay

import (
	"image"

	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"
)

// maxRequest bounds the pixels of one request: without extensions, the
// protocol has 256 kB for one.
const maxRequest = 128 << 10

// pixmap is a picture at the server.
func (d *display) pixmap(p *image.RGBA) (xproto.Pixmap, error) {
	id, err := xproto.NewPixmapId(d.conn)
	if err != nil {
		return 0, err
	}
	width, height := p.Rect.Dx(), p.Rect.Dy()
	err = xproto.CreatePixmapChecked(d.conn, d.screen.RootDepth, id, xproto.Drawable(d.screen.Root), uint16(width), uint16(height)).Check()
	if err != nil {
		return 0, err
	}
	gc, err := xproto.NewGcontextId(d.conn)
	if err != nil {
		return 0, err
	}
	xproto.CreateGC(d.conn, gc, xproto.Drawable(id), 0, nil)
	defer xproto.FreeGC(d.conn, gc)
	rows := max(1, maxRequest/(4*width))
	for y := 0; y < height; y += rows {
		n := min(rows, height-y)
		data := make([]byte, 0, 4*width*n)
		for i := range width * n {
			c := p.RGBAAt(i%width, y+i/width)
			if d.setup.ImageByteOrder == xproto.ImageOrderMSBFirst {
				data = append(data, 0xff, c.R, c.G, c.B)
			} else {
				data = append(data, c.B, c.G, c.R, 0xff)
			}
		}
		err := xproto.PutImageChecked(d.conn, xproto.ImageFormatZPixmap, xproto.Drawable(id), gc, uint16(width), uint16(n), 0, int16(y), 0, d.screen.RootDepth, data).Check()
		if err != nil {
			return 0, err
		}
	}
	return id, nil
}

// form cuts a window to what is not transparent, and has all clicks go through.
func (d *display) form(id xproto.Window, p *image.RGBA) error {
	var parts []xproto.Rectangle
	for y := range p.Rect.Dy() {
		for x := 0; x < p.Rect.Dx(); x++ {
			from := x
			for x < p.Rect.Dx() && p.RGBAAt(x, y).A != 0 {
				x++
			}
			if x > from {
				parts = append(parts, xproto.Rectangle{X: int16(from), Y: int16(y), Width: uint16(x - from), Height: 1})
			}
		}
	}
	err := shape.RectanglesChecked(d.conn, shape.SoSet, shape.SkBounding, xproto.ClipOrderingUnsorted, id, 0, 0, parts).Check()
	if err != nil {
		return err
	}
	return shape.RectanglesChecked(d.conn, shape.SoSet, shape.SkInput, xproto.ClipOrderingUnsorted, id, 0, 0, nil).Check()
}
