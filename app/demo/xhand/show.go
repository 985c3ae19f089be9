package xhand

import (
	"fmt"
	"image"

	"github.com/jezek/xgb/xproto"
)

// bytesAtOnce is how much of a picture goes into one request; requests end at 256 KiB.
const bytesAtOnce = 128 << 10

// Shown is a picture in a window of its own, in front of all others.
type Shown struct {
	hand   *Hand
	window xproto.Window
	pixmap xproto.Pixmap
	gc     xproto.Gcontext
}

// Show puts a picture on the display with its upper left corner at a place. The
// window is not managed: it has no frame, takes no focus, and the server itself
// redraws it.
func (h *Hand) Show(picture *image.RGBA, at image.Point) (*Shown, error) {
	size := picture.Rect.Size()
	s := &Shown{hand: h}
	var err error
	if s.window, err = xproto.NewWindowId(h.conn); err != nil {
		return nil, fmt.Errorf("show picture: %w", err)
	}
	if s.pixmap, err = xproto.NewPixmapId(h.conn); err != nil {
		return nil, fmt.Errorf("show picture: %w", err)
	}
	if s.gc, err = xproto.NewGcontextId(h.conn); err != nil {
		return nil, fmt.Errorf("show picture: %w", err)
	}
	width, height, depth := uint16(size.X), uint16(size.Y), h.screen.RootDepth
	if err := xproto.CreatePixmapChecked(h.conn, depth, s.pixmap, xproto.Drawable(h.root), width, height).Check(); err != nil {
		return nil, fmt.Errorf("show picture: %w", err)
	}
	if err := xproto.CreateGCChecked(h.conn, s.gc, xproto.Drawable(s.pixmap), 0, nil).Check(); err != nil {
		return nil, fmt.Errorf("show picture: %w", err)
	}
	if err := s.draw(picture); err != nil {
		return nil, err
	}
	err = xproto.CreateWindowChecked(
		h.conn, depth, s.window, h.root, int16(at.X), int16(at.Y), width, height, 0,
		xproto.WindowClassInputOutput, h.screen.RootVisual,
		xproto.CwBackPixmap|xproto.CwOverrideRedirect, []uint32{uint32(s.pixmap), 1},
	).Check()
	if err != nil {
		return nil, fmt.Errorf("show picture: %w", err)
	}
	h.shown = append(h.shown, s)
	if err := xproto.MapWindowChecked(h.conn, s.window).Check(); err != nil {
		return nil, fmt.Errorf("show picture: %w", err)
	}
	return s, nil
}

// Change shows another picture of the same size instead.
func (s *Shown) Change(picture *image.RGBA) error {
	if err := s.draw(picture); err != nil {
		return err
	}
	// Naming the background again and clearing the window draws it anew.
	if err := xproto.ChangeWindowAttributesChecked(s.hand.conn, s.window, xproto.CwBackPixmap, []uint32{uint32(s.pixmap)}).Check(); err != nil {
		return fmt.Errorf("show picture: %w", err)
	}
	if err := xproto.ClearAreaChecked(s.hand.conn, false, s.window, 0, 0, 0, 0).Check(); err != nil {
		return fmt.Errorf("show picture: %w", err)
	}
	return s.Raise()
}

// Name gives the picture's window a title, as a program would.
func (s *Shown) Name(title string) error {
	kind, err := s.hand.atom("UTF8_STRING")
	if err != nil {
		return err
	}
	name, err := s.hand.atom("_NET_WM_NAME")
	if err != nil {
		return err
	}
	err = xproto.ChangePropertyChecked(s.hand.conn, xproto.PropModeReplace, s.window, name, kind, 8, uint32(len(title)), []byte(title)).Check()
	if err != nil {
		return fmt.Errorf("name picture: %w", err)
	}
	return nil
}

// Raise brings the picture to the front again.
func (s *Shown) Raise() error {
	err := xproto.ConfigureWindowChecked(s.hand.conn, s.window, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove}).Check()
	if err != nil {
		return fmt.Errorf("raise picture: %w", err)
	}
	return nil
}

func (s *Shown) draw(picture *image.RGBA) error {
	size := picture.Rect.Size()
	rows := max(1, bytesAtOnce/(4*size.X))
	for top := 0; top < size.Y; top += rows {
		n := min(rows, size.Y-top)
		data := make([]byte, 0, 4*size.X*n)
		for y := top; y < top+n; y++ {
			line := picture.Pix[y*picture.Stride:][:4*size.X]
			for i := 0; i < len(line); i += 4 {
				data = append(data, line[i+2], line[i+1], line[i], 0xff)
			}
		}
		err := xproto.PutImageChecked(
			s.hand.conn, xproto.ImageFormatZPixmap, xproto.Drawable(s.pixmap), s.gc,
			uint16(size.X), uint16(n), 0, int16(top), 0, s.hand.screen.RootDepth, data,
		).Check()
		if err != nil {
			return fmt.Errorf("draw picture: %w", err)
		}
	}
	return nil
}

func (s *Shown) destroy() {
	xproto.DestroyWindow(s.hand.conn, s.window)
	xproto.FreePixmap(s.hand.conn, s.pixmap)
	xproto.FreeGC(s.hand.conn, s.gc)
}
