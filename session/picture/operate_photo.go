package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

func (d *Decoder) photo() {
	r := d.rect()
	filter := d.raw.byte()
	if area(r) > maxPhoto || !d.write(r) {
		d.raw.bad()
		return
	}
	green, red, blue := d.planes(r.Size(), filter, 0xff)
	if green == nil {
		return
	}
	w := r.Dx()
	for y := range r.Dy() {
		row := d.picture.Row(r.Min.Y+y, r.Min.X, r.Max.X)
		join(row, green[y*w:], red[y*w:], blue[y*w:], 0)
	}
}

// planes reads three of them; nil if they cannot be.
func (d *Decoder) planes(size image.Point, filter, mask byte) (green, red, blue []byte) {
	n := size.X * size.Y
	all := d.raw.take(3 * n)
	if all == nil || filter > filterEdge {
		d.raw.bad()
		return nil, nil, nil
	}
	green, red, blue = all[:n:n], all[n:2*n:2*n], all[2*n:]
	for _, p := range [][]byte{green, red, blue} {
		unfilter(p, size.X, filter, mask)
	}
	return green, red, blue
}

// join puts samples together to colours, which lack drop bits.
func join(row []uint32, green, red, blue []byte, drop uint) {
	green, red, blue = green[:len(row)], red[:len(row)], blue[:len(row)]
	if drop == 0 {
		for i := range row {
			g := green[i]
			row[i] = uint32(red[i]+g)<<16 | uint32(g)<<8 | uint32(blue[i]+g)
		}
		return
	}
	half, mask := byte(1)<<drop>>1, byte(0xff)>>drop
	for i := range row {
		g := green[i]
		r, b := (red[i]+g)&mask, (blue[i]+g)&mask
		row[i] = uint32(r<<drop+half)<<16 | uint32(g<<drop+half)<<8 | uint32(b<<drop+half)
	}
}

// unfilter makes samples from what was added to their predictions.
func unfilter(p []byte, w int, filter, mask byte) {
	if filter == filterNone {
		for i := range p {
			p[i] &= mask
		}
		return
	}
	p[0] &= mask
	for i := 1; i < w; i++ {
		p[i] = (p[i] + p[i-1]) & mask
	}
	for at := w; at+w <= len(p); at += w {
		up, row := p[at-w:at:at], p[at:at+w:at+w]
		a := (row[0] + up[0]) & mask
		row[0] = a
		up = up[:len(row)]
		switch filter {
		case filterLeft:
			for i := 1; i < len(row); i++ {
				a = (row[i] + a) & mask
				row[i] = a
			}
		case filterUp:
			for i := 1; i < len(row); i++ {
				row[i] = (row[i] + up[i]) & mask
			}
		case filterMean:
			for i := 1; i < len(row); i++ {
				a = (row[i] + byte((uint(a)+uint(up[i]))/2)) & mask
				row[i] = a
			}
		case filterEdge:
			c := up[0]
			for i := 1; i < len(row); i++ {
				b := up[i]
				a = (row[i] + edge(a, b, c)) & mask
				row[i] = a
				c = b
			}
		}
	}
}

// edge is a prediction from the left, the upper, and the neighbour between them.
func edge(a, b, c byte) byte {
	low, high := min(a, b), max(a, b)
	return byte(max(int(low), min(int(high), int(a)+int(b)-int(c))))
}

func (d *Decoder) coarse() {
	r := d.rect()
	scale, drop, filter := int(d.raw.byte()), d.raw.byte(), d.raw.byte()
	if scale != 1 && scale != 2 && scale != 4 && scale != 8 || drop > 7 {
		d.raw.bad()
		return
	}
	size := shrunk(r, scale)
	if size.X*size.Y > maxPhoto || !d.write(r) {
		d.raw.bad()
		return
	}
	green, red, blue := d.planes(size, filter, 0xff>>drop)
	if green == nil {
		return
	}
	d.small = enough(d.small, size.X*size.Y)
	join(d.small, green, red, blue, uint(drop))
	d.wide = enlarge(d.picture, r, scale, d.small, d.wide)
}

func enough[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

func shrunk(r image.Rectangle, scale int) image.Point {
	return image.Pt((r.Dx()+scale-1)/scale, (r.Dy()+scale-1)/scale)
}

// spread gives a colour's three parts room to be added up: 21 bits each.
func spread(c uint32) uint64 {
	return uint64(c&0xff0000)<<26 | uint64(c&0xff00)<<13 | uint64(c&0xff)
}

// enlarge paints r with a picture of a scale-th of its size. It gives row back,
// which it uses meanwhile.
func enlarge(p *pixel.Bitmap, r image.Rectangle, scale int, small []uint32, row []uint64) []uint64 {
	size := shrunk(r, scale)
	row = enough(row, size.X+1)
	shift := map[int]uint{1: 2, 2: 4, 4: 6, 8: 8}[scale]
	half := uint64(2*scale*scale) * (1<<42 | 1<<21 | 1)
	for y := range r.Dy() {
		j, g := between(y, scale, size.Y)
		upper := small[j*size.X : (j+1)*size.X]
		lower := upper
		if j+1 < size.Y {
			lower = small[(j+1)*size.X : (j+2)*size.X]
		}
		for i := range upper {
			row[i] = spread(upper[i])*uint64(2*scale-g) + spread(lower[i])*uint64(g)
		}
		row[size.X] = row[size.X-1]
		out := p.Row(r.Min.Y+y, r.Min.X, r.Max.X)
		for x := range out {
			i, f := between(x, scale, size.X)
			v := (row[i]*uint64(2*scale-f) + row[i+1]*uint64(f) + half) >> shift
			out[x] = uint32(v>>26)&0xff0000 | uint32(v>>13)&0xff00 | uint32(v)&0xff
		}
	}
	return row
}

// between is where pixel x lies among n pixels scale times as large: behind
// which of them, and by how many parts of 2*scale.
func between(x, scale, n int) (i, f int) {
	at := min(max(2*x+1-scale, 0), 2*scale*(n-1))
	return at / (2 * scale), at % (2 * scale)
}
