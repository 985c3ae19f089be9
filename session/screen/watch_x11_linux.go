package screen

import (
	"errors"
	"image"
	"slices"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// maxTops bounds the windows right on the desktop that are followed; with more
// of them nothing is shown.
const maxTops = 4000

// watch follows the windows right on the desktop by the server's events, so
// that no picture has to ask for them. What it knows is what the server knew
// when it answered sync.
type watch struct {
	conn *xgb.Conn
	root xproto.Window
	self xproto.Window // gets the messages that sync waits for
	done chan struct{} // closed when the connection has ended
	wake func()        // called when a picture of windows may have become another

	mu    sync.Mutex // guards all below
	tops  map[xproto.Window]*top
	order []xproto.Window // the lowest first
	seen  uint32          // the last message's number
	asked uint32
	heard chan struct{}                   // closed with the next message
	log   []moment                        // since the last look that begins
	owner map[xproto.Window]xproto.Window // a window whose words count, to the one on the desktop it lies in
	named map[xproto.Atom]bool            // properties that say whose a window is
}

// top is a window right on the desktop: a program's or the frame around it.
type top struct {
	id       xproto.Window
	bounds   image.Rectangle // with its border
	mapped   bool
	override bool
	unsized  bool  // its size has not been told
	asked    bool  // words have been read since they changed last
	words    words // what it says of itself

	hid  []xproto.Window // what it consisted of when it was hidden last
	kept bool            // a part of that is gone, and may be seen in it as long as it lives
}

// moment is where a window was, or became, while a picture was taken.
type moment struct {
	id     xproto.Window
	bounds image.Rectangle
	at     time.Time
}

var errMany = errors.New("there are too many windows")

// startWatch asks the server for events and then for what is there.
func startWatch(conn *xgb.Conn, root xproto.Window, named map[xproto.Atom]bool, wake func()) (*watch, error) {
	w := &watch{
		conn: conn, root: root, done: make(chan struct{}), tops: map[xproto.Window]*top{}, heard: make(chan struct{}),
		owner: map[xproto.Window]xproto.Window{}, named: named, wake: wake,
	}
	var err error
	if w.self, err = xproto.NewWindowId(conn); err != nil {
		return nil, err
	}
	err = xproto.CreateWindowChecked(conn, 0, w.self, root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check()
	if err != nil {
		return nil, err
	}
	err = xproto.ChangeWindowAttributesChecked(conn, root, xproto.CwEventMask, []uint32{xproto.EventMaskSubstructureNotify}).Check()
	if err != nil {
		return nil, err
	}
	go w.run()
	tree, err := xproto.QueryTree(conn, root).Reply()
	if err != nil {
		return nil, err
	}
	for _, id := range tree.Children {
		a, aErr := xproto.GetWindowAttributes(conn, id).Reply()
		g, gErr := xproto.GetGeometry(conn, xproto.Drawable(id)).Reply()
		if aErr != nil || gErr != nil || a.Class == xproto.WindowClassInputOnly {
			continue // gone, or without pixels
		}
		w.mu.Lock()
		t := w.add(id)
		t.bounds, t.mapped, t.override = outerOf(g.X, g.Y, g.Width, g.Height, g.BorderWidth), a.MapState == xproto.MapStateViewable, a.OverrideRedirect
		w.mu.Unlock()
	}
	w.mu.Lock() // the order as it was then; events since are repeated by the next restack
	w.order = slices.DeleteFunc(slices.Clone(tree.Children), func(id xproto.Window) bool { return w.tops[id] == nil })
	for id := range w.tops {
		if !slices.Contains(w.order, id) {
			w.order = append(w.order, id)
		}
	}
	w.mu.Unlock()
	return w, w.sync()
}

func outerOf(x, y int16, width, height, border uint16) image.Rectangle {
	return image.Rect(0, 0, int(width)+2*int(border), int(height)+2*int(border)).Add(image.Pt(int(x), int(y)))
}

// sync waits until everything that has happened before is known.
func (w *watch) sync() error {
	w.mu.Lock()
	w.asked++
	number := w.asked
	w.mu.Unlock()
	atom := xproto.Atom(xproto.AtomInteger) // any: nobody else's message has this window
	message := xproto.ClientMessageEvent{Format: 32, Window: w.self, Type: atom, Data: xproto.ClientMessageDataUnionData32New([]uint32{number, 0, 0, 0, 0})}
	xproto.SendEvent(w.conn, false, w.self, 0, string(message.Bytes()))
	for {
		w.mu.Lock()
		reached, heard, many := w.seen == number, w.heard, len(w.tops) > maxTops
		w.mu.Unlock()
		if many {
			return errMany
		}
		if reached {
			return nil
		}
		select {
		case <-heard:
		case <-w.done:
			return ErrClosed
		}
	}
}

func (w *watch) run() {
	defer close(w.done)
	for {
		event, err := w.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		w.mu.Lock()
		w.apply(event)
		w.mu.Unlock()
	}
}

// maxLog bounds what is remembered between two pictures. What is older than
// any picture takes goes first; a picture in which that much happens is spoiled.
const maxLog = 1 << 16

func (w *watch) note(t *top) {
	w.wake()
	now := time.Now()
	if len(w.log) == maxLog {
		w.log = slices.DeleteFunc(w.log, func(m moment) bool { return now.Sub(m.at) > 2*linger })
	}
	if len(w.log) < maxLog {
		w.log = append(w.log, moment{t.id, t.bounds, now})
	}
}

// add gives the window of that number, new on top of all if there is none.
func (w *watch) add(id xproto.Window) *top {
	t := w.tops[id]
	if t == nil {
		t = &top{id: id}
		w.tops[id] = t
		w.order = append(w.order, id)
	}
	return t
}

func (w *watch) remove(id xproto.Window) {
	delete(w.tops, id)
	w.order = slices.DeleteFunc(w.order, func(other xproto.Window) bool { return other == id })
	for inner, outer := range w.owner {
		if outer == id {
			delete(w.owner, inner)
		}
	}
}
