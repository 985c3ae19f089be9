package overlay

import (
	"errors"
	"image"
	"slices"
	"time"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// frame is the border of one area.
type frame struct {
	at    image.Rectangle
	sides []xproto.Window
}

// raiseTime is the least between two times that everything is put in front, so
// that two programs which both want to be there do not keep the server busy.
const raiseTime = 100 * time.Millisecond

// follow puts frames where their areas are, as often as something has moved.
func (d *display) follow() {
	for {
		select {
		case <-d.changed:
		case <-d.end:
			return
		}
		if d.layout.Swap(false) {
			d.remap()
		}
		err := d.use("follow", d.place)
		if errors.Is(err, ErrClosed) {
			return
		}
		select {
		case <-time.After(raiseTime / 6):
		case <-d.end:
			return
		}
	}
}

// place brings the frames in line with the areas. mu is held.
func (d *display) place() error {
	g, err := xproto.GetGeometry(d.conn, xproto.Drawable(d.screen.Root)).Reply()
	if err != nil {
		return err
	}
	desktop := image.Rect(0, 0, int(g.Width), int(g.Height))
	monitors, err := d.monitors(desktop)
	if err != nil {
		return err
	}
	for area, f := range d.frames {
		if !slices.Contains(d.areas, area) {
			d.unframe(area, f)
		}
	}
	for _, area := range d.areas {
		at := monitors[area.Monitor]
		if area.Window != 0 {
			if at = d.outer(xproto.Window(area.Window)); !at.Empty() {
				at = at.Inset(-len(stripes)).Intersect(desktop)
			}
		}
		if at.Dx() < 3*len(stripes) || at.Dy() < 3*len(stripes) {
			at = image.Rectangle{} // gone, or hidden
		}
		f := d.frames[area]
		if f != nil && f.at != at {
			d.unframe(area, f)
			f = nil
		}
		if f == nil && !at.Empty() {
			if err := d.frame(area, at); err != nil {
				return err
			}
		}
	}
	d.raise()
	return nil
}

func (d *display) frame(area Area, at image.Rectangle) error {
	f := &frame{at: at}
	d.frames[area] = f
	for _, side := range sides(at) {
		id, err := d.window(side.Min, framePicture(at, side))
		if err != nil {
			return err
		}
		f.sides = append(f.sides, id)
		xproto.MapWindow(d.conn, id)
	}
	return nil
}

func (d *display) unframe(area Area, f *frame) {
	for _, id := range f.sides {
		d.drop(id)
	}
	delete(d.frames, area)
}

// raise puts everything in front; frames below the mark.
func (d *display) raise() {
	up := func(id xproto.Window) {
		xproto.ConfigureWindow(d.conn, id, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
	}
	for _, f := range d.frames {
		for _, id := range f.sides {
			up(id)
		}
	}
	if d.mark.id != 0 {
		up(d.mark.id)
	}
}

// monitors are the monitors' places by name; without RandR there is one.
func (d *display) monitors(desktop image.Rectangle) (map[string]image.Rectangle, error) {
	all := map[string]image.Rectangle{}
	if d.randr == 0 {
		return map[string]image.Rectangle{"screen": desktop}, nil
	}
	reply, err := randr.GetMonitors(d.conn, d.screen.Root, true).Reply()
	if err != nil {
		return nil, err
	}
	for _, m := range reply.Monitors {
		name, err := xproto.GetAtomName(d.conn, m.Name).Reply()
		if err != nil {
			return nil, err
		}
		all[name.Name] = image.Rect(int(m.X), int(m.Y), int(m.X)+int(m.Width), int(m.Y)+int(m.Height)).Intersect(desktop)
	}
	if len(all) == 0 {
		all["screen"] = desktop
	}
	return all, nil
}

// outer is where a window is, with what the window manager has drawn around
// it; empty when it is not shown.
func (d *display) outer(id xproto.Window) image.Rectangle {
	for range 32 { // nobody nests deeper
		a, err := xproto.GetWindowAttributes(d.conn, id).Reply()
		if err != nil || a.MapState != xproto.MapStateViewable {
			return image.Rectangle{}
		}
		tree, err := xproto.QueryTree(d.conn, id).Reply()
		if err != nil {
			return image.Rectangle{}
		}
		if tree.Parent == d.screen.Root {
			g, err := xproto.GetGeometry(d.conn, xproto.Drawable(id)).Reply()
			if err != nil {
				return image.Rectangle{}
			}
			border := 2 * int(g.BorderWidth)
			return image.Rect(0, 0, int(g.Width)+border, int(g.Height)+border).Add(image.Pt(int(g.X), int(g.Y)))
		}
		id = tree.Parent
	}
	return image.Rectangle{}
}
