package overlay

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// display shows on an X11 server's desktop, in windows that let everything
// through (SHAPE 1.1).
type display struct {
	conn    *xgb.Conn
	screen  *xproto.ScreenInfo
	setup   *xproto.SetupInfo
	randr   byte          // number of its first event; 0 without it
	atom    xproto.Atom   // says that a window is an overlay
	changed chan struct{} // something has moved; holds one
	end     chan struct{} // closed by Close
	wait    sync.WaitGroup
	layout  atomic.Bool // the keyboard's may have changed

	mu     sync.Mutex // guards all below
	closed bool
	areas  []Area
	frames map[Area]*frame
	mark   mark
	keys   hotkey
	own    map[xproto.Window]bool // windows of this overlay
}

// OpenX11 opens the X11 display of that name, ":0". The error is
// ErrUnavailable with the reason in words around it.
func OpenX11(name string) (Overlay, error) {
	d, err := x11.Open(name, ErrUnavailable, open11)
	if err != nil {
		return nil, err
	}
	return d, nil
}

func open11(conn *xgb.Conn) (*display, error) {
	if _, err := x11.Use(conn, "SHAPE"); err != nil { // without it, frames would take clicks
		return nil, err
	}
	setup := xproto.Setup(conn)
	d := &display{
		conn: conn, setup: setup, screen: setup.DefaultScreen(conn), changed: make(chan struct{}, 1), end: make(chan struct{}),
		frames: map[Area]*frame{}, own: map[xproto.Window]bool{},
	}
	if d.screen.RootDepth != 24 && d.screen.RootDepth != 32 {
		return nil, fmt.Errorf("its depth of %d is not supported", d.screen.RootDepth)
	}
	const name = "_BEISTAND_OVERLAY"
	atom, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return nil, err
	}
	d.atom = atom.Atom
	if ext, err := x11.Use(conn, "RANDR"); err == nil {
		if v, err := randr.QueryVersion(conn, 1, 5).Reply(); err == nil && (v.MajorVersion > 1 || v.MinorVersion >= 5) {
			d.randr = ext.Event
			randr.SelectInput(conn, d.screen.Root, randr.NotifyMaskScreenChange|randr.NotifyMaskCrtcChange|randr.NotifyMaskOutputChange)
		}
	}
	err = xproto.ChangeWindowAttributesChecked(conn, d.screen.Root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskSubstructureNotify | xproto.EventMaskStructureNotify}).Check()
	if err != nil {
		return nil, err
	}
	d.wait.Go(d.hear)
	d.wait.Go(d.follow)
	return d, nil
}

// hear takes in all events, and never waits for the server itself.
func (d *display) hear() {
	for {
		event, err := d.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		switch e := event.(type) {
		case xproto.KeyPressEvent:
			d.press(e)
		case xproto.MappingNotifyEvent:
			d.layout.Store(true)
			d.moved(0)
		case xproto.ConfigureNotifyEvent:
			d.moved(e.Window)
		case xproto.MapNotifyEvent:
			d.moved(e.Window)
		case xproto.UnmapNotifyEvent:
			d.moved(e.Window)
		case xproto.DestroyNotifyEvent:
			d.moved(e.Window)
		case xproto.ReparentNotifyEvent:
			d.moved(e.Window)
		case x11.Event:
			if d.randr != 0 && e.Number() >= d.randr && e.Number() <= d.randr+1 {
				d.moved(0)
			}
		}
	}
}

// moved has the frames looked at again, unless it is one of them that moved.
func (d *display) moved(id xproto.Window) {
	d.mu.Lock()
	mine := d.own[id]
	d.mu.Unlock()
	if mine {
		return
	}
	select {
	case d.changed <- struct{}{}:
	default: // it will look anyway
	}
}

// use runs f while the overlay is open.
func (d *display) use(what string, f func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return ErrClosed
	}
	if err := f(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func (d *display) Border(areas []Area) error {
	return d.use("frame what is shared", func() error {
		d.areas = slices.Clone(areas)
		return d.place()
	})
}

func (d *display) Close() error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return nil
	}
	d.closed = true
	d.conn.Close() // takes windows and keys with it
	close(d.end)
	d.mu.Unlock()
	d.wait.Wait()
	if d.keys.pressed != nil {
		close(d.keys.pressed)
	}
	return nil
}
