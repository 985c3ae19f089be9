package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// slots keeps or shows tiles.
func (d *Decoder) slots(op byte) {
	slot, first, count := d.raw.varint(), d.raw.varint(), d.raw.varint()
	if count < 1 || count > tileSlots || slot > tileSlots-count || first > tileCount(d.picture.Rect.Max)-count {
		d.raw.bad()
		return
	}
	for i := range count {
		k, r := &d.tiles[slot+i], tile(d.picture.Rect.Size(), first+i)
		if op == opKeep {
			if d.work -= area(r); d.work < 0 {
				d.raw.bad()
				return
			}
			k.keep(d.picture, r)
		} else {
			if k.size != r.Size() {
				d.raw.bad()
			}
			if !d.write(r) {
				return
			}
			k.show(d.picture, r)
		}
	}
}

func (k *kept) keep(p *pixel.Bitmap, r image.Rectangle) {
	if k.size = r.Size(); cap(k.pix) < area(r) {
		k.pix = make([]uint32, area(r))
	}
	k.pix = k.pix[:area(r)]
	for y := range k.size.Y {
		copy(k.pix[y*k.size.X:], p.Row(r.Min.Y+y, r.Min.X, r.Max.X))
	}
}

func (k *kept) show(p *pixel.Bitmap, r image.Rectangle) {
	for y := range k.size.Y {
		copy(p.Row(r.Min.Y+y, r.Min.X, r.Max.X), k.pix[y*k.size.X:])
	}
}
