package screen

import (
	"image"

	"github.com/jezek/xgb/xproto"
)

// composited says whether a compositor paints the desktop (EWMH 1.5,
// _NET_WM_CM_Sn): then what is on the screen can be any window in any place,
// as in an overview or while one fades, and every window has its own pixels.
func (x *display) composited() bool {
	if !x.composite {
		return false
	}
	name := "_NET_WM_CM_S" + string('0'+rune(x.conn.DefaultScreen))
	atom, err := xproto.InternAtom(x.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return false
	}
	owner, err := xproto.GetSelectionOwner(x.conn, atom.Atom).Reply()
	return err == nil && owner.Owner != 0
}

// layer is what is seen of one window.
type layer struct {
	top  top
	form region
}

// compose makes the picture from the windows' own pixels, as they lie upon
// each other: no other window can be in it, wherever the compositor shows it.
// What is not chosen, hidden, or cannot be read is black.
func (x *display) compose(m Monitor, dst *image.RGBA, p places, chosen map[xproto.Window]bool) {
	blackOut(dst)
	left := region{m.Bounds}
	var layers []layer // the highest first
	for i := len(p.order) - 1; i >= 0 && len(left) > 0; i-- {
		t := p.tops[p.order[i]]
		if t.words.ours && !p.hidden[t.id] {
			continue // not a part of the picture
		}
		if p.hidden[t.id] || chosen != nil && !chosen[t.id] {
			left = left.without(t.bounds)
			continue
		}
		form := x.form(t.id, t.bounds)
		layers = append(layers, layer{t, left.within(form)})
		if !t.words.alpha {
			for _, part := range form {
				left = left.without(part)
			}
		}
	}
	if chosen == nil {
		x.background(m, dst, left)
	}
	for i := len(layers) - 1; i >= 0; i-- {
		x.draw(m, dst, layers[i])
	}
}

// background is the picture that desktops leave below all windows.
func (x *display) background(m Monitor, dst *image.RGBA, left region) {
	raw, err := x.property(x.root, "_XROOTPMAP_ID", 1)
	if err != nil || number(raw, 0) == 0 {
		return
	}
	x.put(m, dst, left, xproto.Drawable(number(raw, 0)), image.Point{}, x.pixel, false)
}

func (x *display) draw(m Monitor, dst *image.RGBA, l layer) {
	if len(l.form) == 0 {
		return
	}
	format, err := x.formatOfWindow(l.top.id)
	if err != nil {
		return
	}
	own, err := x.pixmapOf(l.top.id)
	if err != nil {
		return
	}
	defer xproto.FreePixmap(x.conn, own)
	x.put(m, dst, l.form, xproto.Drawable(own), l.top.bounds.Min, format, l.top.words.alpha)
}

// put draws parts of what stands at a place of the desktop. What cannot be
// read stays as it is.
func (x *display) put(m Monitor, dst *image.RGBA, parts region, from xproto.Drawable, at image.Point, format pixelFormat, alpha bool) {
	all := parts.bounds()
	if all.Empty() {
		return
	}
	pixels, err := x.read(from, all.Sub(at))
	if err != nil {
		return
	}
	for _, r := range parts {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			src := pixels[4*((y-all.Min.Y)*all.Dx()+r.Min.X-all.Min.X):][:4*r.Dx()]
			to := dst.Pix[dst.PixOffset(r.Min.X-m.Bounds.Min.X+dst.Rect.Min.X, y-m.Bounds.Min.Y+dst.Rect.Min.Y):][:4*r.Dx()]
			format.over(to, src, alpha)
		}
	}
}

// over draws pixels on others; with alpha they are premultiplied, as X11's are.
func (f pixelFormat) over(to, src []byte, alpha bool) {
	opacity := 6 - f.red - f.green - f.blue // the byte that is left
	for i := 0; i+3 < len(to) && i+3 < len(src); i += 4 {
		under := 0
		if alpha {
			under = 255 - int(src[i+opacity])
		}
		for colour, at := range [3]int{f.red, f.green, f.blue} {
			to[i+colour] = byte(min(255, int(src[i+at])+int(to[i+colour])*under/255))
		}
		to[i+3] = 0xff
	}
}
