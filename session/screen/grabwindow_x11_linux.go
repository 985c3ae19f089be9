package screen

import (
	"errors"
	"fmt"
	"image"

	"github.com/jezek/xgb/xproto"
)

// maxWindowPixels bounds one window's picture; an 8K monitor has 33 million.
const maxWindowPixels = 64 << 20

func (x *display) GrabWindow(id uint32) (WindowPicture, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return WindowPicture{}, ErrClosed
	}
	p, err := x.grabWindow(xproto.Window(id))
	if err != nil {
		var gone xproto.WindowError
		var also xproto.DrawableError
		if errors.As(err, &gone) || errors.As(err, &also) {
			err = ErrNoWindow
		}
		return p, fmt.Errorf("read window %#x: %w", id, err)
	}
	return p, nil
}

func (x *display) grabWindow(id xproto.Window) (WindowPicture, error) {
	if !x.shown(id) {
		return WindowPicture{}, ErrNoWindow
	}
	bounds, err := x.bounds(id)
	if err != nil {
		return WindowPicture{}, err
	}
	if n := bounds.Dx() * bounds.Dy(); n == 0 || n > maxWindowPixels {
		return WindowPicture{}, fmt.Errorf("it has %d x %d pixels, which is not a size to take a picture of", bounds.Dx(), bounds.Dy())
	}
	frame, err := x.frame(id)
	if err != nil {
		return WindowPicture{}, err
	}
	picture := image.NewRGBA(image.Rectangle{Max: bounds.Size()})
	if x.composite {
		if p, err := x.ownPixels(frame, bounds, picture); err == nil {
			return p, nil
		}
	}
	desktop, err := x.desktop()
	if err != nil {
		return WindowPicture{}, err
	}
	hidden, err := x.covering(frame, bounds)
	if err != nil {
		return WindowPicture{}, err
	}
	visible := bounds.Intersect(desktop)
	if !visible.Empty() {
		pixels, err := x.pixels(visible)
		if err != nil {
			return WindowPicture{}, err
		}
		x.pixel.convert(picture.SubImage(visible.Sub(bounds.Min)).(*image.RGBA), pixels)
	}
	for _, r := range hidden {
		blacken(picture, r.Sub(bounds.Min))
	}
	opaque(picture)
	return WindowPicture{Image: picture, Bounds: bounds, Missing: visible != bounds || len(hidden) > 0}, nil
}

func (x *display) desktop() (image.Rectangle, error) {
	g, err := xproto.GetGeometry(x.conn, xproto.Drawable(x.root)).Reply()
	if err != nil {
		return image.Rectangle{}, err
	}
	return image.Rect(0, 0, int(g.Width), int(g.Height)), nil
}

// frame is the window right on the desktop that a window lies in: what the
// window manager has drawn around it, or itself.
func (x *display) frame(id xproto.Window) (xproto.Window, error) {
	for range 32 { // nobody nests deeper; windows that move meanwhile could make a ring
		tree, err := xproto.QueryTree(x.conn, id).Reply()
		if err != nil {
			return 0, err
		}
		if tree.Parent == x.root || tree.Parent == 0 {
			return id, nil
		}
		id = tree.Parent
	}
	return 0, errors.New("it lies too deep in other windows")
}

// covering gives the parts of bounds that lie below other windows.
func (x *display) covering(frame xproto.Window, bounds image.Rectangle) ([]image.Rectangle, error) {
	tree, err := xproto.QueryTree(x.conn, x.root).Reply()
	if err != nil {
		return nil, err
	}
	var parts []image.Rectangle
	above := false
	for _, id := range tree.Children { // the lowest first
		if !above || !x.shown(id) {
			above = above || id == frame
			continue
		}
		outer, err := x.outer(id)
		if err != nil {
			continue // it has just gone
		}
		if part := outer.Intersect(bounds); !part.Empty() {
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// outer is where a window right on the desktop is, with its border.
func (x *display) outer(id xproto.Window) (image.Rectangle, error) {
	g, err := xproto.GetGeometry(x.conn, xproto.Drawable(id)).Reply()
	if err != nil {
		return image.Rectangle{}, err
	}
	border := 2 * int(g.BorderWidth)
	return image.Rect(0, 0, int(g.Width)+border, int(g.Height)+border).Add(image.Pt(int(g.X), int(g.Y))), nil
}

func opaque(p *image.RGBA) {
	for i := 3; i < len(p.Pix); i += 4 {
		p.Pix[i] = 0xff
	}
}
