package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// anchors finds by how much parts of a picture have moved: places whose pixels
// make them rare are looked for in the picture before.
type anchors struct {
	slot  [anchorSlots]anchor
	turn  uint32
	votes [voteSlots]vote
}

type anchor struct {
	turn  uint32
	print uint32
	at    image.Point
	twice bool // in the picture: says nothing
}

type vote struct {
	turn uint32
	by   image.Point
	n    int
}

const (
	anchorSlots = 1 << 11
	voteSlots   = 1 << 9
	anchorWidth = 16      // pixels that make one
	anchorsWant = 512     // are enough
	anchorRows  = 4       // of so many rows one is looked at for anchors
	votesWant   = 4       // anchors that must agree
	anchorArea  = 250_000 // pixels that are looked through for them
)

// each calls f with the anchors of a row: one of 32 places at which the colour
// changes, chosen by what is there.
func each(row []uint32, f func(x int, print uint32)) {
	if len(row) <= anchorWidth {
		return
	}
	last := row[0]
	for x, c := range row[1 : len(row)-anchorWidth+1] {
		if c == last {
			continue
		}
		last = c
		p := (*[anchorWidth]uint32)(row[x+1:])
		h := p[0]*0x9e3779b1 + p[1]*0x85ebca77 + p[2]*0xc2b2ae3d + p[3]*0x27d4eb2f
		if h>>27 != 0 {
			continue
		}
		for _, c := range p {
			h = (h ^ c) * 0x01000193
		}
		f(x+1, h^h>>15)
	}
}

// find gives the displacements on which most anchors of in agree: what is
// there in now stood at that distance from it in before. wanted says whether a
// place in now is worth an anchor.
func (a *anchors) find(before, now *pixel.Bitmap, in image.Rectangle, wanted func(x, y int) bool) []image.Point {
	a.turn++
	found := 0
	for y := in.Min.Y + 1; y < in.Max.Y && found < anchorsWant; y += max(anchorRows, in.Dy()/128) {
		each(now.Row(y, in.Min.X, in.Max.X), func(x int, print uint32) {
			if found == anchorsWant || !wanted(in.Min.X+x, y) {
				return
			}
			s := &a.slot[print%anchorSlots]
			switch {
			case s.turn != a.turn:
				*s = anchor{turn: a.turn, print: print, at: image.Pt(in.Min.X+x, y)}
				found++
			case s.print == print:
				s.twice = true
			}
		})
	}
	if found < votesWant {
		return nil
	}
	var best [3]vote
	for _, part := range parts(in) {
		for y := in.Min.Y; y < in.Max.Y; y++ {
			each(before.Row(y, part.Min.X, part.Max.X), func(x int, print uint32) {
				s := &a.slot[print%anchorSlots]
				if s.turn != a.turn || s.print != print || s.twice {
					return
				}
				if by := image.Pt(part.Min.X+x, y).Sub(s.at); by != (image.Point{}) {
					a.vote(by, &best)
				}
			})
		}
	}
	var all []image.Point
	for _, v := range best {
		if v.n >= votesWant {
			all = append(all, v.by)
		}
	}
	return all
}

// parts is where a window's anchors are looked for: everywhere, or where it is
// large in two bands, through which what is worth a copy goes.
func parts(in image.Rectangle) []image.Rectangle {
	if area(in) <= anchorArea {
		return []image.Rectangle{in}
	}
	w := anchorArea / in.Dy() / 2
	left, right := in, in
	left.Min.X = in.Min.X + in.Dx()*3/8 - w/2
	left.Max.X = left.Min.X + w
	right.Min.X = in.Min.X + in.Dx()*5/8 - w/2
	right.Max.X = right.Min.X + w
	return []image.Rectangle{left, right}
}

// vote counts a displacement, and keeps those with the most votes in order.
func (a *anchors) vote(by image.Point, best *[3]vote) {
	h := (uint32(by.X)*0x9e3779b1 ^ uint32(by.Y)*0x85ebca77) >> 7
	v := &a.votes[h%voteSlots]
	if v.turn != a.turn {
		*v = vote{turn: a.turn, by: by}
	} else if v.by != by {
		return
	}
	v.n++
	for i := range best {
		if best[i].by == by || v.n > best[i].n {
			if best[i].by != by {
				for k := i + 1; k < len(best); k++ { // it may stand further down
					if best[k].by == by || k == len(best)-1 {
						copy(best[i+1:k+1], best[i:k])
						break
					}
				}
			}
			best[i] = *v
			return
		}
	}
}
