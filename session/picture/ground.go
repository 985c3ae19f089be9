package picture

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// end makes ground that does not go on a band.
func (l *layout) end(s strip, y, left int) {
	if s.top < y && s.x0 < s.x1 {
		l.ground = append(l.ground, band{image.Rect(left+s.x0, s.top, left+s.x1, y), s.colour})
	}
}

// line finds the ink of a row. It says whether the ground goes on as it was;
// else next is the ground from this row on.
func (l *layout) line(row []uint32, y, left int) bool {
	l.on = l.on[:0]
	from, to := -1, -1 // the ink that is being followed
	same, done := true, 0
	for n := range l.row {
		s := &l.row[n]
		x := max(s.x0, done)
		for x < s.x1 {
			x += alike(row[x:s.x1], s.colour)
			if x >= s.x1 {
				break
			}
			c := row[x]
			end := x + 1
			for end < len(row) && row[end] == c {
				end++
			}
			if end-x >= longRun {
				if same {
					l.next, same = append(l.next[:0], l.row...), false
				}
				l.cover(strip{x, end, y, c}, left)
				x, done = min(end, s.x1), end
				continue
			}
			end = min(end, s.x1)
			if x == to {
				to = end
			} else {
				l.inked(from, to, y, left)
				from, to = x, end
			}
			x = end
		}
	}
	l.inked(from, to, y, left)
	return same
}

// alike is how many pixels from the first on have a colour.
func alike(row []uint32, c uint32) int {
	x := 0
	for x+8 <= len(row) {
		if r := (*[8]uint32)(row[x:]); (r[0]^c)|(r[1]^c)|(r[2]^c)|(r[3]^c)|(r[4]^c)|(r[5]^c)|(r[6]^c)|(r[7]^c) != 0 {
			break
		}
		x += 8
	}
	for x < len(row) && row[x] == c {
		x++
	}
	return x
}

// cover puts a strip on the ground that is next, and ends what it covers.
func (l *layout) cover(s strip, left int) {
	for i := 0; i < len(l.next); i++ {
		n := l.next[i]
		if n.x1 <= s.x0 || n.x0 >= s.x1 {
			continue
		}
		if n.colour == s.colour && n.top == s.top { // the same run, found anew behind an edge
			s.x0, s.x1 = min(s.x0, n.x0), max(s.x1, n.x1)
		} else {
			l.end(n, s.top, left)
		}
		l.next[i].x1 = l.next[i].x0 // gone; what is left of it is added
		if n.x0 < s.x0 {
			l.next = append(l.next, strip{n.x0, s.x0, s.top, n.colour})
		}
		if n.x1 > s.x1 {
			l.next = append(l.next, strip{s.x1, n.x1, s.top, n.colour})
		}
	}
	kept := l.next[:0]
	for _, n := range l.next {
		if n.x0 < n.x1 {
			kept = append(kept, n)
		}
	}
	l.next = append(kept, s)
	for i := 1; i < len(l.next); i++ { // nearly in order
		for j := i; j > 0 && l.next[j].x0 < l.next[j-1].x0; j-- {
			l.next[j], l.next[j-1] = l.next[j-1], l.next[j]
		}
	}
}

// commonest is the colour that most of r has, as far as a sample tells.
func commonest(p *pixel.Bitmap, r image.Rectangle) uint32 {
	step := max(1, area(r)/512)
	var seen [32]struct {
		colour uint32
		n      int
	}
	w := r.Dx()
	for at := step / 2; at < area(r); at += step {
		x, y := r.Min.X+at%w, r.Min.Y+at/w
		c := p.Row(y, x, x+1)[0]
		s := &seen[c*0x9e3779b1>>27]
		switch { // of the colours that meet here, the one in the majority stays
		case s.colour == c:
			s.n++
		case s.n == 0:
			s.colour, s.n = c, 1
		default:
			s.n--
		}
	}
	best := seen[0]
	for _, s := range seen {
		if s.n > best.n {
			best = s
		}
	}
	return best.colour
}
