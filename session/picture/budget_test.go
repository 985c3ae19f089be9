package picture

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// A picture that is too much for the way comes coarse first, better then, and
// as it is in the end.
func TestCoarseFirst(t *testing.T) {
	const budget = 40_000
	for _, method := range []Method{Zstd, Deflate} {
		r := newRig(t, Options{Method: method}, image.Pt(900, 600))
		r.screen.Copy(photograph(r.screen.Rect.Max, 1), r.screen.Rect)
		u := r.send(budget, r.screen.Rect)
		if !u.Owed || len(u.Data) > budget*3/2 {
			t.Fatalf("the first update has %d bytes, owed is %v", len(u.Data), u.Owed)
		}
		if got := likeness(r.seen, r.screen); got < 22 {
			t.Errorf("the first picture has %.1f dB", got)
		}
		before, sent := likeness(r.seen, r.screen), 0
		for n := 0; u.Owed; n++ {
			u = r.send(budget)
			if sent += len(u.Data); len(u.Data) > budget || n > 2000 {
				t.Fatalf("round %d has %d bytes", n, len(u.Data))
			}
			now := likeness(r.seen, r.screen)
			if now < before-0.5 {
				t.Fatalf("round %d makes it worse: %.1f dB after %.1f", n, now, before)
			}
			before = now
		}
		r.sharp()
		if u := r.send(budget); u.Data != nil {
			t.Error("something is sent after everything was")
		}
	}
}

// likeness is the peak signal-to-noise ratio in dB, of green.
func likeness(a, b *pixel.Bitmap) float64 {
	sum := 0.0
	for y := range a.Rect.Dy() {
		ra, rb := a.Row(y, 0, a.Rect.Dx()), b.Row(y, 0, a.Rect.Dx())
		for i := range ra {
			d := float64(int(ra[i]>>8&0xff) - int(rb[i]>>8&0xff))
			sum += d * d
		}
	}
	if sum == 0 {
		return 99
	}
	return 10 * math.Log10(255*255*float64(area(a.Rect))/sum)
}

// A page of text is not coarse: it fits as it is.
func TestTextIsSharp(t *testing.T) {
	r := newRig(t, Options{}, image.Pt(1920, 1080))
	page(r.screen, newTypeface(t, true, 15), 0, light)
	if u := r.send(50_000, r.screen.Rect); u.Owed {
		t.Error("a page of text is owed")
	}
	r.sharp()
}

// What is typed while much is owed is sent at once, and nothing before it.
func TestTypingIntoAnOwedPicture(t *testing.T) {
	const budget = 30_000
	r := newRig(t, Options{}, image.Pt(960, 640))
	f := newTypeface(t, true, 15)
	r.screen.Copy(photograph(r.screen.Rect.Max, 1), r.screen.Rect)
	field := image.Rect(300, 300, 900, 330)
	r.screen.Fill(field, light.ground)
	u := r.send(budget, r.screen.Rect)
	for i, x := 0, 310; i < 40; i++ {
		if !u.Owed {
			t.Fatal("nothing is owed")
		}
		at := image.Rect(x, 305, x+f.wide['m'], 305+f.height)
		x += f.char(r.screen, x, 305, "Whatistypedwhilemuchisowed?"[i%27], light.ink, light.ground)
		u = r.send(budget, at)
		if d := tight(r.seen, r.screen, at); !d.Empty() {
			t.Fatalf("letter %d is not there: %v", i, d)
		}
		if len(u.Data) > 700 && i%16 != 15 { // twice a second some of what is owed comes with it
			t.Errorf("letter %d has %d bytes", i, len(u.Data))
		}
		if i%5 == 0 {
			r.send(budget)
		}
	}
}

// What is on its way while the picture changes again is not sent: the newest
// state counts.
func TestTheNewestCounts(t *testing.T) {
	const budget = 30_000
	r := newRig(t, Options{}, image.Pt(960, 640))
	rng := rand.New(rand.NewPCG(9, 9))
	var u Update
	for i := range 5 {
		r.screen.Copy(photograph(r.screen.Rect.Max, uint64(i)), r.screen.Rect)
		u = r.send(budget, r.screen.Rect)
		if len(u.Data) > budget*3/2 {
			t.Errorf("picture %d: %d bytes", i, len(u.Data))
		}
	}
	r.screen.Fill(r.screen.Rect, 0x345678)
	scribble(r.screen, image.Rect(5, 5, 40, 30), rng)
	if u = r.send(budget, r.screen.Rect); u.Owed {
		t.Error("something is owed of what is not there any more")
	}
	r.sharp()
}

// Sources that do not tell what changes name all as damaged: what is owed is
// not sent anew for that.
func TestDamageOfEverything(t *testing.T) {
	const budget = 30_000
	r := newRig(t, Options{}, image.Pt(960, 640))
	r.screen.Copy(photograph(r.screen.Rect.Max, 1), r.screen.Rect)
	u := r.send(budget, r.screen.Rect)
	sent := 0
	for n := 0; u.Owed && n < 1000; n++ {
		u = r.send(budget, r.screen.Rect)
		sent += len(u.Data)
	}
	r.sharp()
	if sent > 3*area(r.screen.Rect) {
		t.Errorf("%d bytes for %d pixels", sent, area(r.screen.Rect))
	}
}

// A photograph that was covered and is uncovered again costs next to nothing.
func TestSeenBefore(t *testing.T) {
	r := newRig(t, Options{}, image.Pt(960, 640))
	under := photograph(r.screen.Rect.Max, 1)
	r.screen.Copy(under, under.Rect)
	r.send(0, r.screen.Rect)
	for range 3 {
		r.screen.Fill(r.screen.Rect, 0xffffff)
		r.send(0, r.screen.Rect)
		r.sharp()
		r.screen.Copy(under, under.Rect)
		if u := r.send(0, r.screen.Rect); len(u.Data) > 2000 {
			t.Errorf("what was seen before has %d bytes", len(u.Data))
		}
		r.sharp()
	}
	// A cache of few tiles forgets, and is right nevertheless.
	r = newRig(t, Options{Tiles: 7}, image.Pt(960, 640))
	for i := range 6 {
		r.screen.Copy(photograph(r.screen.Rect.Max, uint64(i%2)), r.screen.Rect)
		r.send(0, r.screen.Rect)
		r.sharp()
	}
}
