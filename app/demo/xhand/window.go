package xhand

import (
	"context"
	"fmt"
	"image"
	"strings"
	"time"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/app/demo/await"
)

// windowLimit is how long a window manager may take to do what it was asked.
const windowLimit = 5 * time.Second

// Window is a managed top-level window.
type Window struct {
	ID    xproto.Window
	Title string
	Pid   int
}

// OneDesktop asks the window manager for a single virtual desktop and tells
// whether it has obeyed. One that answers requests also takes windows; one that
// has only announced itself may still overlook them, so ask again until it has.
func (h *Hand) OneDesktop() (bool, error) {
	n, err := h.cardinals(h.root, "_NET_NUMBER_OF_DESKTOPS")
	if err != nil || len(n) == 1 && n[0] == 1 {
		return err == nil, err
	}
	return false, h.message(h.root, "_NET_NUMBER_OF_DESKTOPS", 1)
}

// Windows lists the windows that the window manager knows (_NET_CLIENT_LIST).
func (h *Hand) Windows() ([]Window, error) {
	ids, err := h.cardinals(h.root, "_NET_CLIENT_LIST")
	if err != nil {
		return nil, err
	}
	var out []Window
	for _, id := range ids {
		w := Window{ID: xproto.Window(id)}
		title, err := h.property(w.ID, "_NET_WM_NAME")
		if err != nil {
			return nil, err
		}
		w.Title = string(title)
		pid, err := h.cardinals(w.ID, "_NET_WM_PID")
		if err != nil {
			return nil, err
		}
		if len(pid) > 0 {
			w.Pid = int(pid[0])
		}
		out = append(out, w)
	}
	return out, nil
}

// Find waits for a window of the process pid (0 is any) with this title.
func (h *Hand) Find(ctx context.Context, limit time.Duration, pid int, title string) (Window, error) {
	var found Window
	var all []Window
	err := await.Until(ctx, limit, fmt.Sprintf("window %q on %s", title, h.display), func() (_ bool, err error) {
		if all, err = h.Windows(); err != nil {
			return false, err
		}
		for _, w := range all {
			if w.Title == title && (pid == 0 || w.Pid == pid) {
				found = w
				return true, nil
			}
		}
		return false, nil
	}, func() string { return titles(all) })
	return found, err
}

func titles(all []Window) string {
	var names []string
	for _, w := range all {
		names = append(names, fmt.Sprintf("%q (process %d)", w.Title, w.Pid))
	}
	if names == nil {
		return "no window"
	}
	return strings.Join(names, ", ")
}

// Bounds is the place of the window's content on the display, without the frame.
func (h *Hand) Bounds(w Window) (image.Rectangle, error) {
	size, err := xproto.GetGeometry(h.conn, xproto.Drawable(w.ID)).Reply()
	if err != nil {
		return image.Rectangle{}, fmt.Errorf("size of window %q: %w", w.Title, err)
	}
	at, err := xproto.TranslateCoordinates(h.conn, w.ID, h.root, 0, 0).Reply()
	if err != nil {
		return image.Rectangle{}, fmt.Errorf("place of window %q: %w", w.Title, err)
	}
	x, y := int(at.DstX), int(at.DstY)
	return image.Rect(x, y, x+int(size.Width), y+int(size.Height)), nil
}

// Frame is Bounds with what the window manager has drawn around it.
func (h *Hand) Frame(w Window) (image.Rectangle, error) {
	r, err := h.Bounds(w)
	if err != nil {
		return r, err
	}
	edge, err := h.cardinals(w.ID, "_NET_FRAME_EXTENTS") // left, right, top, bottom
	if err != nil || len(edge) < 4 {
		return r, err
	}
	r.Min.X -= int(edge[0])
	r.Max.X += int(edge[1])
	r.Min.Y -= int(edge[2])
	r.Max.Y += int(edge[3])
	return r, nil
}

// Activate brings the window to the front and waits until it has the keyboard.
func (h *Hand) Activate(ctx context.Context, w Window) error {
	if active, err := h.active(); err != nil || active == w.ID {
		return err
	}
	if err := h.message(w.ID, "_NET_ACTIVE_WINDOW", 2, 0, 0); err != nil { // 2: asked for by a pager, not refused as focus stealing
		return err
	}
	return await.Until(ctx, windowLimit, fmt.Sprintf("window %q in front", w.Title), func() (bool, error) {
		active, err := h.active()
		return active == w.ID, err
	}, nil)
}

// Maximise lets the window fill the display.
func (h *Hand) Maximise(ctx context.Context, w Window) error {
	horizontal, err := h.atom("_NET_WM_STATE_MAXIMIZED_HORZ")
	if err != nil {
		return err
	}
	vertical, err := h.atom("_NET_WM_STATE_MAXIMIZED_VERT")
	if err != nil {
		return err
	}
	if err := h.message(w.ID, "_NET_WM_STATE", 1, uint32(horizontal), uint32(vertical)); err != nil {
		return err
	}
	width, _ := h.Size()
	return await.Until(ctx, windowLimit, fmt.Sprintf("window %q as wide as the display", w.Title), func() (bool, error) {
		r, err := h.Frame(w)
		return r.Dx() >= width, err
	}, nil)
}

func (h *Hand) active() (xproto.Window, error) {
	id, err := h.cardinals(h.root, "_NET_ACTIVE_WINDOW")
	if err != nil || len(id) == 0 {
		return 0, err
	}
	return xproto.Window(id[0]), nil
}

// message asks the window manager for something about a window (EWMH).
func (h *Hand) message(w xproto.Window, kind string, data ...uint32) error {
	atom, err := h.atom(kind)
	if err != nil {
		return err
	}
	event := xproto.ClientMessageEvent{
		Format: 32, Window: w, Type: atom,
		Data: xproto.ClientMessageDataUnionData32New(append(data, make([]uint32, 5-len(data))...)),
	}
	mask := uint32(xproto.EventMaskSubstructureRedirect | xproto.EventMaskSubstructureNotify)
	if err := xproto.SendEventChecked(h.conn, false, h.root, mask, string(event.Bytes())).Check(); err != nil {
		return fmt.Errorf("ask for %s: %w", kind, err)
	}
	return nil
}
