package screen

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// words are what a window on the desktop, and the program's window in it, say
// of themselves, and what the server says of who has made them.
type words struct {
	known     bool // all could be read
	inputOnly bool // it has no pixels
	alpha     bool // what lies below shines through
	ours      bool // a frame or a mark that Beistand itself shows
	traits    Traits
	popup     bool            // a menu or dialog: it belongs to another window
	ids       []xproto.Window // itself and what lies in it
	over      []xproto.Window // what it belongs to, as it says
	groups    []xproto.Window // leaders of its group
	pid       uint32          // as it says
	pids      []uint32
	clients   []uint32 // connections to the server that have made a part of it
}

// Properties that say whose a window is (ICCCM 4.1.2, EWMH 1.5).
var spoken = []string{"_NET_WM_NAME", "WM_NAME", "WM_CLASS", "_NET_WM_PID", "WM_TRANSIENT_FOR", "WM_HINTS", "_NET_WM_WINDOW_TYPE", "WM_STATE", "_BEISTAND_OVERLAY"}

// popupTypes are windows that belong to others.
var popupTypes = []string{
	"_NET_WM_WINDOW_TYPE_DIALOG", "_NET_WM_WINDOW_TYPE_MENU", "_NET_WM_WINDOW_TYPE_DROPDOWN_MENU", "_NET_WM_WINDOW_TYPE_POPUP_MENU",
	"_NET_WM_WINDOW_TYPE_TOOLTIP", "_NET_WM_WINDOW_TYPE_COMBO", "_NET_WM_WINDOW_TYPE_UTILITY", "_NET_WM_WINDOW_TYPE_TOOLBAR",
	"_NET_WM_WINDOW_TYPE_NOTIFICATION", "_NET_WM_WINDOW_TYPE_DND",
}

// How far into frames a program's window is looked for.
const (
	maxDepth = 3
	maxInner = 400
)

// speaker reads words.
type speaker struct {
	conn    *xgb.Conn
	screen  *xproto.ScreenInfo
	atoms   map[string]xproto.Atom
	types   map[xproto.Atom]bool
	clients uint32 // mask: the bits of a window's number that say which connection it is from
	owners  byte   // X-Resource's requests; 0 without it
}

func newSpeaker(conn *xgb.Conn, screen *xproto.ScreenInfo) (*speaker, error) {
	s := &speaker{conn: conn, screen: screen, atoms: map[string]xproto.Atom{}, types: map[xproto.Atom]bool{}}
	for _, name := range slices.Concat(spoken, popupTypes) {
		reply, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return nil, err
		}
		s.atoms[name] = reply.Atom
	}
	for _, name := range popupTypes {
		s.types[s.atoms[name]] = true
	}
	s.clients = ^xproto.Setup(conn).ResourceIdMask
	if ext, err := x11.Use(conn, "X-Resource"); err == nil {
		s.owners = ext.Major
	}
	return s, nil
}

// read asks for everything, after it has asked to be told of changes.
func (s *speaker) read(id xproto.Window, override bool) words {
	var w words
	a, err := xproto.GetWindowAttributes(s.conn, id).Reply()
	if err != nil {
		return w
	}
	if w.inputOnly = a.Class == xproto.WindowClassInputOnly; w.inputOnly {
		w.known = true
		return w
	}
	g, err := xproto.GetGeometry(s.conn, xproto.Drawable(id)).Reply()
	if err != nil {
		return w
	}
	w.alpha = g.Depth == 32
	w.known = s.level(&w, id)
	if len(w.clients) == 0 { // else it is the window manager's frame, which says nothing of whose the window is
		w.popup = w.popup || override
		s.made(&w, id, w.pid)
	}
	return w
}

// level reads a window, and then level by level those in it, until one of them
// is a program's.
func (s *speaker) level(w *words, id xproto.Window) bool {
	level, ok := s.one(w, id, xproto.EventMaskPropertyChange|xproto.EventMaskSubstructureNotify, false)
	if !ok {
		return false
	}
	for depth := 0; depth < maxDepth && len(level) > 0 && len(w.clients) == 0; depth++ {
		var next []xproto.Window
		for _, inner := range level {
			if len(w.ids) == maxInner {
				return false
			}
			children, _ := s.one(w, inner, xproto.EventMaskPropertyChange, true) // one that has just gone says nothing
			next = append(next, children...)
		}
		level = next
	}
	return true
}

// one reads one window, and gives those right in it.
func (s *speaker) one(w *words, id xproto.Window, mask uint32, inner bool) ([]xproto.Window, bool) {
	xproto.ChangeWindowAttributes(s.conn, id, xproto.CwEventMask, []uint32{mask})
	replies := map[string]xproto.GetPropertyCookie{}
	for _, name := range spoken {
		replies[name] = xproto.GetProperty(s.conn, false, id, s.atoms[name], xproto.GetPropertyTypeAny, 0, maxTitle)
	}
	tree := xproto.QueryTree(s.conn, id)
	values, ok := map[string][]byte{}, true
	for name, cookie := range replies {
		reply, err := cookie.Reply()
		if err != nil {
			ok = false
			continue
		}
		values[name] = reply.Value
	}
	children, err := tree.Reply()
	if !ok || err != nil {
		return nil, false
	}
	w.ids = append(w.ids, id)
	s.take(w, values)
	if inner && len(values["WM_CLASS"])+len(values["WM_STATE"]) > 0 { // a program's
		s.made(w, id, number(values["_NET_WM_PID"], 0))
	}
	return children.Children, true
}

func (s *speaker) take(w *words, values map[string][]byte) {
	if v := values["_NET_WM_NAME"]; len(v) > 0 {
		w.traits.Titles = append(w.traits.Titles, strings.ToValidUTF8(string(v), "\uFFFD"))
	}
	if v := values["WM_NAME"]; len(v) > 0 {
		w.traits.Titles = append(w.traits.Titles, latin1(v), strings.ToValidUTF8(string(v), "\uFFFD"))
	}
	w.ours = w.ours || len(values["_BEISTAND_OVERLAY"]) > 0
	for part := range bytes.SplitSeq(values["WM_CLASS"], []byte{0}) {
		if len(part) > 0 {
			w.traits.Classes = append(w.traits.Classes, latin1(part))
		}
	}
	if v := number(values["WM_TRANSIENT_FOR"], 0); v != 0 {
		w.popup = true
		w.over = append(w.over, xproto.Window(v))
	}
	if number(values["WM_HINTS"], 0)&64 != 0 { // WindowGroupHint
		w.groups = append(w.groups, xproto.Window(number(values["WM_HINTS"], 8)))
	}
	for v := values["_NET_WM_WINDOW_TYPE"]; len(v) >= 4; v = v[4:] {
		w.popup = w.popup || s.types[xproto.Atom(number(v, 0))]
	}
	w.pid = max(w.pid, number(values["_NET_WM_PID"], 0))
}

// number is 32 bits at an offset; 0 if there are none.
func number(b []byte, at int) uint32 {
	if len(b) < at+4 {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}
