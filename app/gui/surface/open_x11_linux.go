//go:build !headless

package surface

import (
	"encoding/binary"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

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
