package picture

import (
	"image"
	"math"
)

// Stages of what is owed: the larger, the coarser is what the viewer has.
const (
	paid       byte = iota
	stageFine       // of half the size, or of few colours, or video's last picture
	stageRough      // of a quarter or less
)

// coarse sends stand-ins for all pieces, in about so many bytes, and owes them.
func (e *Encoder) coarse(room int) {
	t := &e.textures
	total, edged := 0, 0
	for _, p := range t.pieces {
		if total += area(p.Rectangle); p.sharp {
			edged += area(p.Rectangle)
		}
	}
	// Bytes a pixel of a photograph with two bits less, and of three bits a
	// colour where there are edges: what was measured.
	scale := 2
	for scale < 8 && float64(total)/float64(scale*scale)*0.9 > 0.7*float64(room) {
		scale *= 2
	}
	text := edged > 0 && float64(edged)*0.5 < 0.5*float64(room)
	for i := 0; i < len(t.pieces); {
		p := t.pieces[i]
		i++
		strip := p.Rectangle
		for i < len(t.pieces) && p.sharp == t.pieces[i].sharp && t.pieces[i].Min.Y == strip.Min.Y && t.pieces[i].Max.Y == strip.Max.Y &&
			t.pieces[i].Min.X == strip.Max.X && t.pieces[i].Max.X-strip.Min.X <= stripWide {
			strip.Max.X = t.pieces[i].Max.X
			i++
		}
		switch {
		case p.sharp && text:
			e.standIn(strip, 1, 5)
			e.cells.owe(e.now, strip, stageFine)
		case scale == 2:
			e.standIn(strip, 2, 2)
			e.cells.owe(e.now, strip, stageFine)
		default:
			e.standIn(strip, scale, 2)
			e.cells.owe(e.now, strip, stageRough)
		}
	}
	t.pieces = t.pieces[:0]
}

// standIn sends a coarse r.
func (e *Encoder) standIn(r image.Rectangle, scale int, drop uint) {
	size := shrunk(r, scale)
	n := size.X * size.Y
	t := &e.textures
	t.small = enough(t.small, n)
	e.shrink(r, scale, t.small)
	e.paint.planes = enough(e.paint.planes, 3*n)
	green, red, blue := e.paint.planes[:n], e.paint.planes[n:2*n], e.paint.planes[2*n:]
	split(t.small, green, red, blue, drop)
	filter, mask := best(green, size.X), byte(0xff)>>drop
	e.ops = append(appendRect(append(e.ops, opCoarse), r), byte(scale), byte(drop), filter)
	for _, p := range [][]byte{green, red, blue} {
		e.ops = appendFiltered(e.ops, p, size.X, filter, mask)
	}
	join(t.small, green, red, blue, drop)
	t.wide = enlarge(e.base, r, scale, t.small, t.wide)
	e.wrote(r)
}

// shrink makes each scale x scale pixels of r their mean.
func (e *Encoder) shrink(r image.Rectangle, scale int, small []uint32) {
	size := shrunk(r, scale)
	for j := range size.Y {
		for i := range size.X {
			in := image.Rect(i*scale, j*scale, (i+1)*scale, (j+1)*scale).Add(r.Min).Intersect(r)
			var sum uint64
			for y := in.Min.Y; y < in.Max.Y; y++ {
				for _, c := range e.now.Row(y, in.Min.X, in.Max.X) {
					sum += spread(c)
				}
			}
			n := uint64(area(in))
			small[j*size.X+i] = uint32((sum>>42)/n)<<16 | uint32((sum>>21&0x1fffff)/n)<<8 | uint32((sum&0x1fffff)/n)
		}
	}
}

// owed puts the tiles that are owed on the list; only those of the coarsest
// stage, or all. It says how many bytes all would take, and the coarsest stage.
func (e *Encoder) owed() (coarsest byte) {
	size := e.base.Rect.Max
	for n := range tileCount(size) {
		whole := tile(size, n)
		in := e.cells.of(whole)
		var found image.Rectangle
		stage := paid
		for y := in.Min.Y; y < in.Max.Y; y++ {
			for x := in.Min.X; x < in.Max.X; x++ {
				if o := e.cells.owed[y*e.cells.across+x]; o > 0 {
					found = found.Union(place(x, y))
					stage = max(stage, o)
				}
			}
		}
		if stage == paid {
			continue
		}
		p := e.texture(tight(e.base, e.now, found.Intersect(whole)))
		if p == nil { // it has become right by itself
			e.cells.pay(e.cells.of(found))
			continue
		}
		p.stage = stage
		coarsest = max(coarsest, stage)
	}
	return coarsest
}

// refine sends what is owed, in about so many bytes.
func (e *Encoder) refine(room int) {
	coarsest := e.owed()
	if coarsest == paid {
		return
	}
	t := &e.textures
	if coarsest > stageFine && t.expected() > 4*room {
		e.better(coarsest, room)
		return
	}
	all := append([]piece(nil), t.pieces...)
	e.hits()
	e.lossless(room)
	left := make(map[int]bool)
	for _, p := range t.pieces {
		left[p.tile] = true
	}
	for _, p := range all {
		if !left[p.tile] {
			e.cells.pay(e.cells.of(tile(e.base.Rect.Max, p.tile)))
		}
	}
	t.pieces = t.pieces[:0]
}

// better sends finer stand-ins for as many of the coarsest pieces as fit.
func (e *Encoder) better(coarsest byte, room int) {
	t := &e.textures
	chosen := t.pieces[:0]
	used := 0.0
	for _, p := range t.pieces {
		if p.stage < coarsest {
			continue
		}
		cost := float64(area(p.Rectangle)) / 4 * 0.9
		if used > 0 && used+cost > float64(room) {
			break
		}
		used += cost
		chosen = append(chosen, p)
	}
	t.pieces = chosen
	e.coarse(math.MaxInt32)
}
