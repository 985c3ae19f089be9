package pane

import (
	"errors"
	"image"

	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/app/lab/glass/film"
)

// Canvas is a full-screen window that a shared frame is put on.
type Canvas struct {
	*film.Frame

	d   *Display
	win xproto.Window
	gc  xproto.Gcontext
	id  shm.Seg
}

// NewCanvas opens one over the whole display.
func (d *Display) NewCanvas() (*Canvas, error) {
	s, err := NewSegment(d.W * d.H)
	if err != nil {
		return nil, err
	}
	c, err := d.CanvasOf(s)
	return c, errors.Join(err, s.Release())
}

// CanvasOf opens an override-redirect window over the whole display, with an
// invisible pointer. The segment may be shared with another display.
func (d *Display) CanvasOf(s *Segment) (*Canvas, error) {
	id, err := d.attach(s)
	if err != nil {
		return nil, err
	}
	c := d.conn
	win, err := xproto.NewWindowId(c)
	if err != nil {
		return nil, err
	}
	gc, err := xproto.NewGcontextId(c)
	if err != nil {
		return nil, err
	}
	pm, err := xproto.NewPixmapId(c)
	if err != nil {
		return nil, err
	}
	cur, err := xproto.NewCursorId(c)
	if err != nil {
		return nil, err
	}
	xproto.CreatePixmap(c, 1, pm, xproto.Drawable(d.root), 1, 1)
	xproto.CreateCursor(c, cur, pm, pm, 0, 0, 0, 0, 0, 0, 0, 0)
	err = xproto.CreateWindowChecked(c, 0, win, d.root, 0, 0, uint16(d.W), uint16(d.H), 0,
		xproto.WindowClassInputOutput, 0, xproto.CwOverrideRedirect|xproto.CwCursor,
		[]uint32{1, uint32(cur)}).Check()
	if err != nil {
		return nil, err
	}
	xproto.CreateGC(c, gc, xproto.Drawable(win), 0, nil)
	xproto.MapWindow(c, win)
	// The pointer is parked in the corner, where no program draws it over text.
	xproto.WarpPointer(c, 0, d.root, 0, 0, 0, 0, int16(d.W-1), int16(d.H/2))
	return &Canvas{&film.Frame{W: d.W, H: d.H, Pix: s.pix}, d, win, gc, id}, d.sync()
}

// Raise puts the window above whatever the measured program has opened.
func (c *Canvas) Raise() {
	xproto.ConfigureWindow(c.d.conn, c.win, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
}

// Put shows the rectangles in one step: no other client of the server can see
// some of them drawn and others not. It returns once the server is done.
func (c *Canvas) Put(rects []image.Rectangle) error {
	xproto.GrabServer(c.d.conn)
	for _, r := range rects {
		if r = r.Intersect(c.Bounds()); r.Empty() {
			continue
		}
		shm.PutImage(c.d.conn, xproto.Drawable(c.win), c.gc, uint16(c.W), uint16(c.H),
			uint16(r.Min.X), uint16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()),
			int16(r.Min.X), int16(r.Min.Y), 24, zPixmap, 0, c.id, 0)
	}
	xproto.UngrabServer(c.d.conn)
	return c.d.sync()
}
