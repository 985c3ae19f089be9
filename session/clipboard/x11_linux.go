package clipboard

import (
	"context"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// display is an X11 server's CLIPBOARD (ICCCM 2.0, section 2).
type display struct {
	conn  *xgb.Conn
	win   xproto.Window
	fixes byte // number of XFixes' first event; 0 without it
	atoms map[string]xproto.Atom
	done  chan struct{} // closed when the connection has ended
	turn  chan struct{} // whoever reads holds it

	mu       sync.Mutex // guards all below
	closed   bool
	text     string // what is served while owns
	owns     bool
	answers  chan xgb.Event // to whoever reads; nil while nobody does
	handing  map[handover]string
	watchers map[chan struct{}]bool
}

// handover is a piecewise transfer to another program.
type handover struct {
	win  xproto.Window
	atom xproto.Atom
}

const (
	typesName  = "TARGETS"
	secretName = "x-kde-passwordManagerHint"
)

// OpenX11 opens the X11 display of that name, ":0". The error is
// ErrUnavailable with the reason in words around it.
func OpenX11(name string) (Clipboard, error) {
	d, err := x11.Open(name, ErrUnavailable, open11)
	if err != nil {
		return nil, err
	}
	return d, nil
}

func open11(conn *xgb.Conn) (*display, error) {
	d := &display{
		conn: conn, atoms: map[string]xproto.Atom{}, done: make(chan struct{}), turn: make(chan struct{}, 1),
		handing: map[handover]string{}, watchers: map[chan struct{}]bool{},
	}
	for _, name := range []string{"CLIPBOARD", "UTF8_STRING", "INCR", typesName, "TIMESTAMP", secretName, "_BEISTAND_CLIPBOARD"} {
		reply, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return nil, err
		}
		d.atoms[name] = reply.Atom
	}
	root := xproto.Setup(conn).DefaultScreen(conn).Root
	var err error
	if d.win, err = xproto.NewWindowId(conn); err != nil {
		return nil, err
	}
	err = xproto.CreateWindowChecked(conn, 0, d.win, root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0,
		xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	if err != nil {
		return nil, err
	}
	ext, err := x11.Use(conn, "XFIXES")
	if err != nil {
		return nil, err
	}
	if _, err := xfixes.QueryVersion(conn, 2, 0).Reply(); err != nil {
		return nil, err
	}
	d.fixes = ext.Event
	mask := uint32(xfixes.SelectionEventMaskSetSelectionOwner | xfixes.SelectionEventMaskSelectionWindowDestroy | xfixes.SelectionEventMaskSelectionClientClose)
	if err := xfixes.SelectSelectionInputChecked(conn, d.win, d.atoms["CLIPBOARD"], mask).Check(); err != nil {
		return nil, err
	}
	go d.hear()
	return d, nil
}

// hear takes in all events; it asks the server for nothing that it would have to wait for.
func (d *display) hear() {
	defer close(d.done)
	defer d.stop()
	for {
		event, err := d.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		d.mu.Lock()
		switch e := event.(type) {
		case xproto.SelectionRequestEvent:
			d.serve(e)
		case xproto.SelectionClearEvent:
			d.owns, d.text = false, ""
		case xproto.SelectionNotifyEvent:
			d.answer(event)
		case xproto.PropertyNotifyEvent:
			if e.Window == d.win && e.State == xproto.PropertyNewValue {
				d.answer(event)
			} else if e.State == xproto.PropertyDelete {
				d.hand(handover{e.Window, e.Atom})
			}
		case x11.Event:
			if e.Number() == d.fixes && xproto.Window(xgb.Get32(e[8:])) != d.win {
				d.tell()
			}
		}
		d.mu.Unlock()
	}
}

// answer passes an event to whoever reads. mu is held.
func (d *display) answer(event xgb.Event) {
	select {
	case d.answers <- event:
	default: // nobody reads, or somebody floods
	}
}

func (d *display) tell() {
	for w := range d.watchers {
		select {
		case w <- struct{}{}:
		default: // one is waiting
		}
	}
}

func (d *display) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	for w := range d.watchers {
		close(w)
	}
	clear(d.watchers)
}

func (d *display) Changed(ctx context.Context) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := make(chan struct{}, 1)
	if d.closed {
		close(c)
		return c
	}
	d.watchers[c] = true
	context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.watchers[c] {
			delete(d.watchers, c)
			close(c)
		}
	})
	return c
}

func (d *display) Close() error {
	d.conn.Close()
	<-d.done
	return nil
}
