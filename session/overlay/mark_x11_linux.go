package overlay

import (
	"image"

	"github.com/jezek/xgb/xproto"
)

// mark is the ring, made anew when its label or the label's side changes.
type mark struct {
	id     xproto.Window // 0 until it is shown
	label  string
	onLeft bool
	size   image.Point
	hot    image.Point
	at     image.Point
	shown  bool
}

func (d *display) Label(text string) error {
	return d.use("name the mark", func() error {
		if text == d.mark.label {
			return nil
		}
		d.mark.label = text
		d.drop(d.mark.id)
		d.mark.id = 0
		if d.mark.shown {
			return d.show()
		}
		return nil
	})
}

func (d *display) Mark(at image.Point, shown bool) error {
	return d.use("mark a place", func() error {
		d.mark.at, d.mark.shown = at, shown
		if !shown {
			d.drop(d.mark.id)
			d.mark.id = 0
			return nil
		}
		return d.show()
	})
}

// show puts the mark where it belongs, its label to the side that has room.
func (d *display) show() error {
	m := &d.mark
	limit := int16(1<<15 - 1 - 1000)
	m.at = image.Pt(min(max(m.at.X, 0), int(limit)), min(max(m.at.Y, 0), int(limit)))
	right := int(d.screen.WidthInPixels)
	if g, err := xproto.GetGeometry(d.conn, xproto.Drawable(d.screen.Root)).Reply(); err == nil {
		right = int(g.Width)
	}
	onLeft := m.id != 0 && m.onLeft
	if width := m.size.X; m.id != 0 {
		onLeft = m.at.X+width-ringSize/2 > right
	}
	if m.id == 0 || onLeft != m.onLeft {
		d.drop(m.id)
		m.id = 0
		p, hot := markPicture(m.label, false)
		if onLeft = m.at.X+p.Rect.Dx()-ringSize/2 > right; onLeft {
			p, hot = markPicture(m.label, true)
		}
		id, err := d.window(m.at.Sub(hot), p)
		if err != nil {
			return err
		}
		m.id, m.size, m.hot, m.onLeft = id, p.Rect.Size(), hot, onLeft
		return xproto.MapWindowChecked(d.conn, id).Check()
	}
	to := m.at.Sub(m.hot)
	return xproto.ConfigureWindowChecked(d.conn, m.id, xproto.ConfigWindowX|xproto.ConfigWindowY|xproto.ConfigWindowStackMode,
		[]uint32{uint32(to.X), uint32(to.Y), xproto.StackModeAbove}).Check()
}
