package screen

import (
	"bytes"
	"errors"
	"image"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/composite"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// hasComposite says whether windows can have pixels of their own (Composite
// protocol, 0.2: NameWindowPixmap).
func hasComposite(conn *xgb.Conn) bool {
	if _, err := x11.Use(conn, "Composite"); err != nil {
		return false
	}
	v, err := composite.QueryVersion(conn, 0, 4).Reply()
	return err == nil && (v.MajorVersion > 0 || v.MinorVersion >= 2)
}

// A window that did not have pixels of its own is asked to paint what was
// hidden. It is looked at every paintLook until all is painted and nothing
// changes any more, and not longer than paintLimit: a program that hangs does
// not paint at all.
const (
	paintLook  = 50 * time.Millisecond
	paintLimit = 1200 * time.Millisecond
)

// notPainted marks pixels that the window's program has not painted yet: red,
// green and blue, a colour that nobody chooses.
var notPainted = [3]byte{0xfb, 0x03, 0xf7}

// ownPixels takes what a window has itself, whatever lies over it. On a
// desktop with a compositor every frame has its own pixels already. Elsewhere
// it is given some for a moment, where what was covered is marked until the
// program has painted it; on the screen nothing changes.
func (x *display) ownPixels(frame xproto.Window, bounds image.Rectangle, picture *image.RGBA) (WindowPicture, error) {
	format, err := x.formatOfWindow(frame)
	if err != nil {
		return WindowPicture{}, err
	}
	outer, err := x.outer(frame)
	if err != nil {
		return WindowPicture{}, err
	}
	inner := bounds.Sub(outer.Min)
	own, err := x.pixmapOf(frame)
	if err == nil {
		defer xproto.FreePixmap(x.conn, own)
		pixels, err := x.pixelsOf(xproto.Drawable(own), inner)
		if err != nil {
			return WindowPicture{}, err
		}
		format.convert(picture, pixels)
		return WindowPicture{Image: picture, Bounds: bounds}, nil
	}
	hidden, err := x.hidden(frame, bounds)
	if err != nil {
		return WindowPicture{}, err
	}
	if len(hidden) == 0 {
		return WindowPicture{}, errors.New("all of it can be seen")
	}
	mark := format.value(notPainted, x.setup.ImageByteOrder == xproto.ImageOrderMSBFirst)
	own, err = x.redirect(frame, mark, hidden, outer.Min)
	if err != nil {
		return WindowPicture{}, err
	}
	defer composite.UnredirectWindow(x.conn, frame, composite.RedirectAutomatic)
	defer xproto.FreePixmap(x.conn, own)
	for begin := time.Now(); ; time.Sleep(paintLook) {
		pixels, err := x.pixelsOf(xproto.Drawable(own), inner)
		if err != nil {
			return WindowPicture{}, err
		}
		before := bytes.Clone(picture.Pix)
		format.convert(picture, pixels)
		late := time.Since(begin) > paintLimit
		if late || bytes.Equal(before, picture.Pix) && !marked(picture) {
			return WindowPicture{Image: picture, Bounds: bounds, Missing: unmark(picture)}, nil
		}
	}
}

func (x *display) formatOfWindow(id xproto.Window) (pixelFormat, error) {
	a, err := xproto.GetWindowAttributes(x.conn, id).Reply()
	if err != nil {
		return pixelFormat{}, err
	}
	g, err := xproto.GetGeometry(x.conn, xproto.Drawable(id)).Reply()
	if err != nil {
		return pixelFormat{}, err
	}
	return formatOf(x.setup, x.screen, g.Depth, a.Visual)
}

// pixmapOf names the pixels that a window has, if it has its own.
func (x *display) pixmapOf(id xproto.Window) (xproto.Pixmap, error) {
	own, err := xproto.NewPixmapId(x.conn)
	if err != nil {
		return 0, err
	}
	return own, composite.NameWindowPixmapChecked(x.conn, id, own).Check()
}

// hidden is covering, with what lies outside of the screen.
func (x *display) hidden(frame xproto.Window, bounds image.Rectangle) ([]image.Rectangle, error) {
	parts, err := x.covering(frame, bounds)
	if err != nil {
		return nil, err
	}
	d, err := x.desktop()
	if err != nil {
		return nil, err
	}
	for _, beside := range []image.Rectangle{
		image.Rect(bounds.Min.X, bounds.Min.Y, bounds.Max.X, d.Min.Y), image.Rect(bounds.Min.X, d.Max.Y, bounds.Max.X, bounds.Max.Y),
		image.Rect(bounds.Min.X, bounds.Min.Y, d.Min.X, bounds.Max.Y), image.Rect(d.Max.X, bounds.Min.Y, bounds.Max.X, bounds.Max.Y),
	} {
		if part := beside.Intersect(bounds); !part.Empty() {
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// redirect gives a window its own pixels and marks the hidden ones. Nobody
// else's requests come between, so that what is painted comes after the mark.
func (x *display) redirect(frame xproto.Window, mark uint32, hidden []image.Rectangle, at image.Point) (xproto.Pixmap, error) {
	xproto.GrabServer(x.conn)
	defer x.conn.Sync()
	defer xproto.UngrabServer(x.conn)
	if err := composite.RedirectWindowChecked(x.conn, frame, composite.RedirectAutomatic).Check(); err != nil {
		return 0, err
	}
	own, err := x.pixmapOf(frame)
	if err == nil {
		err = x.mark(own, mark, hidden, at)
	}
	if err != nil {
		composite.UnredirectWindow(x.conn, frame, composite.RedirectAutomatic)
	}
	return own, err
}

func (x *display) mark(own xproto.Pixmap, colour uint32, hidden []image.Rectangle, at image.Point) error {
	gc, err := xproto.NewGcontextId(x.conn)
	if err != nil {
		return err
	}
	if err := xproto.CreateGCChecked(x.conn, gc, xproto.Drawable(own), xproto.GcForeground, []uint32{colour}).Check(); err != nil {
		return err
	}
	defer xproto.FreeGC(x.conn, gc)
	var areas []xproto.Rectangle
	for _, r := range hidden {
		r = r.Sub(at)
		areas = append(areas, xproto.Rectangle{X: int16(r.Min.X), Y: int16(r.Min.Y), Width: uint16(r.Dx()), Height: uint16(r.Dy())})
	}
	return xproto.PolyFillRectangleChecked(x.conn, xproto.Drawable(own), gc, areas).Check()
}

func marked(p *image.RGBA) bool {
	for i := 0; i+3 < len(p.Pix); i += 4 {
		if [3]byte(p.Pix[i:i+3]) == notPainted {
			return true
		}
	}
	return false
}

// unmark makes what was not painted black, and says whether there was any.
func unmark(p *image.RGBA) (missing bool) {
	for i := 0; i+3 < len(p.Pix); i += 4 {
		if [3]byte(p.Pix[i:i+3]) == notPainted {
			p.Pix[i], p.Pix[i+1], p.Pix[i+2], missing = 0, 0, 0, true
		}
	}
	return missing
}
