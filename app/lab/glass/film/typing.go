package film

import (
	"image"
	"time"
)

// typing writes one character each 60 ms into a clear block of the page.
type typing struct {
	editor
	area     image.Rectangle
	src, col int // next character: line and column of the corpus
	row      int // line of the block
}

func (s *typing) Period() time.Duration { return 60 * time.Millisecond }

func (s *typing) Step(f *Frame, i int) []image.Rectangle {
	t := s.t
	if i == 0 {
		all := s.desk(f, 0)
		s.src = 20
		y := barH + 20*t.ch
		s.area = image.Rect(8, y, f.W/2-8, y+8*t.ch)
		f.fill(s.area, s.th.bg)
		return all
	}
	text := line(s.src)
	if room := s.area.Dx()/t.cw - 1; len(text) > room {
		text = text[:room]
	}
	for s.col == 0 && len(text) > 0 && text[s.col] == ' ' { // an editor indents by itself
		s.col++
		for s.col < len(text) && text[s.col] == ' ' {
			s.col++
		}
	}
	x, y := s.area.Min.X+s.col*t.cw, s.area.Min.Y+s.row*t.ch
	cell := image.Rect(x, y, x+2*t.cw, y+t.ch)
	f.fill(cell, s.th.bg)
	if s.col < len(text) {
		t.char(f, x, y, text[s.col], s.th.colours(text)[s.col], s.th.bg)
		f.fill(image.Rect(x+t.cw, y, x+t.cw+2, y+t.ch), s.th.fg) // the caret
		s.col++
		return []image.Rectangle{cell}
	}
	s.src, s.col, s.row = s.src+1, 0, s.row+1
	if (s.row+1)*t.ch > s.area.Dy() {
		s.row = 0
		f.fill(s.area, s.th.bg)
		return []image.Rectangle{s.area}
	}
	return []image.Rectangle{cell}
}
