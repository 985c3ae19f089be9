//go:build !headless

package surface

import (
	"image"
	"testing"
)

func TestView(t *testing.T) {
	p := image.Pt
	for name, c := range map[string]struct {
		picture, room image.Point
		actual        bool
		offset        image.Point
		scaled        image.Point
		place         image.Rectangle
		from          image.Point
	}{
		"the same":                {p(800, 600), p(800, 600), false, p(0, 0), p(800, 600), image.Rect(0, 0, 800, 600), p(0, 0)},
		"smaller, pixel by pixel": {p(800, 600), p(900, 700), false, p(9, 9), p(800, 600), image.Rect(50, 50, 850, 650), p(0, 0)},
		"much smaller":            {p(400, 300), p(900, 700), false, p(0, 0), p(900, 675), image.Rect(0, 12, 900, 687), p(0, 0)},
		"wider than the room":     {p(1600, 600), p(800, 600), false, p(0, 0), p(800, 300), image.Rect(0, 150, 800, 450), p(0, 0)},
		"higher than the room":    {p(600, 1600), p(800, 800), false, p(0, 0), p(300, 800), image.Rect(250, 0, 550, 800), p(0, 0)},
		"scrolled":                {p(1600, 600), p(800, 700), true, p(300, 20), p(1600, 600), image.Rect(0, 50, 800, 650), p(300, 0)},
		"scrolled too far":        {p(1600, 900), p(800, 700), true, p(3000, -20), p(1600, 900), image.Rect(0, 0, 800, 700), p(800, 0)},
		"a line":                  {p(4000, 1), p(80, 80), false, p(0, 0), p(80, 1), image.Rect(0, 39, 80, 40), p(0, 0)},
		"no picture":              {p(0, 0), p(80, 80), false, p(0, 0), p(0, 0), image.Rectangle{}, p(0, 0)},
		"no room":                 {p(80, 80), p(0, 80), false, p(0, 0), p(0, 0), image.Rectangle{}, p(0, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			v := newView(c.picture, c.room, c.actual, c.offset)
			if v.scaled != c.scaled || v.place != c.place || v.offset != c.from {
				t.Errorf("got %+v", v)
			}
		})
	}
}

// Every pixel of the picture has its place and comes back from it; what a
// change of it touches holds that place.
func TestViewThereAndBack(t *testing.T) {
	for name, v := range map[string]view{
		"shrunk":   newView(image.Pt(1280, 800), image.Pt(600, 700), false, image.Point{}),
		"enlarged": newView(image.Pt(320, 200), image.Pt(1011, 700), false, image.Point{}),
		"exact":    newView(image.Pt(320, 200), image.Pt(320, 200), false, image.Point{}),
		"scrolled": newView(image.Pt(1280, 800), image.Pt(600, 700), true, image.Pt(200, 50)),
	} {
		t.Run(name, func(t *testing.T) {
			for y := v.place.Min.Y; y < v.place.Max.Y; y += 7 {
				for x := v.place.Min.X; x < v.place.Max.X; x += 3 {
					p, inside := v.pixel(float64(x)+0.5, float64(y)+0.5)
					if !inside || !p.In(image.Rectangle{Max: v.picture}) {
						t.Fatalf("at %d,%d: %v, %v", x, y, p, inside)
					}
					shown := image.Pt(x, y).Sub(v.place.Min).Add(v.offset)
					if r := v.from(image.Rectangle{Min: p, Max: p.Add(image.Pt(1, 1))}); !shown.In(r) {
						t.Fatalf("%v of the picture, seen at %v, is said to be in %v", p, shown, r)
					}
				}
			}
			for _, at := range []image.Point{v.place.Min.Sub(image.Pt(1, 0)), {v.place.Max.X, 0}, {0, v.place.Max.Y + 3}} {
				if p, inside := v.pixel(float64(at.X), float64(at.Y)); inside || !p.In(image.Rectangle{Max: v.picture}) {
					t.Errorf("outside, at %v: %v, %v", at, p, inside)
				}
			}
		})
	}
	if p, inside := (view{}).pixel(3, 3); inside || p != (image.Point{}) {
		t.Errorf("nothing shown, and %v, %v", p, inside)
	}
}

// A pixel that a change of the picture alters is in what the change touches.
func TestViewTouches(t *testing.T) {
	for name, to := range map[string]image.Point{"shrunk": {61, 47}, "halved": {60, 50}, "enlarged": {437, 311}} {
		t.Run(name, func(t *testing.T) {
			v := newView(image.Pt(120, 100), to, false, image.Point{})
			s := newScaler(v.picture, v.scaled)
			a, b := noise(image.Rectangle{Max: v.picture}), noise(image.Rectangle{Max: v.picture})
			r := image.Rect(31, 22, 35, 29)
			b.Fill(r, 0xffffff)
			one, two := noise(image.Rectangle{Max: v.scaled}), noise(image.Rectangle{Max: v.scaled})
			s.scale(one, a, one.Rect)
			s.scale(two, b, two.Rect)
			touched := v.from(r)
			for y := range v.scaled.Y {
				for x := range v.scaled.X {
					if one.At(x, y) != two.At(x, y) && !image.Pt(x, y).In(touched) {
						t.Fatalf("%d,%d differs, and %v was said", x, y, touched)
					}
				}
			}
		})
	}
}
