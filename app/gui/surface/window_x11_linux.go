//go:build !headless

package surface

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// window is a child of Fyne's window on an X11 display, through a connection
// of its own. It lets everything that mouse and keyboard do fall through.
type window struct {
	name    string // the display's
	conn    *xgb.Conn
	parent  xproto.Window
	id      xproto.Window
	gc      xproto.Gcontext
	depth   byte
	shares  bool   // MIT-SHM serves
	glass   *glass // nil: the server does not scale
	longest int    // bytes of one request

	at      image.Rectangle
	visible bool
	events  chan happening
	closing chan struct{}
	reader  sync.WaitGroup
}

// opener gives what opens a display in Fyne's window, on another goroutine; it
// is called on the user interface's thread. nil: there is no such display.
func opener(w fyne.Window) func() (display, error) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return nil
	}
	var parent uintptr
	native.RunNative(func(context any) {
		if x, ok := context.(driver.X11WindowContext); ok {
			parent = x.WindowHandle
		}
	})
	if parent == 0 {
		return nil
	}
	return func() (display, error) {
		name, err := x11.Display()
		if err != nil {
			return nil, err
		}
		return openWindow(name, xproto.Window(parent))
	}
}

// openWindow makes the window in parent, hidden.
func openWindow(name string, parent xproto.Window) (_ *window, err error) {
	conn, err := x11.Connect(name)
	if err != nil {
		return nil, fmt.Errorf("open display %q: %w", name, err)
	}
	w := &window{name: name, conn: conn, parent: parent, events: make(chan happening, 16), closing: make(chan struct{})}
	if err := w.create(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("show pictures on display %q: %w", name, err)
	}
	w.reader.Go(w.read)
	return w, nil
}

func (w *window) create() (err error) {
	setup := xproto.Setup(w.conn)
	screen := setup.DefaultScreen(w.conn)
	w.depth, w.longest = screen.RootDepth, 4*int(setup.MaximumRequestLength)
	if !usual(setup, screen) {
		return errors.New("its pixels are not 24 bits of red, green and blue")
	}
	if w.id, err = xproto.NewWindowId(w.conn); err != nil {
		return err
	}
	// Its own depth and colours, whatever the parent's are. No background: what
	// was seen stays until something else is put, so nothing flickers.
	err = xproto.CreateWindowChecked(w.conn, w.depth, w.id, w.parent, 0, 0, 1, 1, 0, xproto.WindowClassInputOutput,
		screen.RootVisual, xproto.CwBorderPixel|xproto.CwBitGravity|xproto.CwEventMask|xproto.CwColormap,
		[]uint32{0, xproto.GravityNorthWest, xproto.EventMaskExposure, uint32(screen.DefaultColormap)}).Check()
	if err != nil {
		return err
	}
	if w.gc, err = xproto.NewGcontextId(w.conn); err != nil {
		return err
	}
	if err := xproto.CreateGCChecked(w.conn, w.gc, xproto.Drawable(w.id), xproto.GcGraphicsExposures, []uint32{0}).Check(); err != nil {
		return err
	}
	if err := xproto.ChangeWindowAttributesChecked(w.conn, w.parent, xproto.CwEventMask, []uint32{xproto.EventMaskStructureNotify}).Check(); err != nil {
		return err
	}
	if _, err := x11.Use(w.conn, "SHAPE"); err == nil {
		// The pointer passes through, so that the parent is not told that it has left.
		_ = shape.RectanglesChecked(w.conn, shape.SoSet, shape.SkInput, 0, w.id, 0, 0, nil).Check() // without it events still reach the parent
	}
	if _, err := x11.Use(w.conn, "MIT-SHM"); err == nil {
		w.shares = w.sees()
	}
	w.glass = newGlass(w)
	return nil
}

// usual says that a pixel is 0x00RRGGBB in this machine's order.
func usual(setup *xproto.SetupInfo, screen *xproto.ScreenInfo) bool {
	if little := binary.NativeEndian.Uint16([]byte{1, 0}) == 1; little != (setup.ImageByteOrder == xproto.ImageOrderLSBFirst) {
		return false
	}
	bits := byte(0)
	for _, f := range setup.PixmapFormats {
		if f.Depth == screen.RootDepth {
			bits = f.BitsPerPixel
		}
	}
	for _, d := range screen.AllowedDepths {
		for _, v := range d.Visuals {
			if v.VisualId == screen.RootVisual {
				return bits == 32 && v.Class == xproto.VisualClassTrueColor && v.RedMask == 0xff0000 && v.GreenMask == 0xff00 && v.BlueMask == 0xff
			}
		}
	}
	return false
}

// read passes on what the server tells.
func (w *window) read() {
	defer close(w.events)
	for {
		event, err := w.conn.WaitForEvent()
		var h happening
		switch e := event.(type) {
		case nil:
			if err == nil { // the connection is closed
				return
			}
			continue // a request for a window that is gone; the server tells that too
		case xproto.ExposeEvent:
			h.exposed = image.Rect(int(e.X), int(e.Y), int(e.X)+int(e.Width), int(e.Y)+int(e.Height))
		case xproto.UnmapNotifyEvent:
			h.away = e.Window == w.parent
		case xproto.MapNotifyEvent:
			h.back = e.Window == w.parent
		case xproto.DestroyNotifyEvent:
			if e.Window == w.parent || e.Window == w.id {
				return
			}
		}
		if h == (happening{}) {
			continue
		}
		select {
		case w.events <- h:
		case <-w.closing:
			return
		}
	}
}

func (w *window) happened() <-chan happening { return w.events }

func (w *window) alloc(r image.Rectangle) *store {
	if w.shares {
		if s, err := newSegment(r); err == nil {
			return s
		}
	}
	return heap(r)
}

func (w *window) place(at image.Rectangle, visible bool) (fresh bool, err error) {
	visible = visible && !at.Empty()
	if visible && at != w.at {
		fresh = at.Size() != w.at.Size()
		w.at = at
		xproto.ConfigureWindow(w.conn, w.id, xproto.ConfigWindowX|xproto.ConfigWindowY|xproto.ConfigWindowWidth|xproto.ConfigWindowHeight,
			[]uint32{uint32(int32(at.Min.X)), uint32(int32(at.Min.Y)), uint32(at.Dx()), uint32(at.Dy())})
	}
	if visible == w.visible {
		return fresh, nil
	}
	w.visible = visible
	if !visible {
		return false, xproto.UnmapWindowChecked(w.conn, w.id).Check()
	}
	return true, xproto.MapWindowChecked(w.conn, w.id).Check()
}

func (w *window) scales() bool { return w.glass != nil }

func (w *window) put(j job) error {
	if len(j.fresh) > 0 {
		if err := w.glass.renew(j); err != nil {
			return err
		}
	}
	for _, p := range j.puts {
		var err error
		if p.from == nil {
			err = w.glass.show(j, p)
		} else {
			err = w.give(xproto.Drawable(w.id), p.from, p.rect, j.view.offset)
		}
		if err != nil {
			return err
		}
	}
	// The server answers in turn: when this is answered, everything is shown.
	_, err := xproto.GetInputFocus(w.conn).Reply()
	return err
}

// give brings a rectangle to a window or pixmap, whose corner is origin.
func (w *window) give(to xproto.Drawable, from *store, r image.Rectangle, origin image.Point) error {
	if _, shared := from.shared.(*segment); shared {
		return w.share(to, from, r, origin)
	}
	// In pieces that a request can carry.
	rows := max(1, (w.longest-64)/(4*r.Dx()))
	for y := r.Min.Y; y < r.Max.Y; y += rows {
		end := min(y+rows, r.Max.Y)
		data := make([]byte, 0, 4*r.Dx()*(end-y))
		for row := y; row < end; row++ {
			for _, v := range from.Row(row, r.Min.X, r.Max.X) {
				data = binary.NativeEndian.AppendUint32(data, v)
			}
		}
		xproto.PutImage(w.conn, xproto.ImageFormatZPixmap, to, w.gc, uint16(r.Dx()), uint16(end-y),
			int16(r.Min.X-origin.X), int16(y-origin.Y), 0, w.depth, data)
	}
	return nil
}

func (w *window) close() {
	close(w.closing)
	w.conn.Close()
	w.reader.Wait()
}
