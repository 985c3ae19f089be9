//go:build !headless

package surface

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2/driver/desktop"
)

// The own pointer stands for the other side's unless somebody else moves that.
func TestOwnStands(t *testing.T) {
	now := time.Now()
	tip := image.Pt(100, 100)
	for name, c := range map[string]struct {
		own  own
		want bool
	}{
		"it does not act":           {own{false, tip, now}, false},
		"it is there":               {own{true, tip, now.Add(-time.Hour)}, true},
		"it is about there":         {own{true, image.Pt(130, 70), now.Add(-time.Hour)}, true},
		"the other follows":         {own{true, image.Pt(900, 70), now.Add(-100 * time.Millisecond)}, true},
		"somebody else moves it":    {own{true, image.Pt(900, 70), now.Add(-time.Second)}, false},
		"somebody else, in one way": {own{true, image.Pt(100, 141), now.Add(-time.Second)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.own.stands(tip, now); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// It looks like the other's, and is the same cursor as long as that is.
func TestCursorNow(t *testing.T) {
	s := New(func(func()) {})
	if s.CursorNow() != desktop.Cursor(desktop.DefaultCursor) {
		t.Error("an unknown pointer is not the usual one")
	}
	shape := &Shape{Size: image.Pt(2, 1), Hot: image.Pt(5, -1), Pix: []uint32{0xff102030, 0x80402010}}
	s.SetCursor(shape, image.Point{})
	c := s.CursorNow()
	m, x, y := c.Image()
	if r, g, b, a := m.At(1, 0).RGBA(); r>>8 != 0x40 || g>>8 != 0x20 || b>>8 != 0x10 || a>>8 != 0x80 || x != 1 || y != 0 {
		t.Errorf("it looks like %v %v %v %v with %d,%d", r, g, b, a, x, y)
	}
	s.SetCursor(shape, image.Pt(3, 3))
	if s.CursorNow() != c {
		t.Error("it is another after a move")
	}
}
