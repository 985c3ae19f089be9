// Package xhand does at an X display what a person's hands and eyes do there: it clicks, types, looks and reads the clipboard.
//
// Every stroke goes through the XTEST extension, so that programs receive the
// same events as from a mouse and a keyboard. A Hand is for one goroutine.
package xhand

import (
	"fmt"
	"io"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// Hand is a connection to a display.
type Hand struct {
	display string
	conn    *xgb.Conn
	root    xproto.Window
	screen  *xproto.ScreenInfo
	atoms   map[string]xproto.Atom
	keys    *keyboard
	shown   []*Shown
}

// The library tells its own log that there is no authority file, which a
// virtual display never has.
var quiet = sync.OnceFunc(func() { xgb.Logger.SetOutput(io.Discard) })

// Open connects to a display such as ":7"; the empty name is the present one.
func Open(display string) (*Hand, error) {
	quiet()
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, fmt.Errorf("open display %q: %w", display, err)
	}
	if err := xtest.Init(conn); err != nil {
		conn.Close()
		return nil, fmt.Errorf("open display %q: extension XTEST: %w", display, err)
	}
	screen := xproto.Setup(conn).DefaultScreen(conn)
	h := &Hand{display: display, conn: conn, root: screen.Root, screen: screen, atoms: map[string]xproto.Atom{}}
	if h.keys, err = readKeyboard(conn); err != nil {
		conn.Close()
		return nil, fmt.Errorf("open display %q: %w", display, err)
	}
	return h, nil
}

// Close takes away the pictures that were shown and the keys that were
// borrowed, and disconnects.
func (h *Hand) Close() {
	for _, s := range h.shown {
		s.destroy()
	}
	h.keys.restore(h.conn)
	h.conn.Sync()
	h.conn.Close()
}

// Size is the display's width and height in pixels.
func (h *Hand) Size() (width, height int) {
	return int(h.screen.WidthInPixels), int(h.screen.HeightInPixels)
}

func (h *Hand) atom(name string) (xproto.Atom, error) {
	if a, ok := h.atoms[name]; ok {
		return a, nil
	}
	reply, err := xproto.InternAtom(h.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, fmt.Errorf("intern %s: %w", name, err)
	}
	if reply == nil {
		return 0, fmt.Errorf("intern %s: %w", name, io.ErrUnexpectedEOF)
	}
	h.atoms[name] = reply.Atom
	return reply.Atom, nil
}

// property reads a property whole; one that is not there is empty. A window
// that has gone in the meantime has no properties.
func (h *Hand) property(w xproto.Window, name string) ([]byte, error) {
	atom, err := h.atom(name)
	if err != nil {
		return nil, err
	}
	const words = 1 << 20 // 4 MiB: more than any title, list or clipboard here
	reply, err := xproto.GetProperty(h.conn, false, w, atom, xproto.GetPropertyTypeAny, 0, words).Reply()
	if err != nil {
		if _, gone := err.(xproto.WindowError); gone {
			return nil, nil
		}
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if reply == nil {
		return nil, fmt.Errorf("read %s: %w", name, io.ErrUnexpectedEOF)
	}
	return reply.Value, nil
}

// cardinals reads a property made of 32-bit numbers.
func (h *Hand) cardinals(w xproto.Window, name string) ([]uint32, error) {
	raw, err := h.property(w, name)
	if err != nil {
		return nil, err
	}
	out := make([]uint32, len(raw)/4)
	for i := range out {
		out[i] = xgb.Get32(raw[4*i:])
	}
	return out, nil
}
