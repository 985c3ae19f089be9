//go:build !headless

package surface

import (
	"encoding/binary"
	"image"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
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
