package picture

import (
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// rig is an encoder, the decoder that follows it, and a clock.
type rig struct {
	*testing.T
	e      *Encoder
	d      *Decoder
	screen *pixel.Bitmap
	seen   *pixel.Bitmap // the decoder's
	now    time.Time
	motion []Region
}

func newRig(t *testing.T, o Options, size image.Point) *rig {
	t.Helper()
	if o.Method == 0 {
		o.Method = Zstd
	}
	e, err := NewEncoder(o)
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return &rig{T: t, e: e, d: d, screen: pixel.New(image.Rectangle{Max: size}), now: time.Unix(1e9, 0)}
}

// send takes the decoder to the screen, of which damage has changed. It checks
// that the update says what it does.
func (r *rig) send(budget int, damage ...image.Rectangle) Update {
	r.Helper()
	r.now = r.now.Add(time.Second / 30)
	u, err := r.e.Encode(r.screen, damage, r.now, budget)
	if err != nil {
		r.Fatal(err)
	}
	if u.Data == nil {
		return u
	}
	var before *pixel.Bitmap
	if r.seen != nil {
		before = copied(r.seen)
	}
	got, err := r.d.Decode(u.Data)
	if err != nil {
		r.Fatal(err)
	}
	r.seen, r.motion = got.Picture, got.Motion
	if before != nil && before.Rect == r.seen.Rect {
		for y := range r.seen.Rect.Dy() {
			if equal(before.Row(y, 0, r.seen.Rect.Dx()), r.seen.Row(y, 0, r.seen.Rect.Dx())) {
				continue
			}
			for x := range r.seen.Rect.Dx() {
				if at := image.Pt(x, y); before.Row(y, x, x+1)[0] != r.seen.Row(y, x, x+1)[0] && (!covers(got.Changed, at) || !covers(u.Changed, at)) {
					r.Fatalf("%v was written, told were %v and %v", at, u.Changed, got.Changed)
				}
			}
		}
	}
	r.samePicture(r.e.base, "the encoder's notion")
	return u
}

// sharp wants the decoder's picture to be the screen.
func (r *rig) sharp() {
	r.Helper()
	r.samePicture(r.screen, "the screen")
}

func (r *rig) samePicture(want *pixel.Bitmap, what string) {
	r.Helper()
	if r.seen == nil || r.seen.Rect != want.Rect {
		r.Fatalf("the viewer has no picture of %v", want.Rect)
	}
	if d := tight(r.seen, want, want.Rect); !d.Empty() {
		r.Fatalf("the viewer's picture differs from %s in %v", what, d)
	}
}

func covers(all []image.Rectangle, p image.Point) bool {
	for _, r := range all {
		if p.In(r) {
			return true
		}
	}
	return false
}

func copied(b *pixel.Bitmap) *pixel.Bitmap {
	c := pixel.New(b.Rect)
	c.Copy(b, b.Rect)
	return c
}

// scribble fills r with what nothing compresses.
func scribble(b *pixel.Bitmap, r image.Rectangle, rng *rand.Rand) {
	r = r.Intersect(b.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := b.Row(y, r.Min.X, r.Max.X)
		for i := range row {
			row[i] = rng.Uint32() & 0xffffff
		}
	}
}

// anywhere is a random rectangle of r.
func anywhere(r image.Rectangle, rng *rand.Rand) image.Rectangle {
	x, y := r.Min.X+rng.IntN(r.Dx()), r.Min.Y+rng.IntN(r.Dy())
	return image.Rect(x, y, x+1+rng.IntN(r.Max.X-x), y+1+rng.IntN(r.Max.Y-y))
}
