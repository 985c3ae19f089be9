package screen

import (
	"errors"
	"fmt"
	"image"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/damage"
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
	stirs   chan struct{} // holds one: somebody begins to use pointer or keyboard

	damaged damage.Damage // 0 without
	parts   xfixes.Region // what is fetched of it
	fixes   bool
	saver   bool
	numbers struct{ damage, cursor, screen, saver, stir byte } // of events; 0 without

	mu    sync.Mutex  // guards news, since and at
	at    image.Point // the pointer's of the last Take
	news  news
	since time.Time // when it was told what has not been taken; zero if nothing was

	busy    sync.Mutex // held while Take and Read read; guards all below
	state   state
	first   bool // all is new
	scale   float64
	pointer Pointer
}

// news are what is asked for only when it has changed.
type news struct {
	shape  bool // the pointer's
	scale  bool
	places bool // windows'
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
	e := &ear{x: x, conn: conn, changed: make(chan struct{}, 1), stop: make(chan struct{}), stirs: make(chan struct{}, 1), first: true, news: news{true, true, true}}
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
				e.wake(news{})
			}
		case xproto.PropertyNotifyEvent:
			if event.Atom == xproto.AtomResourceManager {
				e.wake(news{scale: true})
			}
		}
	}
}

func (e *ear) hear(number byte) {
	switch number {
	case e.numbers.cursor:
		e.wake(news{shape: true})
	case e.numbers.stir:
		tell(e.stirs)
	case e.numbers.damage, e.numbers.screen, e.numbers.saver:
		e.wake(news{})
	}
}

// wake tells that there is something to take.
func (e *ear) wake(n news) {
	e.mu.Lock()
	e.news = news{e.news.shape || n.shape, e.news.scale || n.scale, e.news.places || n.places}
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
	e.conn.Close() // who reads is woken
	e.done.Wait()
	e.busy.Lock()
	defer e.busy.Unlock()
	tell(e.changed)
	if e.shm != nil {
		return e.shm.drop()
	}
	return nil
}

// over gives ErrClosed when this or its source has been closed.
func (e *ear) over() error {
	e.x.mu.Lock()
	defer e.x.mu.Unlock()
	if e.x.conn == nil {
		return ErrClosed
	}
	return e.gone(nil)
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
