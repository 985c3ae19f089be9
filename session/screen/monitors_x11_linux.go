package screen

import (
	"fmt"
	"image"

	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

func (x *display) Monitors() ([]Monitor, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return nil, ErrClosed
	}
	monitors, err := x.monitors()
	if err != nil {
		return nil, fmt.Errorf("list the monitors: %w", err)
	}
	return monitors, nil
}

func (x *display) monitors() ([]Monitor, error) {
	for x.watch == nil { // servers send some events unasked; unread they would fill xgb's queue
		if event, err := x.conn.PollForEvent(); event == nil && err == nil {
			break
		}
	}
	g, err := xproto.GetGeometry(x.conn, xproto.Drawable(x.root)).Reply()
	if err != nil {
		return nil, err
	}
	desktop := image.Rect(0, 0, int(g.Width), int(g.Height))
	if x.names == nil {
		return []Monitor{{Name: "screen", Bounds: desktop, Primary: true}}, nil
	}
	reply, err := randr.GetMonitors(x.conn, x.root, true).Reply()
	if err != nil {
		return nil, err
	}
	var found []Monitor
	for _, m := range reply.Monitors {
		bounds := image.Rect(int(m.X), int(m.Y), int(m.X)+int(m.Width), int(m.Y)+int(m.Height)).Intersect(desktop)
		if bounds.Empty() {
			continue
		}
		name, err := x.name(m.Name)
		if err != nil {
			return nil, err
		}
		found = append(found, Monitor{Name: name, Bounds: bounds, Primary: m.Primary})
	}
	if len(found) == 0 { // a server without any output still has a picture
		found = []Monitor{{Name: "screen", Bounds: desktop, Primary: true}}
	}
	return InOrder(found), nil
}

func (x *display) name(atom xproto.Atom) (string, error) {
	if name, ok := x.names[atom]; ok {
		return name, nil
	}
	reply, err := xproto.GetAtomName(x.conn, atom).Reply()
	if err != nil {
		return "", err
	}
	x.names[atom] = reply.Name
	return reply.Name, nil
}
