package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// strips finds by how much a wide part of a picture was scrolled up or down:
// it compares the rows of a few narrow strips.
type strips struct {
	before, now []uint32
	rows        map[uint32]int
	votes       []int
}

const (
	stripWidth = 32
	stripCount = 6
)

// stripKey is odd numbers that no screen's pattern follows.
var stripKey = func() (k [stripWidth + 4]uint32) {
	v := uint32(1)
	for i := range k {
		v = v*747796405 + 2891336453
		k[i] = v | 1
	}
	return k
}()

// find is the height by which in was scrolled, 0 if none is seen: what is in
// now at y stood at y plus that height before.
func (s *strips) find(before, now *pixel.Bitmap, in image.Rectangle) int {
	h := in.Dy()
	if in.Dx() < stripCount*stripWidth || h < 4*cellSide {
		return 0
	}
	if s.rows == nil {
		s.rows = make(map[uint32]int)
	}
	s.votes = enough(s.votes, 2*h)
	clear(s.votes)
	all := 0
	for i := range stripCount {
		x := in.Min.X + i*(in.Dx()-stripWidth)/stripCount + stripWidth/2
		s.before, s.now = sums(s.before, before, x, in), sums(s.now, now, x, in)
		clear(s.rows)
		for y, v := range s.before {
			if v == 0 {
				continue
			}
			if _, ok := s.rows[v]; ok {
				s.rows[v] = -1 // there are several like it
			} else {
				s.rows[v] = y
			}
		}
		for y, v := range s.now {
			if v == 0 {
				continue
			}
			all++
			if was, ok := s.rows[v]; ok && was >= 0 {
				s.votes[was-y+h]++
			}
		}
	}
	best := h
	for i, n := range s.votes {
		if n > s.votes[best] {
			best = i
		}
	}
	if s.votes[best] < 16 || s.votes[best] < all/8 {
		return 0
	}
	return best - h
}

// sums is a number for each row of a strip; 0 if it has one colour only.
func sums(to []uint32, p *pixel.Bitmap, x int, in image.Rectangle) []uint32 {
	to = enough(to, in.Dy())
	for i := range to {
		row := (*[stripWidth]uint32)(p.Row(in.Min.Y+i, x, x+stripWidth))
		var h0, h1, h2, h3, differ uint32 // of their own, so that none waits for another
		for x := 0; x < stripWidth; x += 4 {
			k := stripKey[x&(stripWidth-1):]
			c0, c1, c2, c3 := row[x&(stripWidth-1)], row[(x+1)&(stripWidth-1)], row[(x+2)&(stripWidth-1)], row[(x+3)&(stripWidth-1)]
			h0, h1, h2, h3 = h0+c0*k[0], h1+c1*k[1], h2+c2*k[2], h3+c3*k[3]
			differ |= c0 ^ row[0] | c1 ^ row[0] | c2 ^ row[0] | c3 ^ row[0]
		}
		h := h0 ^ h1<<7 ^ h2<<14 ^ h3<<21
		h = max(h^h>>15, 1)
		if differ == 0 {
			h = 0
		}
		to[i] = h
	}
	return to
}
