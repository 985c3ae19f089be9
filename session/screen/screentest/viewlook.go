package screentest

import (
	"image"
	"testing"

	"github.com/beistand/beistand/session/screen"
)

// wakes holds that one who waits is told of what is hidden from then on, of
// what is seen again, and of the lock: nobody takes pictures in between.
func wakes(t *testing.T, f ViewFixture) {
	pinks := func(shot screen.Shot) int { return area(shot.Picture.Rect) - unlike(shot.Picture, rgb(pink)) }
	greens := func(shot screen.Shot) int { return area(shot.Picture.Rect) - unlike(shot.Picture, rgb(green)) }
	f.Open(t, Opened{Title: "Ledger", Class: "Ledger", At: image.Rect(10, 10, 120, 120), Fill: green})
	id := f.Open(t, Opened{Title: "News", Class: "Browser", At: left, Fill: pink})
	l := screen.Limit(f.Source, []screen.Hidden{{Title: "*bank*"}})
	l.Choose(screen.Scope{All: true})
	k, err := l.Look()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	var s seen
	s.until(t, k, func(shot screen.Shot) bool { return pinks(shot) == area(left) })
	f.Rename(t, id, "The Bank")
	s.until(t, k, func(shot screen.Shot) bool { return pinks(shot) == 0 })
	f.Move(t, id, right.Min)
	s.until(t, k, func(shot screen.Shot) bool {
		if pinks(shot) > 0 {
			t.Fatal("what is hidden is seen")
		}
		return greens(shot) == 110*110
	})
	f.Rename(t, id, "News")
	s.until(t, k, func(shot screen.Shot) bool { return pinks(shot) == area(left) })
	l.Choose(screen.Scope{Windows: []uint32{id}})
	shot := s.until(t, k, func(screen.Shot) bool { return true })
	if !shot.Fresh || unlike(shot.Picture, 0) != pinks(shot) {
		t.Errorf("%d pixels are neither black nor the window's; it is fresh: %v", unlike(shot.Picture, 0)-pinks(shot), shot.Fresh)
	}
	to := image.Rectangle{Max: left.Size()}.Add(image.Pt(140, 30))
	f.Move(t, id, to.Min)
	s.until(t, k, func(shot screen.Shot) bool {
		_, knows := f.Source.(screen.WindowSource)
		return pinks(shot) == area(to) && shot.Picture.At(140, 30) == pink && (!knows || len(shot.Areas) == 1 && shot.Areas[0] == to)
	})
	if f.Lock != nil {
		f.Lock(t)
		s.until(t, k, func(shot screen.Shot) bool { return unlike(shot.Picture, 0) == 0 && l.Black() != nil })
	}
}

// rgb is a colour as a picture has it.
func rgb(c interface{ RGBA() (r, g, b, a uint32) }) uint32 {
	r, g, b, _ := c.RGBA()
	return r>>8<<16 | g>>8<<8 | b>>8
}
