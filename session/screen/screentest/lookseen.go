package screentest

import (
	"encoding/binary"
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
)

// seen is a copy of a Shot's picture that is kept up to date by Damage alone.
type seen struct{ picture *pixel.Bitmap }

// take takes a Shot and holds that nothing but its Damage has changed.
func (s *seen) take(t testing.TB, k *screen.Look) screen.Shot {
	t.Helper()
	shot, err := k.Take()
	if err != nil {
		t.Fatal(err)
	}
	if shot.Fresh || s.picture == nil {
		if !shot.Fresh || len(shot.Damage) != 1 || shot.Damage[0] != shot.Picture.Rect || shot.Picture.Rect.Min != (image.Point{}) {
			t.Fatalf("the first of its kind is fresh: %v, with damage %v of %v", shot.Fresh, shot.Damage, shot.Picture.Rect)
		}
		s.picture = pixel.New(shot.Picture.Rect)
	}
	for i, r := range shot.Damage {
		if r.Empty() || !r.In(shot.Picture.Rect) || slices.ContainsFunc(shot.Damage[:i], r.Overlaps) {
			t.Fatalf("damage is %v in %v", shot.Damage, shot.Picture.Rect)
		}
		s.picture.Copy(shot.Picture, r)
	}
	for y := range s.picture.Rect.Max.Y {
		if got, want := shot.Picture.Row(y, 0, s.picture.Rect.Max.X), s.picture.Row(y, 0, s.picture.Rect.Max.X); !slices.Equal(got, want) {
			t.Fatalf("row %d has changed beside what is told: %v", y, shot.Damage)
		}
	}
	return shot
}

// shows says whether a Shot has p where it stands on the desktop.
func shows(shot screen.Shot, p *image.RGBA, part image.Rectangle) bool {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		row := shot.Picture.Row(y-shot.Origin.Y, part.Min.X-shot.Origin.X, part.Max.X-shot.Origin.X)
		from := p.Pix[p.PixOffset(part.Min.X, y):]
		for i, got := range row {
			if got != binary.BigEndian.Uint32(from[4*i:])>>8 {
				return false
			}
		}
	}
	return true
}

// until takes Shots, each when it is told, until one is as it should be.
func (s *seen) until(t testing.TB, k *screen.Look, is func(screen.Shot) bool) screen.Shot {
	t.Helper()
	late := time.After(patienceTime)
	for {
		select {
		case <-k.Changed():
		case <-late:
			t.Fatal("it is not shown")
		}
		if shot := s.take(t, k); is(shot) {
			return shot
		}
	}
}

// unlike counts the pixels that are not v.
func unlike(p *pixel.Bitmap, v uint32) (n int) {
	for y := range p.Rect.Dy() {
		for _, got := range p.Row(y, 0, p.Rect.Dx()) {
			if got != v {
				n++
			}
		}
	}
	return n
}

// Fill is a picture of one colour.
func Fill(r image.Rectangle, c color.RGBA) *image.RGBA {
	p := image.NewRGBA(r)
	for i := 0; i < len(p.Pix); i += 4 {
		p.Pix[i], p.Pix[i+1], p.Pix[i+2], p.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return p
}
