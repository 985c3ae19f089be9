package picture

import "image"

// cache is the tiles that the viewer keeps: not their pixels, their fingerprints.
type cache struct {
	slot  map[tileForm]int
	page  []tileLeaf // of each slot in use
	limit int
	hand  int // the next slot to be asked whether it is still needed

	op                byte // what is being put together: opKeep, opShow or 0
	first, tile, many int
}

type tileForm struct {
	print
	size image.Point
}

type tileLeaf struct {
	tileForm
	used bool // since the hand came by
}

func (c *cache) reset(limit int) {
	*c = cache{slot: make(map[tileForm]int), page: c.page[:0], limit: limit}
}

// show sends a tile that the viewer has; false if it has not.
func (c *cache) show(e *Encoder, n int, whole image.Rectangle) bool {
	slot, ok := c.slot[tileForm{e.printer.of(e.now, whole), whole.Size()}]
	if !ok {
		return false
	}
	c.page[slot].used = true
	c.add(e, opShow, slot, n)
	e.base.Copy(e.now, whole)
	e.wrote(whole)
	return true
}

// keep has the viewer keep a tile.
func (c *cache) keep(e *Encoder, n int, whole image.Rectangle) {
	f := tileForm{e.printer.of(e.base, whole), whole.Size()}
	if _, ok := c.slot[f]; ok {
		return
	}
	slot := len(c.page)
	if slot < c.limit {
		c.page = append(c.page, tileLeaf{})
	} else {
		for c.page[c.hand].used {
			c.page[c.hand].used = false
			c.hand = (c.hand + 1) % len(c.page)
		}
		slot = c.hand
		c.hand = (c.hand + 1) % len(c.page)
		delete(c.slot, c.page[slot].tileForm)
	}
	c.page[slot], c.slot[f] = tileLeaf{tileForm: f}, slot
	e.work += area(whole)
	c.add(e, opKeep, slot, n)
}

// add goes on with what is being put together if it can.
func (c *cache) add(e *Encoder, op byte, slot, n int) {
	if c.op == op && slot == c.first+c.many && n == c.tile+c.many {
		c.many++
		return
	}
	c.flush(e)
	c.op, c.first, c.tile, c.many = op, slot, n, 1
}

// flush sends what has been put together.
func (c *cache) flush(e *Encoder) {
	if c.op != 0 {
		e.ops = appendVarint(appendVarint(appendVarint(append(e.ops, c.op), c.first), c.tile), c.many)
		c.op = 0
	}
}
