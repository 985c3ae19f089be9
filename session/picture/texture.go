package picture

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// textures sends what is neither ground nor writing, tile by tile.
type textures struct {
	pieces []piece
	last   []int64  // of each tile, when it was last sent as texture, in nanoseconds
	sent   []int    // tiles that are worth keeping, if they are complete
	spent  int      // bytes expected of what this update has
	scale  float64  // bytes sent by bytes expected, of late
	small  []uint32 // a coarse stand-in, and the row that enlarging it needs
	wide   []uint64
}

// piece is the texture in one tile.
type piece struct {
	image.Rectangle
	tile  int
	few   bool // colours: it is sent as a palette
	sharp bool // it has edges as writing has
	stage byte // what the viewer has there already, as cells.owed has it
	cost  int  // bytes expected
}

const (
	dear      = 600 // bytes: what costs so much is worth keeping
	oftenTime = 500 // ms: what is sent again sooner is not
	stripWide = 2048
)

func (t *textures) reset(size image.Point) {
	t.pieces, t.sent, t.scale = t.pieces[:0], t.sent[:0], 1
	t.last = make([]int64, tileCount(size))
}

// texture puts a piece on the list; nil if it is empty.
func (e *Encoder) texture(r image.Rectangle) *piece {
	if r.Empty() {
		return nil
	}
	e.textures.pieces = append(e.textures.pieces, e.price(r))
	return &e.textures.pieces[len(e.textures.pieces)-1]
}

// price is what a piece will cost, and how it is sent best.
func (e *Encoder) price(r image.Rectangle) piece {
	across := (e.base.Rect.Max.X + tileSide - 1) / tileSide
	p := piece{Rectangle: r, tile: r.Min.Y/tileSide*across + r.Min.X/tileSide}
	rough, sharp := e.rough(r)
	photo := int(float64(area(r)) * (0.2 + 3*math.Log2(1+1.5*rough)/8))
	p.sharp, p.cost = sharp, photo
	if t := &e.paint.table; t.index(e.now, r) {
		n := len(t.colours)
		few := 3*n + area(r)*indexBits(n)*6/80
		if n == 1 {
			few = 8
		}
		if n <= 16 || few <= photo {
			p.few, p.cost = true, few
		}
	}
	return p
}

// rough is how far green is from its neighbours, in the mean of every fourth
// row, and whether there are edges such as writing has.
func (e *Encoder) rough(r image.Rectangle) (mean float64, sharp bool) {
	sum, n, edges := 0, 0, 0
	for y := r.Min.Y + 1; y < r.Max.Y; y += 4 {
		up, row := e.now.Row(y-1, r.Min.X, r.Max.X), e.now.Row(y, r.Min.X, r.Max.X)
		up = up[:len(row)]
		for x := 1; x < len(row); x++ {
			g := int(row[x] >> 8 & 0xff)
			a, b := g-int(row[x-1]>>8&0xff), g-int(up[x]>>8&0xff)
			a, b = max(a, -a), max(b, -b)
			sum += min(a, b)
			if a > 64 {
				edges++
			}
		}
		n += len(row) - 1
	}
	if n <= 0 {
		return 8, false
	}
	return float64(sum) / float64(n), edges*40 > n
}

// hits shows the pieces whose tiles the viewer has kept.
func (e *Encoder) hits() {
	size := e.base.Rect.Max
	left := e.textures.pieces[:0]
	for _, p := range e.textures.pieces {
		whole := tile(size, p.tile)
		if p.cost < dear || 2*area(p.Rectangle) < area(whole) || !e.cache.show(e, p.tile, whole) {
			left = append(left, p)
		} else {
			e.cells.pay(e.cells.of(whole))
		}
	}
	e.textures.pieces = left
	e.cache.flush(e)
}

// expected is how many bytes pieces will take.
func (t *textures) expected() int {
	sum := 0
	for _, p := range t.pieces {
		sum += p.cost
	}
	return int(float64(sum) * t.scale)
}

// lossless sends pieces as they are; room is how many bytes they may take, and
// what does not fit stays on the list; one is sent whatever it takes.
func (e *Encoder) lossless(room int) {
	t := &e.textures
	slices.SortStableFunc(t.pieces, func(a, b piece) int { return cmp.Compare(a.tile, b.tile) })
	used := 0.0
	i := 0
	for i < len(t.pieces) {
		p := t.pieces[i]
		if used > 0 && used+float64(p.cost)*t.scale > float64(room) {
			break
		}
		used += float64(p.cost) * t.scale
		e.sent(p)
		i++
		if p.few {
			e.literal(p.Rectangle)
			continue
		}
		strip := p.Rectangle
		for i < len(t.pieces) && used < float64(room) && t.pieces[i].follows(strip) {
			strip.Max.X = t.pieces[i].Max.X
			used += float64(t.pieces[i].cost) * t.scale
			e.sent(t.pieces[i])
			i++
		}
		e.photo(strip)
	}
	t.pieces = append(t.pieces[:0], t.pieces[i:]...)
}

// follows says whether a piece goes on where a strip of photographs ends.
func (p *piece) follows(strip image.Rectangle) bool {
	return !p.few && p.Min.Y == strip.Min.Y && p.Max.Y == strip.Max.Y && p.Min.X == strip.Max.X && p.Max.X-strip.Min.X <= stripWide
}

// sent notes that a piece is the viewer's.
func (e *Encoder) sent(p piece) {
	t := &e.textures
	was := t.last[p.tile]
	t.last[p.tile] = e.clock
	t.spent += p.cost
	if p.cost >= dear && e.clock-was > oftenTime*1e6 {
		t.sent = append(t.sent, p.tile)
	}
}

// keep makes the viewer keep what was sent and is complete.
func (e *Encoder) keep() {
	t := &e.textures
	slices.Sort(t.sent)
	for _, n := range slices.Compact(t.sent) {
		whole := tile(e.base.Rect.Max, n)
		if !e.cells.owes(e.cells.of(whole)) && same(e.base, e.now, whole, image.Point{}) {
			e.cache.keep(e, n, whole)
		}
	}
	t.sent = t.sent[:0]
	e.cache.flush(e)
}

// learn compares what textures took with what was expected.
func (t *textures) learn(bytes int) {
	if t.spent > 8000 {
		took := float64(bytes) / float64(t.spent)
		t.scale = 0.75*t.scale + 0.25*max(0.2, min(3, took))
	}
	t.spent = 0
}
