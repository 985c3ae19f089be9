package screen

import (
	"image"
	"time"

	"github.com/jezek/xgb/xproto"
)

// How often it is asked where the pointer is: while nobody moves it, and
// while it moves until it has rested.
const (
	pointerIdle  = time.Second / 15
	pointerMoves = time.Second / 60
	pointerRests = time.Second / 3
)

// follow looks where the pointer is.
func (e *ear) follow() {
	timer := time.NewTimer(pointerIdle)
	defer timer.Stop()
	var last *image.Point // nil: Take has told of it
	var moved time.Time
	for {
		select {
		case <-timer.C:
		case <-e.stop:
			return
		}
		reply, err := xproto.QueryPointer(e.conn, e.x.root).Reply()
		if err != nil {
			return
		}
		at := image.Pt(int(reply.RootX), int(reply.RootY))
		if last != nil && at != *last {
			moved = time.Now()
			e.wake(news{})
		}
		last = &at
		if time.Since(moved) < pointerRests {
			timer.Reset(pointerMoves)
		} else {
			timer.Reset(pointerIdle)
		}
	}
}
