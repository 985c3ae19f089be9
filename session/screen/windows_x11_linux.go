package screen

import (
	"bytes"
	"fmt"
	"image"
	"slices"
	"strings"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// What is read of windows at most: other programs write it.
const (
	maxWindows = 1000 // windows
	maxTitle   = 256  // 32-bit words of one property
)

func (x *display) Windows() ([]Window, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return nil, ErrClosed
	}
	ids, err := x.topWindows()
	if err != nil {
		return nil, fmt.Errorf("list the windows: %w", err)
	}
	var all []Window
	for _, id := range slices.Backward(ids) { // the last one is in front
		w, ok := x.window(id)
		if ok {
			all = append(all, w)
		}
	}
	return all, nil
}

// topWindows gives the programs' windows, the one in front last: as the window
// manager lists them, or without one those right on the desktop.
func (x *display) topWindows() ([]xproto.Window, error) {
	// EWMH 1.5, _NET_CLIENT_LIST: from the oldest, or as they lie.
	for _, name := range []string{"_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST"} {
		raw, err := x.property(x.root, name, maxWindows)
		if err != nil {
			return nil, err
		}
		var ids []xproto.Window
		for ; len(raw) >= 4; raw = raw[4:] {
			ids = append(ids, xproto.Window(xgb.Get32(raw)))
		}
		if len(ids) > 0 {
			return ids, nil
		}
	}
	tree, err := xproto.QueryTree(x.conn, x.root).Reply()
	if err != nil {
		return nil, err
	}
	return tree.Children[max(0, len(tree.Children)-maxWindows):], nil
}

// window describes a window that is shown and that has pixels.
func (x *display) window(id xproto.Window) (Window, bool) {
	if !x.shown(id) {
		return Window{}, false
	}
	bounds, err := x.bounds(id)
	if err != nil || bounds.Empty() {
		return Window{}, false
	}
	w := Window{ID: uint32(id), Bounds: bounds}
	if title, _ := x.property(id, "_NET_WM_NAME", maxTitle); len(title) > 0 {
		w.Title = strings.ToValidUTF8(string(title), "\uFFFD")
	} else {
		title, _ = x.property(id, "WM_NAME", maxTitle)
		w.Title = latin1(title)
	}
	// WM_CLASS is instance and class, each with a zero behind (ICCCM 4.1.2.5).
	class, _ := x.property(id, "WM_CLASS", maxTitle)
	if parts := bytes.Split(class, []byte{0}); len(parts) > 1 {
		w.Program = latin1(parts[1])
	}
	return w, true
}

func (x *display) shown(id xproto.Window) bool {
	a, err := xproto.GetWindowAttributes(x.conn, id).Reply()
	return err == nil && a.MapState == xproto.MapStateViewable && a.Class == xproto.WindowClassInputOutput
}

// bounds is where a window's content is on the desktop.
func (x *display) bounds(id xproto.Window) (image.Rectangle, error) {
	size, err := xproto.GetGeometry(x.conn, xproto.Drawable(id)).Reply()
	if err != nil {
		return image.Rectangle{}, err
	}
	at, err := xproto.TranslateCoordinates(x.conn, id, x.root, 0, 0).Reply()
	if err != nil {
		return image.Rectangle{}, err
	}
	return image.Rect(0, 0, int(size.Width), int(size.Height)).Add(image.Pt(int(at.DstX), int(at.DstY))), nil
}

// property reads a window's property, no more than that many 32-bit words;
// one that is not there is empty.
func (x *display) property(w xproto.Window, name string, words uint32) ([]byte, error) {
	atom, ok := x.atoms[name]
	if !ok {
		reply, err := xproto.InternAtom(x.conn, true, uint16(len(name)), name).Reply()
		if err != nil || reply.Atom == 0 { // nobody has used the name yet
			return nil, err
		}
		atom = reply.Atom
		x.atoms[name] = atom
	}
	reply, err := xproto.GetProperty(x.conn, false, w, atom, xproto.GetPropertyTypeAny, 0, words).Reply()
	if err != nil {
		return nil, err
	}
	return reply.Value, nil
}

func latin1(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return strings.TrimRight(s.String(), "\x00")
}
