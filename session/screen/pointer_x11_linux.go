package screen

import (
	"image"
	"time"

	"github.com/jezek/xgb/xproto"
)

// How often it is asked where the pointer is: while it moves and until it has
// rested, while somebody types or nobody tells that they do, and else, for
// programs that move it by themselves.
const (
	pointerMoves = time.Second / 60
	pointerMay   = time.Second / 15
	pointerSleep = time.Second
	pointerRests = time.Second / 3
)

// follow looks where the pointer is.
func (e *ear) follow() {
	timer := time.NewTimer(pointerMay)
	defer timer.Stop()
	var last image.Point
	var moved, stirred time.Time
	for {
		select {
		case <-timer.C:
		case <-e.stirs:
			stirred = time.Now()
		case <-e.stop:
			return
		}
		reply, err := xproto.QueryPointer(e.conn, e.x.root).Reply()
		if err != nil {
			return
		}
		at := image.Pt(int(reply.RootX), int(reply.RootY))
		if at != last {
			last, moved = at, time.Now()
		}
		e.mu.Lock()
		known := at == e.at
		e.mu.Unlock()
		if !known {
			e.wake(news{})
		}
		switch {
		case time.Since(moved) < pointerRests:
			timer.Reset(pointerMoves)
		case e.numbers.stir == 0 || time.Since(stirred) < pointerRests:
			timer.Reset(pointerMay)
		default:
			timer.Reset(pointerSleep)
		}
	}
}
