package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
)

// noise is a picture that nothing compresses, opaque.
func noise(size image.Point, seed uint64) *image.RGBA {
	p := image.NewRGBA(image.Rectangle{Max: size})
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range p.Pix {
		p.Pix[i] = byte(r.Uint32())
		if i%4 == 3 {
			p.Pix[i] = 0xff
		}
	}
	return p
}

func codecs(t testing.TB) (*RGBAEncoder, *RGBADecoder) {
	t.Helper()
	e, err := NewRGBAEncoder()
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewRGBADecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return e, d
}

func sameRGBA(a, b *image.RGBA) bool {
	if a.Rect.Size() != b.Rect.Size() {
		return false
	}
	return difference(a, b).Empty()
}

func TestWholeThenParts(t *testing.T) {
	e, d := codecs(t)
	p := noise(image.Pt(321, 123), 1)
	for name, step := range []struct {
		rect image.Rectangle // painted over
		want image.Rectangle // the update's; empty when there must be none
	}{
		{p.Rect, p.Rect},
		{image.Rectangle{}, image.Rectangle{}},
		{image.Rect(0, 0, 1, 1), image.Rect(0, 0, 1, 1)},
		{image.Rect(320, 122, 321, 123), image.Rect(320, 122, 321, 123)},
		{image.Rect(10, 20, 30, 40), image.Rect(10, 20, 30, 40)},
		{image.Rect(0, 60, 321, 61), image.Rect(0, 60, 321, 61)},
		{image.Rect(5, 0, 6, 123), image.Rect(5, 0, 6, 123)},
	} {
		for y := step.rect.Min.Y; y < step.rect.Max.Y; y++ {
			for x := step.rect.Min.X; x < step.rect.Max.X; x++ {
				c := p.RGBAAt(x, y)
				p.SetRGBA(x, y, color.RGBA{c.R + 1, c.G ^ 0x80, c.B, 0xff})
			}
		}
		update, changed, err := e.Encode(p)
		if err != nil || changed != step.want {
			t.Fatalf("step %d: changed %v, want %v (%v)", name, changed, step.want, err)
		}
		if update == nil {
			continue
		}
		got, rect, err := d.Decode(update)
		if err != nil || rect != changed {
			t.Fatalf("step %d: decoded %v, %v", name, rect, err)
		}
		if !sameRGBA(got, p) {
			t.Fatalf("step %d: the picture differs in %v", name, difference(got, p))
		}
	}
}

// A part of a larger picture is encoded as if it stood alone, and a new size
// is a new whole picture.
func TestPartsAndSizes(t *testing.T) {
	e, d := codecs(t)
	large := noise(image.Pt(200, 100), 2)
	for _, r := range []image.Rectangle{image.Rect(10, 10, 60, 50), image.Rect(50, 50, 100, 90), image.Rect(0, 0, 200, 1), large.Rect} {
		part := large.SubImage(r).(*image.RGBA)
		update, changed, err := e.Encode(part)
		if err != nil {
			t.Fatal(err)
		}
		if changed.Empty() {
			t.Fatalf("%v: no update", r)
		}
		got, _, err := d.Decode(update)
		if err != nil || !sameRGBA(got, part) {
			t.Fatalf("%v: not as it was (%v)", r, err)
		}
	}
}

func TestSizesRefused(t *testing.T) {
	e, _ := codecs(t)
	for _, r := range []image.Rectangle{{}, image.Rect(0, 0, MaxSide+1, 1), image.Rect(0, 0, 1, MaxSide+1), image.Rect(0, 0, MaxSide, MaxPixels/MaxSide+1)} {
		p := &image.RGBA{Rect: r, Stride: 4 * r.Dx()} // refused before a pixel is read
		if _, _, err := e.Encode(p); !errors.Is(err, ErrSize) {
			t.Errorf("%v: %v, want %v", r, err, ErrSize)
		}
	}
}

func encoded(t testing.TB, p *image.RGBA) []byte {
	t.Helper()
	e, _ := codecs(t)
	update, _, err := e.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Clone(update)
}

func TestUpdatesRefused(t *testing.T) {
	small := encoded(t, noise(image.Pt(20, 10), 3))
	smaller := encoded(t, noise(image.Pt(20, 9), 3))
	larger := encoded(t, noise(image.Pt(20, 11), 3))
	head := func(size image.Point, rect image.Rectangle) []byte { return rgbaHeader{size, rect}.append(nil) }
	whole := image.Rect(0, 0, 20, 10)
	for name, update := range map[string][]byte{
		"nothing":              nil,
		"a short rgbaHeader":   small[:rgbaHeaderSize-1],
		"no pixels":            small[:rgbaHeaderSize],
		"cut":                  small[:len(small)-1],
		"cut in half":          small[:len(small)/2],
		"too few pixels":       append(head(whole.Size(), whole), smaller[rgbaHeaderSize:]...),
		"too many pixels":      append(head(whole.Size(), whole), larger[rgbaHeaderSize:]...),
		"twice the pixels":     append(bytes.Clone(small), small[rgbaHeaderSize:]...),
		"a byte behind":        append(bytes.Clone(small), 0),
		"not zstd":             append(head(whole.Size(), whole), make([]byte, 600)...),
		"a part of nothing":    append(head(image.Pt(20, 20), whole), small[rgbaHeaderSize:]...),
		"past the right":       append(head(whole.Size(), image.Rect(1, 0, 21, 10)), small[rgbaHeaderSize:]...),
		"past the bottom":      append(head(whole.Size(), image.Rect(0, 1, 20, 11)), small[rgbaHeaderSize:]...),
		"empty rectangle":      append(head(whole.Size(), image.Rect(3, 3, 3, 3)), small[rgbaHeaderSize:]...),
		"empty picture":        append(head(image.Point{}, image.Rectangle{}), small[rgbaHeaderSize:]...),
		"a picture of the sky": append(head(image.Pt(MaxSide, MaxSide), image.Rect(0, 0, MaxSide, MaxSide)), small[rgbaHeaderSize:]...),
	} {
		t.Run(name, func(t *testing.T) {
			_, d := codecs(t)
			if _, _, err := d.Decode(update); !errors.Is(err, ErrUpdate) {
				t.Errorf("got %v, want %v", err, ErrUpdate)
			}
			if got, _, err := d.Decode(small); err != nil || !sameRGBA(got, noise(image.Pt(20, 10), 3)) {
				t.Errorf("a good update after it: %v", err)
			}
		})
	}
}

// A few bytes that say they are millions cost no memory beyond the picture.
func TestBomb(t *testing.T) {
	black := image.NewRGBA(image.Rect(0, 0, 4000, 4000))
	draw.Draw(black, black.Rect, image.Black, image.Point{}, draw.Src)
	bomb := encoded(t, black)
	copy(bomb, rgbaHeader{image.Pt(20, 10), image.Rect(0, 0, 20, 10)}.append(nil))
	_, d := codecs(t)
	if _, _, err := d.Decode(bomb); !errors.Is(err, ErrUpdate) {
		t.Errorf("got %v, want %v", err, ErrUpdate)
	}
}

func TestPieces(t *testing.T) {
	type piece struct {
		number, total, offset uint32
		data                  string
		whole                 string
		ok                    bool
	}
	for name, pieces := range map[string][]piece{
		"two updates":        {{1, 4, 0, "ab", "", true}, {1, 4, 2, "cd", "abcd", true}, {2, 1, 0, "e", "e", true}},
		"another first":      {{2, 1, 0, "a", "", false}},
		"the same again":     {{1, 1, 0, "a", "a", true}, {1, 1, 0, "a", "", false}},
		"a number left out":  {{1, 1, 0, "a", "a", true}, {3, 1, 0, "a", "", false}},
		"a new one too soon": {{1, 2, 0, "a", "", true}, {2, 2, 0, "a", "", false}},
		"a gap":              {{1, 4, 0, "a", "", true}, {1, 4, 2, "c", "", false}},
		"an overlap":         {{1, 4, 0, "ab", "", true}, {1, 4, 1, "b", "", false}},
		"another total":      {{1, 4, 0, "ab", "", true}, {1, 3, 2, "c", "", false}},
		"too much":           {{1, 4, 0, "abcde", "", false}},
		"too much later":     {{1, 4, 0, "abc", "", true}, {1, 4, 3, "de", "", false}},
		"an empty piece":     {{1, 4, 0, "", "", false}},
		"an empty update":    {{1, 0, 0, "", "", false}},
		"a huge update":      {{1, MaxUpdate + 1, 0, "a", "", false}},
		"begun in the midst": {{1, 4, 2, "cd", "", false}},
	} {
		t.Run(name, func(t *testing.T) {
			var p Pieces
			for i, piece := range pieces {
				whole, err := p.Add(piece.number, piece.total, piece.offset, []byte(piece.data))
				if (err == nil) != piece.ok || string(whole) != piece.whole {
					t.Errorf("piece %d: %q, %v", i, whole, err)
				}
			}
		})
	}
}

func FuzzRGBADecode(f *testing.F) {
	f.Add(encoded(f, noise(image.Pt(5, 3), 4)), encoded(f, noise(image.Pt(1, 1), 5)))
	f.Add([]byte{}, make([]byte, rgbaHeaderSize))
	f.Add(rgbaHeader{image.Pt(5, 3), image.Rect(1, 1, 2, 2)}.append(nil), []byte{0x28, 0xb5, 0x2f, 0xfd})
	first := encoded(f, noise(image.Pt(16, 16), 6))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		_, d := codecs(t)
		for _, update := range [][]byte{first, a, b} {
			if h, err := readRGBAHeader(update); err == nil && h.size.X*h.size.Y > 1<<16 {
				continue // the limit is tested above; here it would only cost memory
			}
			var before *image.RGBA
			if d.picture != nil {
				before = &image.RGBA{Pix: bytes.Clone(d.picture.Pix), Stride: d.picture.Stride, Rect: d.picture.Rect}
			}
			p, rect, err := d.Decode(update)
			if err != nil {
				if !errors.Is(err, ErrUpdate) {
					t.Fatalf("an error of no kind: %v", err)
				}
				continue
			}
			if !rect.In(p.Rect) {
				t.Fatalf("%v is outside of %v", rect, p.Rect)
			}
			if before != nil && before.Rect == p.Rect {
				if outside := difference(before, p); !outside.In(rect) {
					t.Fatalf("written in %v, named %v", outside, rect)
				}
			}
		}
	})
}

func FuzzRGBARoundTrip(f *testing.F) {
	f.Add(uint16(3), uint16(2), []byte("the first picture's pixels"), []byte("and the second's"))
	f.Add(uint16(1), uint16(1), []byte{}, []byte{1})
	f.Fuzz(func(t *testing.T, width, height uint16, one, two []byte) {
		r := image.Rect(0, 0, int(width%64)+1, int(height%64)+1)
		e, d := codecs(t)
		for _, pixels := range [][]byte{one, two, one} {
			p := image.NewRGBA(r)
			for i := range p.Pix {
				if i%4 == 3 {
					p.Pix[i] = 0xff
				} else if len(pixels) > 0 {
					p.Pix[i] = pixels[i%len(pixels)]
				}
			}
			update, _, err := e.Encode(p)
			if err != nil {
				t.Fatal(err)
			}
			if update != nil {
				if _, _, err := d.Decode(update); err != nil {
					t.Fatal(err)
				}
			}
			if !sameRGBA(d.picture, p) {
				t.Fatalf("the picture differs in %v", difference(d.picture, p))
			}
		}
	})
}

// What is dropped, or was withdrawn before it began, leaves a gap; what was
// begun before does not go on.
func TestPiecesAfterADrop(t *testing.T) {
	var p Pieces
	add := func(number, total, offset uint32, data string) bool {
		_, err := p.Add(number, total, offset, []byte(data))
		return err == nil
	}
	if !add(1, 1, 0, "a") || !add(2, 2, 0, "a") {
		t.Fatal("an update is refused")
	}
	p.Drop()
	if add(2, 2, 1, "b") || add(2, 1, 0, "a") || add(1, 1, 0, "a") {
		t.Error("what was dropped goes on")
	}
	if !add(5, 1, 0, "a") {
		t.Error("an update is refused because others were withdrawn before they began")
	}
	if add(7, 1, 0, "a") {
		t.Error("a gap is taken that nothing has made")
	}
}
