package picture

import (
	"image"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// A film becomes motion soon, around what moves and not much more; while it
// plays nothing is sent of it, and when it rests all of it is.
func TestFilm(t *testing.T) {
	for name, budget := range map[string]int{"a wide way": 0, "a narrow way": 40_000} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Options{Motion: true}, image.Pt(1280, 720))
			at := image.Rect(240, 60, 1040, 660)
			s := film(t)
			r.send(budget, s(r.screen, 0)...)
			i := 1
			var u Update
			for ; len(u.Motion) == 0; i++ {
				if i > 10 {
					t.Fatal("a film is not motion")
				}
				u = r.send(budget, s(r.screen, i)...)
			}
			region := u.Motion[0].Rect
			if region != at {
				t.Errorf("the region is %v, the film plays in %v", region, at)
			}
			for range 25 {
				u = r.send(budget, s(r.screen, i)...)
				i++
				if len(u.Data) > 0 && budget == 0 {
					t.Fatalf("%d bytes while it plays", len(u.Data))
				}
				if len(u.Motion) != 1 || u.Motion[0].Rect != region || u.Next.IsZero() {
					t.Fatalf("the region is not stable: %v, next %v", u.Motion, u.Next)
				}
			}
			// Beside it everything goes on.
			r.screen.Fill(image.Rect(20, 20, 60, 40), 0x123456)
			u = r.send(budget, image.Rect(20, 20, 60, 40))
			if len(u.Data) == 0 {
				t.Error("nothing is sent of what changes beside a film")
			}
			// Also right beside it, where the two share a cell: the region grows.
			near := image.Rect(300, 55, 310, 58)
			r.screen.Fill(near, 0x654321)
			if u = r.send(budget, near); len(u.Motion) != 1 || !near.In(u.Motion[0].Rect) {
				t.Errorf("what changes at %v is not seen: the region is %v", near, u.Motion)
			}
			// It rests.
			stopped := r.now
			u.Next = time.Time{}
			for n := 0; len(u.Motion) > 0; n++ {
				u = r.send(budget)
				if n > 1000 {
					t.Fatal("it does not end")
				}
				if len(r.motion) > 0 && r.now.Sub(stopped) > 400*time.Millisecond && budget == 0 {
					t.Fatalf("it is motion %v after it has come to rest", r.now.Sub(stopped))
				}
			}
			if len(r.motion) > 0 {
				t.Error("the viewer is not told that it rests")
			}
			for n := 0; u.Owed && n < 1000; n++ {
				u = r.send(budget)
			}
			r.sharp()
		})
	}
}

// Scrolling and dragging is not motion, of text or of photographs.
func TestNotMotion(t *testing.T) {
	picture := photograph(image.Pt(800, 1200), 4)
	for name, s := range map[string]scene{
		"scrolled text":    scrolling(t),
		"a dragged window": dragging(t),
		"pages":            turning(t),
		"typing":           typing(t),
		"a scrolled photograph": func(p *pixel.Bitmap, i int) []image.Rectangle {
			for y := range p.Rect.Dy() {
				copy(p.Row(y, 0, p.Rect.Dx()), picture.Row(y+23*i, 0, p.Rect.Dx()))
			}
			return []image.Rectangle{p.Rect}
		},
		"a dragged photograph": func(p *pixel.Bitmap, i int) []image.Rectangle {
			p.Fill(p.Rect, 0x336699)
			at := image.Rect(0, 0, 300, 300).Add(image.Pt(10+17*i, 5+i*i%200))
			for y := at.Min.Y; y < at.Max.Y; y++ {
				copy(p.Row(y, at.Min.X, at.Max.X), picture.Row(y-at.Min.Y, 0, 300))
			}
			return []image.Rectangle{p.Rect}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Options{Motion: true}, image.Pt(800, 600))
			for i := range 20 {
				if u := r.send(0, s(r.screen, i)...); len(u.Motion) > 0 {
					t.Fatalf("picture %d: %v", i, u.Motion)
				}
				r.sharp()
			}
		})
	}
}

// A film that fills the screen and then a part of it is not motion all over.
func TestRegionShrinks(t *testing.T) {
	f := newTypeface(t, true, 13)
	r := newRig(t, Options{Motion: true}, image.Pt(960, 640))
	pictures := []*pixel.Bitmap{photograph(r.screen.Rect.Max, 1), photograph(r.screen.Rect.Max, 2), photograph(r.screen.Rect.Max, 3)}
	play := func(at image.Rectangle, i int) Update {
		r.screen.Copy(pictures[i%3], at)
		return r.send(0, at)
	}
	r.send(0, r.screen.Rect)
	var u Update
	for i := range 8 {
		u = play(r.screen.Rect, i)
	}
	if len(u.Motion) != 1 || u.Motion[0].Rect != r.screen.Rect {
		t.Fatalf("regions %v", u.Motion)
	}
	part := image.Rect(160, 160, 560, 480)
	for i := range 80 {
		u = play(part, i)
	}
	if len(u.Motion) != 1 || !u.Motion[0].Rect.In(part.Inset(-16)) {
		t.Errorf("regions %v", u.Motion)
	}
	for i := range 30 { // and what follows is text
		r.screen.Fill(part, 0xffffff)
		f.line(r.screen, 170, 200+i, 550, "What follows is text", light)
		u = r.send(0, part)
	}
	for range 60 {
		u = r.send(0)
	}
	if len(u.Motion) != 0 {
		t.Errorf("text is motion: %v", u.Motion)
	}
	r.sharp()
}
