package screen

import (
	"image"
	"time"

	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/pixel"
)

// Take is Told's: everything is asked at once, and answered in one journey.
func (e *ear) Take() (Change, error) {
	e.busy.Lock()
	defer e.busy.Unlock()
	if err := e.over(); err != nil {
		return Change{}, err
	}
	c, err := e.take()
	if err != nil {
		return Change{}, e.gone(err)
	}
	return c, nil
}

func (e *ear) take() (Change, error) {
	e.mu.Lock()
	n := e.news
	c := Change{At: e.since, Untold: e.damaged == 0, Places: n.places}
	e.news, e.since = news{}, time.Time{}
	e.mu.Unlock()

	var parts xfixes.FetchRegionCookie
	if e.damaged != 0 {
		damage.Subtract(e.conn, e.damaged, 0, e.parts)
		parts = xfixes.FetchRegion(e.conn, e.parts)
	}
	pointer := xproto.QueryPointer(e.conn, e.x.root)
	var shape xfixes.GetCursorImageCookie
	if n.shape && e.fixes {
		shape = xfixes.GetCursorImage(e.conn)
	}
	var scale scaleAsked
	if n.scale {
		scale = e.x.askScale(e.conn)
	}
	state := e.ask()

	if e.damaged != 0 {
		reply, err := parts.Reply()
		if err != nil {
			return c, err
		}
		for _, r := range reply.Rectangles {
			c.Damage = append(c.Damage, image.Rect(0, 0, int(r.Width), int(r.Height)).Add(image.Pt(int(r.X), int(r.Y))))
		}
		c.Damage = few(c.Damage)
	}
	at, err := pointer.Reply()
	if err != nil {
		return c, err
	}
	e.pointer.At = image.Pt(int(at.RootX), int(at.RootY))
	e.mu.Lock()
	e.at = e.pointer.At
	e.mu.Unlock()
	if n.shape && e.fixes {
		reply, err := shape.Reply()
		if err != nil {
			return c, err
		}
		e.pointer.Shape = shapeOf(reply)
	}
	if n.scale {
		if e.scale, err = scale.reply(); err != nil {
			return c, err
		}
	}
	if e.state, err = state.reply(); err != nil {
		return c, err
	}
	if e.first {
		e.first, c.Damage = false, nil
		for _, m := range e.state.monitors {
			c.Damage = region(c.Damage).with(m.Bounds)
		}
	}
	if len(c.Damage) > 0 && c.At.IsZero() { // it is asked before it is heard
		c.At = time.Now()
	}
	c.Monitors, c.Pointer = e.state.monitors, e.pointer
	return c, nil
}

// shapeOf is nil for a pointer that is not shown.
func shapeOf(r *xfixes.GetCursorImageReply) *pixel.Shape {
	n := int(r.Width) * int(r.Height)
	if n == 0 || len(r.CursorImage) < n {
		return nil
	}
	for _, p := range r.CursorImage[:n] {
		if p>>24 != 0 {
			return &pixel.Shape{
				Size: image.Pt(int(r.Width), int(r.Height)), Hot: image.Pt(int(r.Xhot), int(r.Yhot)), Pix: r.CursorImage[:n:n],
			}
		}
	}
	return nil
}
