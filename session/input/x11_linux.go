package input

import (
	"context"
	"fmt"
	"image"
	"slices"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"

	"github.com/beistand/beistand/session/x11"
)

// display is an X11 server's keyboard and pointer (XTEST 2.2, XKB 1.0).
type display struct {
	mu      sync.Mutex // guards all below: one request at a time
	conn    *xgb.Conn  // nil when closed
	root    xproto.Window
	xkb     byte                      // the extension's requests
	held    map[string]xproto.Keycode // modifiers that are down; 0 for one that this keyboard does not have
	buttons []byte                    // that are down
	spares  []*spare
	giver   *time.Timer   // gives spare keys back; nil while none is borrowed
	owner   xproto.Window // lives as long as the connection: see leave
	left    xproto.Atom
	wrote   bool // what is held stands on the desktop

	name    string // of the display
	life    context.Context
	end     context.CancelFunc // of life
	watches sync.WaitGroup     // for who uses its own devices
}

// OpenX11 opens the X11 display of that name, ":0". The error is
// ErrUnavailable with the reason in words around it. What an earlier process
// has left pressed there when it died is let go.
func OpenX11(name string) (Input, error) {
	d, err := x11.Open(name, ErrUnavailable, open11)
	if err != nil {
		return nil, err
	}
	d.name = name
	d.life, d.end = context.WithCancel(context.Background())
	return d, nil
}

func open11(conn *xgb.Conn) (*display, error) {
	if _, err := x11.Use(conn, "XTEST"); err != nil {
		return nil, err
	}
	if _, err := xtest.GetVersion(conn, 2, 2).Reply(); err != nil {
		return nil, err
	}
	xkb, err := useKeyboard(conn)
	if err != nil {
		return nil, err
	}
	d := &display{conn: conn, root: xproto.Setup(conn).DefaultScreen(conn).Root, xkb: xkb, held: map[string]xproto.Keycode{}}
	return d, d.recover()
}

// What XTEST calls an event is the core event's number.
func (d *display) fake(kind, detail byte, at image.Point) {
	xtest.FakeInput(d.conn, kind, detail, 0, d.root, int16(at.X), int16(at.Y), 0)
}

func (d *display) key(code xproto.Keycode, down bool) {
	if code == 0 {
		return
	}
	kind := byte(xproto.KeyRelease)
	if down {
		kind = xproto.KeyPress
	}
	d.fake(kind, byte(code), image.Point{})
}

func (d *display) button(b byte, down bool) {
	kind := byte(xproto.ButtonRelease)
	if down {
		kind = xproto.ButtonPress
	}
	d.fake(kind, b, image.Point{})
}

// use runs f while the display is open, and waits until the server has it.
func (d *display) use(what string, f func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		return ErrClosed
	}
	for { // servers send some events unasked; unread they would fill xgb's queue
		if event, err := d.conn.PollForEvent(); event == nil && err == nil {
			break
		}
	}
	err := f()
	if err == nil {
		_, err = xproto.GetInputFocus(d.conn).Reply() // the usual way to wait
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func (d *display) Move(at image.Point) error {
	return d.use("move the pointer", func() error {
		bound := func(n int) int { return min(max(n, 0), 1<<15-1) } // the server keeps it on the desktop
		d.fake(xproto.MotionNotify, 0, image.Pt(bound(at.X), bound(at.Y)))
		return nil
	})
}

func (d *display) Button(b uint8, down bool) error {
	return d.use("press a button", func() error {
		if err := CheckButton(b); err != nil {
			return err
		}
		i := slices.Index(d.buttons, b)
		if down == (i >= 0) {
			return nil
		}
		if down {
			d.buttons = append(d.buttons, b)
			d.leave() // before it is down: nothing pressed goes unknown
		} else {
			d.buttons = slices.Delete(d.buttons, i, i+1)
			defer d.leave()
		}
		d.button(b, down)
		return nil
	})
}

func (d *display) Wheel(dx, dy int) error {
	return d.use("turn the wheel", func() error {
		for _, turn := range []struct {
			by       int
			less, on byte // the buttons that stand for a wheel
		}{{dy, 4, 5}, {dx, 6, 7}} {
			b, n := turn.on, turn.by
			if n < 0 {
				b, n = turn.less, -max(n, -MaxWheel)
			}
			for range min(n, MaxWheel) {
				d.button(b, true)
				d.button(b, false)
			}
		}
		return nil
	})
}

func (d *display) ReleaseAll() error { return d.use("let all go", d.release) }

func (d *display) release() error {
	for _, b := range d.buttons {
		d.button(b, false)
	}
	for _, code := range d.held {
		d.key(code, false)
	}
	d.buttons = nil
	clear(d.held)
	d.leave()
	return nil
}

func (d *display) Close() error {
	defer d.watches.Wait()
	err := d.use("let all go", func() error {
		d.giveBack(0)
		return d.release()
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		return nil
	}
	if d.giver != nil {
		d.giver.Stop()
	}
	d.conn.Close()
	d.conn = nil
	d.end()
	return err
}
