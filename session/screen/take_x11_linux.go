package screen

import (
	"image"
	"time"

	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"
)

// Take is Told's: everything is asked at once, and answered in one journey.
func (e *ear) Take() (Change, error) {
	e.x.mu.Lock()
	closed := e.x.conn == nil
	e.x.mu.Unlock()
	if closed {
		return Change{}, ErrClosed
	}
	c, err := e.take()
	if err != nil {
		return Change{}, e.gone(err)
	}
	return c, nil
}

func (e *ear) take() (Change, error) {
	e.mu.Lock()
	c := Change{At: e.since, Untold: e.damaged == 0}
	e.since = time.Time{}
	shaped := e.shaped && e.fixes
	e.shaped = false
	e.mu.Unlock()

	var parts xfixes.FetchRegionCookie
	if e.damaged != 0 {
		damage.Subtract(e.conn, e.damaged, 0, e.parts)
		parts = xfixes.FetchRegion(e.conn, e.parts)
	}
	pointer := xproto.QueryPointer(e.conn, e.x.root)
	var shape xfixes.GetCursorImageCookie
	if shaped {
		shape = xfixes.GetCursorImage(e.conn)
	}
	list := e.x.askMonitors(e.conn)

	if e.damaged != 0 {
		reply, err := parts.Reply()
		if err != nil {
			return c, err
		}
		for _, r := range reply.Rectangles {
			c.Damage = append(c.Damage, image.Rect(0, 0, int(r.Width), int(r.Height)).Add(image.Pt(int(r.X), int(r.Y))))
		}
	}
	at, err := pointer.Reply()
	if err != nil {
		return c, err
	}
	if e.pointer.At = image.Pt(int(at.RootX), int(at.RootY)); !at.SameScreen {
		e.pointer.Shape = nil
	}
	if shaped {
		reply, err := shape.Reply()
		if err != nil {
			return c, err
		}
		e.pointer.Shape = shapeOf(reply)
	}
	if c.Monitors, err = list.reply(); err != nil {
		return c, err
	}
	if e.first {
		e.first = false
		var all region
		for _, m := range c.Monitors {
			all = all.with(m.Bounds)
		}
		c.Damage = all
	}
	e.monitors, c.Pointer = c.Monitors, e.pointer
	return c, nil
}

// shapeOf is nil for a pointer that is not shown.
func shapeOf(r *xfixes.GetCursorImageReply) *CursorShape {
	n := int(r.Width) * int(r.Height)
	if n == 0 || len(r.CursorImage) < n {
		return nil
	}
	for _, p := range r.CursorImage[:n] {
		if p>>24 != 0 {
			return &CursorShape{
				Size: image.Pt(int(r.Width), int(r.Height)), Hot: image.Pt(int(r.Xhot), int(r.Yhot)), Pix: r.CursorImage[:n:n],
			}
		}
	}
	return nil
}

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
	var last image.Point
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
		if at := image.Pt(int(reply.RootX), int(reply.RootY)); at != last {
			last, moved = at, time.Now()
			e.wake()
		}
		if time.Since(moved) < pointerRests {
			timer.Reset(pointerMoves)
		} else {
			timer.Reset(pointerIdle)
		}
	}
}
