package picture

import (
	"bytes"
	"errors"
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// Whatever is painted, the viewer has it, in sizes that no tile divides.
func TestWhateverIsPainted(t *testing.T) {
	for _, method := range []Method{Zstd, Deflate} {
		for _, size := range []image.Point{{1, 1}, {3, 200}, {321, 123}, {16, 64}, {700, 130}} {
			r := newRig(t, Options{Method: method}, size)
			rng := rand.New(rand.NewPCG(1, uint64(size.X)))
			r.send(0, r.screen.Rect)
			r.sharp()
			for range 60 {
				at := anywhere(r.screen.Rect, rng)
				switch rng.IntN(6) {
				case 0:
					scribble(r.screen, at, rng)
				case 1:
					r.screen.Fill(at, rng.Uint32()&0xffffff)
				case 2: // few colours
					for range 50 {
						p := anywhere(at, rng)
						r.screen.Fill(p.Intersect(image.Rectangle{p.Min, p.Min.Add(image.Pt(7, 3))}), uint32(rng.IntN(30)))
					}
				case 3: // a gradient
					for y := at.Min.Y; y < at.Max.Y; y++ {
						for x := at.Min.X; x < at.Max.X; x++ {
							r.screen.Row(y, x, x+1)[0] = uint32(x*3&0xff | y*5&0xff<<8 | (x+y)&0xff<<16)
						}
					}
				case 4:
					r.screen.Fill(image.Rectangle{at.Min, at.Min.Add(image.Pt(1, 1))}, rng.Uint32()&0xffffff)
				case 5:
					move(r.screen, at, image.Pt(rng.IntN(size.X)-at.Min.X, rng.IntN(size.Y)-at.Min.Y).Mul(0))
				}
				r.send(0, at)
				r.sharp()
			}
		}
	}
}

// What is said of an unchanged picture is nothing.
func TestNothingToSay(t *testing.T) {
	r := newRig(t, Options{}, image.Pt(300, 200))
	if u := r.send(0, r.screen.Rect); u.Data == nil {
		t.Error("the first picture is not sent because it is black")
	}
	for _, damage := range [][]image.Rectangle{nil, {}, {r.screen.Rect}, {image.Rect(-50, -50, 900, 900)}, {image.Rect(900, 0, 1000, 1)}} {
		if u := r.send(0, damage...); u.Data != nil {
			t.Errorf("damage %v: an update of nothing", damage)
		}
	}
}

// A viewer that begins anew needs nothing that came before.
func TestRestart(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	r := newRig(t, Options{}, image.Pt(300, 200))
	scribble(r.screen, r.screen.Rect, rng)
	r.send(0, r.screen.Rect)
	r.e.Restart()
	d, err := NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	r.d, r.seen = d, nil
	r.send(0)
	r.sharp()
	// and so does one after another size
	r.screen = pixel.New(image.Rect(0, 0, 77, 333))
	scribble(r.screen, image.Rect(0, 0, 50, 50), rng)
	r.send(0)
	r.sharp()
}

func TestSizes(t *testing.T) {
	e, err := NewEncoder(Options{Method: Zstd})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []image.Rectangle{{}, image.Rect(0, 0, MaxSide+1, 1), image.Rect(0, 0, 1, MaxSide+1), image.Rect(0, 0, MaxSide, MaxPixels/MaxSide+1)} {
		if _, err := e.Encode(&pixel.Bitmap{Rect: r, Stride: r.Dx()}, nil, time.Time{}, 0); !errors.Is(err, ErrSize) {
			t.Errorf("%v: %v, want %v", r, err, ErrSize)
		}
	}
	if _, err := NewEncoder(Options{}); err == nil {
		t.Error("an encoder of no method")
	}
}

// made is an update of operations, for tests of what no encoder makes.
func made(t testing.TB, s *deflater, size image.Point, fresh bool, ops ...byte) []byte {
	t.Helper()
	u, err := s.update(header{fresh: fresh, size: size}, ops)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Clone(u)
}

// hostile are operations that no picture of 100 x 50 takes.
var hostile = map[string][]byte{
	"no operation":          {0},
	"an unknown one":        {12},
	"fill past the right":   {opFill, 1, 0, 100, 5, 1, 2, 3},
	"fill past the bottom":  {opFill, 0, 1, 5, 50, 1, 2, 3},
	"fill of nothing":       {opFill, 0, 0, 0, 1, 1, 2, 3},
	"fill far away":         {opFill, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 1, 1, 1, 2, 3},
	"an endless number":     {opFill, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
	"a cut fill":            {opFill, 1, 1, 1, 1, 1, 2},
	"copy from the left":    {opCopy, 0, 0, 5, 5, 1, 0},
	"copy from below":       {opCopy, 0, 0, 5, 50, 0, 2},
	"a palette of one":      {opPalette, 0, 0, 1, 1, 0, 1, 2, 3, 0},
	"a colour that is none": {opPalette, 0, 0, 1, 1, 2, 1, 2, 3, 1, 2, 3, 1, 2, 3, 0xc0},
	"too few indices":       {opPalette, 0, 0, 9, 1, 1, 1, 2, 3, 1, 2, 3, 0},
	"an unknown filter":     {opPhoto, 0, 0, 1, 1, 5, 1, 2, 3},
	"too few samples":       {opPhoto, 0, 0, 2, 1, 1, 1, 2, 3, 4, 5},
	"an odd scale":          {opCoarse, 0, 0, 2, 2, 3, 0, 0, 1, 2, 3},
	"all bits dropped":      {opCoarse, 0, 0, 2, 2, 2, 8, 0, 1, 2, 3},
	"keep beyond the slots": {opKeep, 0xff, 0x1f, 0, 2},
	"keep beyond the tiles": {opKeep, 0, 1, 2},
	"keep nothing":          {opKeep, 0, 0, 0},
	"show what is not kept": {opShow, 0, 0, 1},
	"show at another size":  {opKeep, 0, 0, 1, opShow, 0, 1, 1},
	"no such palette":       {opColours, 16, 0, 0, 1, 2, 3},
	"too many colours":      {opColours, 0, 255, 1, 1, 2, 3, 1, 2, 3},
	"no such glyph":         {opText, 0, 10, 1, 0, 1},
	"no such slot":          {opText, 0, 10, 1, 0, 0x81, 0x80, 1},
	"a glyph in no slot":    {opText, 0, 10, 1, 0, 0, 0x80, 0x80, 1, 0, 0, 0, 0, 0},
	"a glyph too wide":      {opText, 0, 10, 1, 0, 0, 0, 0, 64, 0, 0},
	"a glyph of no palette": {opText, 0, 10, 1, 0, 0, 0, 16, 0, 0, 0, 0},
	"a glyph too high up":   {opText, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0},
	"a glyph off the left":  {opText, 0, 10, 1, 1, 0, 0, 0, 0, 0, 0, 0},
	"a glyph off the right": {opText, 100, 10, 1, 0, 0, 0, 0, 0, 0, 0, 0},
	"endless text":          {opText, 0, 10, 0xff, 0xff, 0xff, 0xff, 7},
	"region 0":              {opMotion, 0, 0, 0, 16, 16},
	"region 9":              {opMotion, 9, 0, 0, 16, 16},
	"two regions in one":    {opMotion, 1, 0, 0, 16, 16, opMotion, 2, 15, 15, 16, 16},
	"rest of no region":     {opStill, 1},
	"endless work":          bytes.Repeat([]byte{opFill, 0, 0, 100, 50, 1, 2, 3}, 16+1<<20/5000+1),
}

func TestHostile(t *testing.T) {
	size := image.Pt(100, 50)
	for name, ops := range hostile {
		for _, method := range []Method{Zstd, Deflate} {
			s, err := newDeflater(method)
			if err != nil {
				t.Fatal(err)
			}
			d, err := NewDecoder()
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if _, err := d.Decode(made(t, s, size, true, opFill, 0, 0, 1, 1, 1, 2, 3)); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Decode(made(t, s, size, false, ops...)); !errors.Is(err, ErrUpdate) {
				t.Errorf("%s: %v, want %v", name, err, ErrUpdate)
			}
			if _, err := d.Decode(made(t, s, size, false, opFill, 0, 0, 1, 1, 1, 2, 3)); !errors.Is(err, ErrUpdate) {
				t.Errorf("%s: it goes on afterwards", name)
			}
			if _, err := d.Decode(made(t, s, size, true, opFill, 0, 0, 1, 1, 1, 2, 3)); err != nil {
				t.Errorf("%s: a fresh update afterwards: %v", name, err)
			}
		}
	}
}

func TestEnvelopes(t *testing.T) {
	size := image.Pt(100, 50)
	s, err := newDeflater(Zstd)
	if err != nil {
		t.Fatal(err)
	}
	first := made(t, s, size, true, opFill, 0, 0, 1, 1, 1, 2, 3)
	second := made(t, s, size, false, opFill, 0, 0, 1, 1, 1, 2, 3)
	with := func(u []byte, at int, v byte) []byte {
		u = bytes.Clone(u)
		u[at] = v
		return u
	}
	for name, u := range map[string][]byte{
		"nothing":         nil,
		"a short header":  first[:5],
		"a cut update":    first[:len(first)-1],
		"a byte behind":   append(bytes.Clone(first), 0),
		"not the first":   second,
		"another version": with(first, 0, 1),
		"another method":  with(first, 1, freshFlag|3),
		"unknown flags":   with(first, 1, freshFlag|0x20|byte(Zstd)),
		"wrong method":    with(first, 1, freshFlag|byte(Deflate)),
		"no width":        with(with(first, 2, 0), 3, 0),
		"a huge picture":  with(with(first, 2, 0x40), 4, 0x40),
		"too long":        with(first, 6, 9),
		"too short":       with(first, 6, 7),
		"no operations":   with(first, 6, 0),
		"not zstd":        append(bytes.Clone(first[:7]), make([]byte, 600)...),
	} {
		d, err := NewDecoder()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Decode(u); !errors.Is(err, ErrUpdate) {
			t.Errorf("%s: %v, want %v", name, err, ErrUpdate)
		}
		if _, err := d.Decode(first); err != nil {
			t.Errorf("%s: a good update afterwards: %v", name, err)
		}
		if _, err := d.Decode(second); err != nil {
			t.Errorf("%s: and another: %v", name, err)
		}
		d.Close()
	}
}
