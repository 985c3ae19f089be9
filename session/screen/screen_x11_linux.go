package screen

import (
	"errors"
	"fmt"
	"image"
	"strings"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// display reads an X11 server's root window.
type display struct {
	display string   // its name
	without string   // an extension that is not used to watch; "" but in tests
	names   sync.Map // xproto.Atom: string
	ears    ears

	mu    sync.Mutex // guards all below: one request at a time
	conn  *xgb.Conn  // nil when closed
	root  xproto.Window
	pixel pixelFormat
	randr bool     // the server has RandR 1.5
	shm   *segment // nil when memory cannot be shared with the server

	setup     *xproto.SetupInfo
	screen    *xproto.ScreenInfo
	composite bool                          // the server has that extension
	atoms     map[string]xproto.Atom        // by name
	watch     *watch                        // nil until windows must be known
	speaker   *speaker                      // with it
	last      places                        // of the last picture
	left      map[image.Rectangle]time.Time // places that hidden windows have left, and when
	saver     *bool                         // the server has that extension; nil is not asked
	shapes    *bool                         // likewise
}

// OpenX11 opens the X11 display of that name, ":0". The error is
// ErrUnavailable with the reason in words around it.
func OpenX11(name string) (Source, error) {
	x, err := x11.Open(name, ErrUnavailable, open11)
	if err != nil {
		return nil, err
	}
	x.display = name
	if local(name) { // elsewhere the number of a shared memory would mean another one
		x.shm = newSegment(x.conn, x.root)
	}
	return x, nil
}

func open11(conn *xgb.Conn) (*display, error) {
	setup := xproto.Setup(conn)
	def := setup.DefaultScreen(conn)
	pixel, err := findFormat(setup, def)
	if err != nil {
		return nil, err
	}
	x := &display{conn: conn, root: def.Root, pixel: pixel, setup: setup, screen: def, composite: hasComposite(conn), atoms: map[string]xproto.Atom{}, left: map[image.Rectangle]time.Time{}}
	x.randr = hasMonitors(conn)
	return x, nil
}

// local says whether the display's name means a server on this machine that
// is reached without a network.
func local(name string) bool {
	return strings.HasPrefix(name, ":") || strings.HasPrefix(name, "unix:") || strings.HasPrefix(name, "/")
}

func hasMonitors(conn *xgb.Conn) bool {
	if _, err := x11.Use(conn, "RANDR"); err != nil {
		return false
	}
	v, err := randr.QueryVersion(conn, 1, 5).Reply()
	return err == nil && (v.MajorVersion > 1 || v.MinorVersion >= 5)
}

func (x *display) Grab(m Monitor, dst *image.RGBA) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return ErrClosed
	}
	monitors, err := x.monitors()
	if err != nil {
		return fmt.Errorf("read monitor %q: %w", m.Name, err)
	}
	if err := Check(m, dst, monitors); err != nil {
		return fmt.Errorf("read monitor %q: %w", m.Name, err)
	}
	pixels, err := x.pixels(m.Bounds)
	if err != nil {
		var match xproto.MatchError // the desktop has become smaller since
		if errors.As(err, &match) {
			err = ErrChanged
		}
		return fmt.Errorf("read monitor %q: %w", m.Name, err)
	}
	x.pixel.convert(dst, pixels)
	return nil
}

// pixels is what the server shows in r, four bytes a pixel, valid until the next call.
func (x *display) pixels(r image.Rectangle) ([]byte, error) {
	return x.read(xproto.Drawable(x.root), r)
}

func (x *display) read(from xproto.Drawable, r image.Rectangle) ([]byte, error) {
	if x.shm != nil {
		return x.shm.read(x.conn, from, r)
	}
	return x.pixelsOf(from, r)
}

// pixelsOf is what stands in r of a window or a pixmap, four bytes a pixel.
func (x *display) pixelsOf(d xproto.Drawable, r image.Rectangle) ([]byte, error) {
	reply, err := xproto.GetImage(x.conn, xproto.ImageFormatZPixmap, d,
		int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()), allPlanes).Reply()
	if err != nil {
		return nil, err
	}
	if len(reply.Data) < 4*r.Dx()*r.Dy() {
		return nil, fmt.Errorf("the server gave %d bytes for %v", len(reply.Data), r.Size())
	}
	return reply.Data, nil
}

const allPlanes = 0xffffffff

func (x *display) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return nil
	}
	var err error
	if x.shm != nil {
		err = x.shm.close(x.conn)
	}
	x.conn.Close()
	x.conn = nil
	x.ears.wake() // who waits finds out
	if x.watch != nil {
		<-x.watch.done
	}
	return err
}
