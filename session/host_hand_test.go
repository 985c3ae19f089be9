package session

import (
	"image"
	"strings"
	"testing"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/wire"
)

// Pixels of the picture are those of the desktop, also where monitors begin
// below zero or stand apart, and nothing is done in the black between.
func TestHandPlaces(t *testing.T) {
	m := newMachine(func() {})
	h := &hand{input: m, pointer: m}
	p := &placed{}
	p.set(screen.Shot{
		Picture: pixel.New(image.Rect(0, 0, 3840+200, 1300)), Origin: image.Pt(-1920, -100),
		Areas: []image.Rectangle{image.Rect(-1920, -100, 0, 980), image.Rect(200, 120, 2120, 1200)},
	})
	h.place(p)
	for name, c := range map[string]struct {
		at   image.Point
		want string // "": nothing
	}{
		"the first pixel":        {image.Pt(0, 0), "(-1920,-100)"},
		"the last of one":        {image.Pt(1919, 1079), "(-1,979)"},
		"right of it":            {image.Pt(1920, 1079), ""},
		"below it":               {image.Pt(1919, 1080), ""},
		"between":                {image.Pt(2000, 500), ""},
		"above the other":        {image.Pt(2120, 219), ""},
		"the first of the other": {image.Pt(2120, 220), "(200,120)"},
		"the last of the other":  {image.Pt(4039, 1299), "(2119,1199)"},
		"outside of the picture": {image.Pt(4040, 1299), ""},
	} {
		t.Run(name, func(t *testing.T) {
			m.done = nil
			for _, msg := range []wire.Message{
				&wire.Move{X: uint16(c.at.X), Y: uint16(c.at.Y)}, &wire.Button{Number: 1, Down: true}, &wire.Wheel{DY: 1}, &wire.Button{Number: 1},
			} {
				if err := h.do(msg); err != nil {
					t.Fatal(err)
				}
			}
			want := "move " + c.want + "; button 1 true; wheel 0 1; button 1 false"
			if c.want == "" {
				want = "button 1 false" // what lets go always is
			}
			if got := m.all(); got != want {
				t.Errorf("done %q, want %q", got, want)
			}
		})
	}
}

// A drag over the black between monitors stays where it was last, and ends where it is let go.
func TestHandDragsOver(t *testing.T) {
	m := newMachine(func() {})
	h := &hand{input: m, pointer: m}
	p := &placed{}
	p.set(screen.Shot{
		Picture: pixel.New(image.Rect(0, 0, 300, 100)), Areas: []image.Rectangle{image.Rect(0, 0, 100, 100), image.Rect(200, 0, 300, 100)},
	})
	h.place(p)
	for _, msg := range []wire.Message{
		&wire.Move{X: 50, Y: 50}, &wire.Button{Number: 1, Down: true}, &wire.Move{X: 99, Y: 50}, &wire.Move{X: 150, Y: 50},
		&wire.Move{X: 201, Y: 50}, &wire.Button{Number: 1},
	} {
		if err := h.do(msg); err != nil {
			t.Fatal(err)
		}
	}
	if want := "move (50,50); button 1 true; move (99,50); move (201,50); button 1 false"; m.all() != want {
		t.Errorf("done %q, want %q", strings.TrimSpace(m.all()), want)
	}
}
