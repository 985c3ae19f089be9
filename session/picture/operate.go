package picture

import (
	"image"
	"slices"

	"github.com/beistand/beistand/session/pixel"
)

// operation does one.
func (d *Decoder) operation(op byte) {
	switch op {
	case opFill:
		r := d.rect()
		if c := d.colour(); d.write(r) {
			fill(d.picture, r, c)
		}
	case opCopy:
		d.copy()
	case opPalette:
		d.palette()
	case opPhoto:
		d.photo()
	case opCoarse:
		d.coarse()
	case opKeep, opShow:
		d.slots(op)
	case opColours:
		d.set()
	case opText:
		d.text()
	case opMotion:
		d.begin(d.raw.byte(), d.rect())
	case opStill:
		d.end(d.raw.byte())
	default:
		d.raw.bad()
	}
}

// rect is a place in the picture; empty if there is none.
func (d *Decoder) rect() image.Rectangle {
	x, y, w, h := d.raw.varint(), d.raw.varint(), d.raw.varint(), d.raw.varint()
	r := image.Rect(x, y, x+w, y+h)
	if d.raw.err != nil || r.Empty() || !r.In(d.picture.Rect) {
		d.raw.bad()
		return image.Rectangle{}
	}
	return r
}

func (d *Decoder) colour() uint32 {
	if b := d.raw.take(3); b != nil {
		return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2])
	}
	return 0
}

// write says whether r, which lies in the picture, may be written.
func (d *Decoder) write(r image.Rectangle) bool {
	if d.work -= area(r); d.work < 0 {
		d.raw.bad()
	}
	if d.raw.err != nil {
		return false
	}
	d.changed.add(r)
	return true
}

// fill makes all of r, which lies in the picture, one colour.
func fill(p *pixel.Bitmap, r image.Rectangle, c uint32) {
	first := p.Row(r.Min.Y, r.Min.X, r.Max.X)
	first[0] = c
	for n := 1; n < len(first); n *= 2 {
		copy(first[n:], first[:n])
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(p.Row(y, r.Min.X, r.Max.X), first)
	}
}

func (d *Decoder) copy() {
	r := d.rect()
	by := image.Pt(d.raw.signed(), d.raw.signed())
	if !r.Add(by).In(d.picture.Rect) {
		d.raw.bad()
	}
	if d.write(r) {
		move(d.picture, r, by)
	}
}

// move gives r what stands by beside it.
func move(p *pixel.Bitmap, r image.Rectangle, by image.Point) {
	y, end, step := r.Min.Y, r.Max.Y, 1
	if by.Y < 0 {
		y, end, step = r.Max.Y-1, r.Min.Y-1, -1
	}
	for ; y != end; y += step {
		copy(p.Row(y, r.Min.X, r.Max.X), p.Row(y+by.Y, r.Min.X+by.X, r.Max.X+by.X))
	}
}

func (d *Decoder) palette() {
	r := d.rect()
	n := int(d.raw.byte()) + 1
	table := d.raw.take(3 * n)
	if table == nil || n < 2 || !d.write(r) {
		d.raw.bad()
		return
	}
	var colours [256]uint32
	for i := range n {
		colours[i] = uint32(table[3*i])<<16 | uint32(table[3*i+1])<<8 | uint32(table[3*i+2])
	}
	each := indexBits(n)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		packed := d.raw.take((r.Dx()*each + 7) / 8)
		if packed == nil {
			return
		}
		row := d.picture.Row(y, r.Min.X, r.Max.X)
		if unpackRow(row, packed, &colours, each) >= n {
			d.raw.bad()
			return
		}
	}
}

// unpackRow paints a row of indices and gives the highest of them.
func unpackRow(row []uint32, packed []byte, colours *[256]uint32, each int) int {
	top := byte(0)
	if each == 8 {
		packed = packed[:len(row)]
		for i := range row {
			v := packed[i]
			top = max(top, v)
			row[i] = colours[v]
		}
		return int(top)
	}
	mask := byte(1)<<each - 1
	for i := range row {
		at := i * each
		v := packed[at>>3] >> (8 - each - at&7) & mask
		top = max(top, v)
		row[i] = colours[v]
	}
	return int(top)
}

func (d *Decoder) begin(id byte, r image.Rectangle) {
	if id < 1 || id > maxRegions {
		d.raw.bad()
	}
	if d.raw.err != nil {
		return
	}
	place := len(d.motion)
	for i, m := range d.motion {
		if m.ID == id {
			place = i
		} else if m.Rect.Overlaps(r) {
			d.raw.bad()
			return
		}
	}
	d.motion = slices.Clone(d.motion) // callers may keep the last one
	if place == len(d.motion) {
		d.motion = append(d.motion, Region{})
	}
	d.motion[place] = Region{id, r}
	d.changed.add(r)
}

func (d *Decoder) end(id byte) {
	for i, m := range d.motion {
		if m.ID == id {
			d.changed.add(m.Rect)
			d.motion = slices.Delete(slices.Clone(d.motion), i, i+1)
			return
		}
	}
	d.raw.bad()
}
