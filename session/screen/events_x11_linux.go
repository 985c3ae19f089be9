package screen

import (
	"image"
	"slices"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// apply takes in one event. What changes is noted as it was before and as it
// is after.
func (w *watch) apply(event xgb.Event) {
	switch e := event.(type) {
	case xproto.ClientMessageEvent:
		if e.Window == w.self && e.Format == 32 {
			w.seen = e.Data.Data32[0]
			close(w.heard)
			w.heard = make(chan struct{})
		}
	case xproto.CreateNotifyEvent:
		if e.Parent == w.root {
			t := w.add(e.Window)
			t.bounds, t.override = outerOf(e.X, e.Y, e.Width, e.Height, e.BorderWidth), e.OverrideRedirect
			return
		}
		w.doubt(e.Parent)
	case xproto.DestroyNotifyEvent:
		if t := w.tops[e.Window]; t != nil {
			w.note(t)
			w.remove(e.Window)
		}
	case xproto.MapNotifyEvent:
		w.change(e.Window, func(t *top) { t.mapped, t.override = true, e.OverrideRedirect })
	case xproto.UnmapNotifyEvent:
		w.change(e.Window, func(t *top) { t.mapped = false })
	case xproto.GravityNotifyEvent:
		w.change(e.Window, func(t *top) { t.bounds = t.bounds.Add(image.Pt(int(e.X), int(e.Y)).Sub(t.bounds.Min)) })
	case xproto.ConfigureNotifyEvent:
		if e.Event != w.root {
			return
		}
		w.change(e.Window, func(t *top) { t.bounds = outerOf(e.X, e.Y, e.Width, e.Height, e.BorderWidth) })
		w.above(e.Window, e.AboveSibling)
	case xproto.CirculateNotifyEvent:
		w.change(e.Window, func(*top) {})
		if e.Place == xproto.PlaceOnTop && len(w.order) > 0 {
			w.above(e.Window, w.order[len(w.order)-1])
		} else {
			w.above(e.Window, 0)
		}
	case xproto.ReparentNotifyEvent:
		w.doubt(e.Parent)
		w.doubt(w.owner[e.Window])
		if e.Parent == w.root {
			t := w.add(e.Window)
			size := t.bounds.Size()
			t.bounds, t.override = image.Rectangle{Max: size}.Add(image.Pt(int(e.X), int(e.Y))), e.OverrideRedirect
			t.asked, t.unsized = false, size == image.Point{}
			w.note(t)
		} else if t := w.tops[e.Window]; t != nil && e.Event == w.root {
			w.note(t)
			w.remove(e.Window)
		}
	case xproto.PropertyNotifyEvent:
		if w.named[e.Atom] {
			w.doubt(e.Window)
			w.doubt(w.owner[e.Window])
		}
	}
}

func (w *watch) change(id xproto.Window, f func(*top)) {
	if t := w.tops[id]; t != nil {
		w.note(t)
		f(t)
		w.note(t)
	}
}

// doubt says that a window's words may have changed.
func (w *watch) doubt(id xproto.Window) {
	if t := w.tops[id]; t != nil {
		t.asked = false
		w.note(t)
	}
}

// above moves a window right above a sibling; 0 is below all.
func (w *watch) above(id, sibling xproto.Window) {
	if w.tops[id] == nil || id == sibling {
		return
	}
	rest := slices.DeleteFunc(w.order, func(other xproto.Window) bool { return other == id })
	at := slices.Index(rest, sibling) + 1 // without pixels, it is not in the list: lowest
	if at == 0 && sibling != 0 {
		at = len(rest)
	}
	w.order = slices.Insert(rest, at, id)
}
