package overlay

import (
	"image"

	"github.com/jezek/xgb/xproto"
)

// window makes a window that nothing but eyes notices, with a picture on it.
// What of the picture is transparent is no part of the window.
func (d *display) window(at image.Point, p *image.RGBA) (xproto.Window, error) {
	id, err := xproto.NewWindowId(d.conn)
	if err != nil {
		return 0, err
	}
	picture, err := d.pixmap(p)
	if err != nil {
		return 0, err
	}
	defer xproto.FreePixmap(d.conn, picture)
	d.own[id] = true
	err = xproto.CreateWindowChecked(d.conn, d.screen.RootDepth, id, d.screen.Root, int16(at.X), int16(at.Y), uint16(p.Rect.Dx()), uint16(p.Rect.Dy()), 0,
		xproto.WindowClassInputOutput, d.screen.RootVisual, xproto.CwBackPixmap|xproto.CwOverrideRedirect, []uint32{uint32(picture), 1}).Check()
	if err != nil {
		return 0, err
	}
	xproto.ChangeProperty(d.conn, xproto.PropModeReplace, id, d.atom, xproto.AtomCardinal, 32, 1, []byte{1, 0, 0, 0})
	xproto.ChangeProperty(d.conn, xproto.PropModeReplace, id, xproto.AtomWmName, xproto.AtomString, 8, 8, []byte("Beistand"))
	return id, d.form(id, p)
}

func (d *display) drop(id xproto.Window) {
	if id != 0 {
		xproto.DestroyWindow(d.conn, id)
		delete(d.own, id)
	}
}
