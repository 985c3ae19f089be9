package screen

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// ear is told by an X11 server what changes (DAMAGE 1.1, XFIXES 2.0, RandR,
// MIT-SCREEN-SAVER), and reads only that, on a connection of its own. Of what
// the server lacks nothing is told.
type ear struct {
	x       *display
	conn    *xgb.Conn
	shm     *segment // nil when memory cannot be shared with the server
	changed chan struct{}
	done    sync.WaitGroup
	close   func() error  // once
	stop    chan struct{} // closed by Close

	damaged damage.Damage // 0 without
	parts   xfixes.Region // what is fetched of it
	fixes   bool
	saver   bool
	numbers struct{ damage, cursor, screen, saver byte } // of events; 0 without

	mu     sync.Mutex // guards all below
	since  time.Time  // when it was told what has not been taken; zero if nothing was
	shaped bool       // the pointer has another shape

	// Take's and Read's alone.
	monitors []Monitor
	first    bool // all is new
	pointer  Pointer
}

var _ Teller = (*display)(nil)

// Tell is Teller's.
func (x *display) Tell() (Told, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return nil, ErrClosed
	}
	conn, err := x11.Connect(x.display)
	if err != nil {
		return nil, fmt.Errorf("watch display %q: %w", x.display, err)
	}
	e := &ear{x: x, conn: conn, changed: make(chan struct{}, 1), stop: make(chan struct{}), first: true, shaped: true}
	if err := e.begin(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("watch display %q: %w", x.display, err)
	}
	if local(x.display) {
		e.shm = newSegment(conn, x.root)
	}
	e.close = sync.OnceValue(e.end)
	x.ears.add(e)
	e.done.Go(e.listen)
	e.done.Go(e.follow)
	return e, nil
}

// begin asks the server to tell.
func (e *ear) begin() error {
	root := xproto.Drawable(e.x.root)
	if ext, err := x11.Use(e.conn, "XFIXES"); err == nil {
		if v, err := xfixes.QueryVersion(e.conn, 2, 0).Reply(); err == nil && v.MajorVersion >= 2 {
			e.fixes = true
			e.numbers.cursor = ext.Event + xfixes.CursorNotify
			xfixes.SelectCursorInput(e.conn, e.x.root, xfixes.CursorNotifyMaskDisplayCursor)
		}
	}
	if err := e.beginDamage(root); err != nil {
		return err
	}
	if ext, err := x11.Use(e.conn, "RANDR"); err == nil {
		e.numbers.screen = ext.Event + randr.ScreenChangeNotify
		if _, err := randr.QueryVersion(e.conn, 1, 5).Reply(); err == nil {
			randr.SelectInput(e.conn, e.x.root, randr.NotifyMaskScreenChange)
		}
	}
	if ext, err := x11.Use(e.conn, "MIT-SCREEN-SAVER"); err == nil {
		if _, err := screensaver.QueryVersion(e.conn, 1, 1).Reply(); err == nil {
			e.saver = true
			e.numbers.saver = ext.Event + screensaver.Notify
			screensaver.SelectInput(e.conn, root, screensaver.EventNotifyMask)
		}
	}
	return xproto.ChangeWindowAttributesChecked(e.conn, e.x.root, xproto.CwEventMask, // its size, and what it says of scale
		[]uint32{xproto.EventMaskStructureNotify | xproto.EventMaskPropertyChange}).Check()
}

func (e *ear) beginDamage(root xproto.Drawable) error {
	ext, err := x11.Use(e.conn, "DAMAGE")
	if err != nil || !e.fixes { // without regions it cannot be asked what is damaged
		return nil
	}
	if _, err := damage.QueryVersion(e.conn, 1, 1).Reply(); err != nil {
		return nil
	}
	if e.parts, err = xfixes.NewRegionId(e.conn); err != nil {
		return err
	}
	id, err := damage.NewDamageId(e.conn)
	if err != nil {
		return err
	}
	xfixes.CreateRegion(e.conn, e.parts, nil)
	if err := damage.CreateChecked(e.conn, id, root, damage.ReportLevelNonEmpty).Check(); err != nil {
		return err
	}
	e.damaged, e.numbers.damage = id, ext.Event+damage.Notify
	return nil
}

// Changed is Told's.
func (e *ear) Changed() <-chan struct{} { return e.changed }

// listen hears the server's events.
func (e *ear) listen() {
	for {
		event, err := e.conn.WaitForEvent()
		if event == nil && err == nil {
			tell(e.changed) // who waits finds out
			return
		}
		switch event := event.(type) {
		case x11.Event:
			e.hear(event.Number())
		case xproto.ConfigureNotifyEvent:
			if event.Window == e.x.root {
				e.wake()
			}
		case xproto.PropertyNotifyEvent:
			if event.Atom == xproto.AtomResourceManager {
				e.wake()
			}
		}
	}
}

func (e *ear) hear(number byte) {
	switch number {
	case e.numbers.cursor:
		e.mu.Lock()
		e.shaped = true
		e.mu.Unlock()
		e.wake()
	case e.numbers.damage, e.numbers.screen, e.numbers.saver:
		e.wake()
	}
}

// wake tells that there is something to take.
func (e *ear) wake() {
	e.mu.Lock()
	if e.since.IsZero() {
		e.since = time.Now()
	}
	e.mu.Unlock()
	tell(e.changed)
}

// Close is Told's.
func (e *ear) Close() error { return e.close() }

func (e *ear) end() error {
	e.x.ears.remove(e)
	close(e.stop)
	var err error
	if e.shm != nil {
		err = e.shm.close(e.conn)
	}
	e.conn.Close()
	e.done.Wait()
	tell(e.changed)
	return err
}

// ears are all that are told of a display.
type ears struct {
	mu  sync.Mutex // guards all
	all map[*ear]bool
}

func (s *ears) add(e *ear) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[*ear]bool{}
	}
	s.all[e] = true
}

func (s *ears) remove(e *ear) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, e)
}

func (s *ears) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for e := range s.all {
		e.wake()
	}
}

// gone says whether an error is that the connection has ended.
func (e *ear) gone(err error) error {
	select {
	case <-e.stop:
		return errors.Join(ErrClosed, err)
	default:
		return err
	}
}
