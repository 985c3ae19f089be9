package picture

import (
	"image"
)

// painter is the memory that painting needs.
type painter struct {
	table  colourTable
	planes []byte
}

// literal sends r as it is: one colour, few, or a photograph. The viewer has it then.
func (e *Encoder) literal(r image.Rectangle) {
	if r.Empty() {
		return
	}
	t := &e.paint.table
	if !t.index(e.now, r) {
		e.photo(r)
		return
	}
	e.wrote(r)
	e.base.Copy(e.now, r)
	if len(t.colours) == 1 {
		e.ops = appendColour(appendRect(append(e.ops, opFill), r), t.colours[0])
		return
	}
	e.ops = append(appendRect(append(e.ops, opPalette), r), byte(len(t.colours)-1))
	for _, c := range t.colours {
		e.ops = appendColour(e.ops, c)
	}
	each := indexBits(len(t.colours))
	w := r.Dx()
	for y := range r.Dy() {
		row := t.indices[y*w : (y+1)*w]
		if each == 8 {
			e.ops = append(e.ops, row...)
			continue
		}
		e.ops = packRow(e.ops, row, each)
	}
}

// packRow puts indices of some bits each together, the first highest.
func packRow(b, row []byte, each int) []byte {
	per := 8 / each
	for ; len(row) > per; row = row[per:] {
		v := byte(0)
		for _, i := range row[:per] {
			v = v<<each | i
		}
		b = append(b, v)
	}
	v := byte(0)
	for i := range per {
		v <<= each
		if i < len(row) {
			v |= row[i]
		}
	}
	return append(b, v)
}

// photo sends r, of at most maxPhoto pixels, with each predicted from its
// neighbours.
func (e *Encoder) photo(r image.Rectangle) {
	e.wrote(r)
	e.base.Copy(e.now, r)
	w, n := r.Dx(), area(r)
	e.paint.planes = enough(e.paint.planes, 3*n)
	planes := e.paint.planes
	green, red, blue := planes[:n], planes[n:2*n], planes[2*n:]
	for y := range r.Dy() {
		row := e.now.Row(r.Min.Y+y, r.Min.X, r.Max.X)
		split(row, green[y*w:(y+1)*w], red[y*w:(y+1)*w], blue[y*w:(y+1)*w], 0)
	}
	filter := best(green, w)
	e.ops = append(appendRect(append(e.ops, opPhoto), r), filter)
	for _, p := range [][]byte{green, red, blue} {
		e.ops = appendFiltered(e.ops, p, w, filter, 0xff)
	}
}

// split takes colours apart into samples, drop bits of each left out.
func split(row []uint32, green, red, blue []byte, drop uint) {
	green, red, blue = green[:len(row)], red[:len(row)], blue[:len(row)]
	mask := byte(0xff) >> drop
	for i, c := range row {
		g := byte(c>>8) >> drop
		green[i], red[i], blue[i] = g, (byte(c>>16)>>drop-g)&mask, (byte(c)>>drop-g)&mask
	}
}

// best is the filter that leaves the least of a plane, judged by every fourth row.
func best(p []byte, w int) byte {
	var cost [filterEdge + 1]int
	for at := w; at+w <= len(p); at += 4 * w {
		up, row := p[at-w:at:at], p[at:at+w:at+w]
		up = up[:len(row)]
		for i := 1; i < len(row); i++ {
			v, a, b, c := row[i], row[i-1], up[i], up[i-1]
			cost[filterLeft] += far(v - a)
			cost[filterUp] += far(v - b)
			cost[filterMean] += far(v - byte((uint(a)+uint(b))/2))
			cost[filterEdge] += far(v - edge(a, b, c))
		}
	}
	found := filterLeft
	for f := filterUp; f <= filterEdge; f++ {
		if cost[f] < cost[found] {
			found = f
		}
	}
	return found
}

func far(v byte) int {
	if d := int(int8(v)); d >= 0 {
		return d
	}
	return -int(int8(v))
}

// appendFiltered adds what of a plane its predictions leave.
func appendFiltered(b, p []byte, w int, filter, mask byte) []byte {
	start := len(b)
	b = append(b, p...)
	if filter == filterNone {
		return b
	}
	out := b[start:]
	for i := w - 1; i > 0; i-- {
		out[i] = (p[i] - p[i-1]) & mask
	}
	for at := w; at+w <= len(p); at += w {
		up, row, to := p[at-w:at:at], p[at:at+w:at+w], out[at:at+w:at+w]
		up, to = up[:len(row)], to[:len(row)]
		to[0] = (row[0] - up[0]) & mask
		switch filter {
		case filterLeft:
			for i := 1; i < len(row); i++ {
				to[i] = (row[i] - row[i-1]) & mask
			}
		case filterUp:
			for i := 1; i < len(row); i++ {
				to[i] = (row[i] - up[i]) & mask
			}
		case filterMean:
			for i := 1; i < len(row); i++ {
				to[i] = (row[i] - byte((uint(row[i-1])+uint(up[i]))/2)) & mask
			}
		case filterEdge:
			for i := 1; i < len(row); i++ {
				to[i] = (row[i] - edge(row[i-1], up[i], up[i-1])) & mask
			}
		}
	}
	return b
}
