package screen

import (
	"errors"
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"

	"github.com/jezek/xgb"
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
	scale := x.askScale(x.conn)
	list := x.askMonitors(x.conn)
	said, sErr := scale.reply()
	monitors, err := list.reply(said)
	return monitors, errors.Join(sErr, err)
}

// scaleAsked is a question under way.
type scaleAsked struct{ xproto.GetPropertyCookie }

func (x *display) askScale(conn *xgb.Conn) scaleAsked {
	return scaleAsked{xproto.GetProperty(conn, false, x.root, xproto.AtomResourceManager, xproto.AtomString, 0, maxResources/4)}
}

func (a scaleAsked) reply() (float64, error) {
	said, err := a.Reply()
	if err != nil {
		return 1, err
	}
	return scaleOf(string(said.Value)), nil
}

// monitorsAsked are questions under way.
type monitorsAsked struct {
	x        *display
	conn     *xgb.Conn
	geometry xproto.GetGeometryCookie
	monitors randr.GetMonitorsCookie
}

// askMonitors asks without waiting. conn must know RandR if x does.
func (x *display) askMonitors(conn *xgb.Conn) monitorsAsked {
	a := monitorsAsked{x: x, conn: conn, geometry: xproto.GetGeometry(conn, xproto.Drawable(x.root))}
	if x.randr {
		a.monitors = randr.GetMonitors(conn, x.root, true)
	}
	return a
}

func (a monitorsAsked) reply(scale float64) ([]Monitor, error) {
	g, gErr := a.geometry.Reply()
	var list *randr.GetMonitorsReply
	var mErr error
	if a.x.randr {
		list, mErr = a.monitors.Reply()
	}
	if err := errors.Join(gErr, mErr); err != nil {
		return nil, err
	}
	desktop := image.Rect(0, 0, int(g.Width), int(g.Height))
	whole := []Monitor{{Name: "screen", Bounds: desktop, Primary: true, Scale: scale}}
	if list == nil {
		return whole, nil
	}
	var found []Monitor
	for _, m := range list.Monitors {
		bounds := image.Rect(int(m.X), int(m.Y), int(m.X)+int(m.Width), int(m.Y)+int(m.Height)).Intersect(desktop)
		if bounds.Empty() {
			continue
		}
		name, err := a.x.name(a.conn, m.Name)
		if err != nil {
			return nil, err
		}
		found = append(found, Monitor{Name: name, Bounds: bounds, Primary: m.Primary, Scale: scale})
	}
	if len(found) == 0 { // a server without any output still has a picture
		return whole, nil
	}
	return InOrder(found), nil
}

func (x *display) name(conn *xgb.Conn, atom xproto.Atom) (string, error) {
	if name, ok := x.names.Load(atom); ok {
		return name.(string), nil
	}
	reply, err := xproto.GetAtomName(conn, atom).Reply()
	if err != nil {
		return "", err
	}
	x.names.Store(atom, reply.Name)
	return reply.Name, nil
}

// maxResources bounds what is read of the resources, in bytes.
const maxResources = 64 << 10

// scaleOf is what the desktop's resources say of the size of text, which is
// where X11's desktops keep their scale (Xft.dpi, of 96); 1 if they say nothing
// that makes sense.
func scaleOf(resources string) float64 {
	for line := range strings.Lines(resources) {
		if rest, ok := strings.CutPrefix(line, "Xft.dpi:"); ok {
			dpi, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
			if scale := math.Round(dpi/96*100) / 100; err == nil && scale >= 0.5 && scale <= 8 {
				return scale
			}
		}
	}
	return 1
}
