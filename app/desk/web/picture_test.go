package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/pixel"
)

// scene gives a series of updates and the picture after each as the browser
// keeps it: red, green, blue, 255.
func scene(t testing.TB, size image.Point, steps int) (updates, pictures [][]byte) {
	t.Helper()
	e, err := picture.NewEncoder(picture.Options{Method: picture.Deflate})
	if err != nil {
		t.Fatal(err)
	}
	d, err := picture.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	random := rand.New(rand.NewPCG(1, 2))
	p := pixel.New(image.Rectangle{Max: size})
	now := time.Unix(1e9, 0)
	for step := range steps {
		budget := 0
		paint(p, random, step)
		if step%5 == 4 {
			budget = 3000
		}
		now = now.Add(50 * time.Millisecond)
		for owed, first := true, true; owed; first = false {
			var damage []image.Rectangle
			if first {
				damage = []image.Rectangle{p.Rect}
			}
			u, err := e.Encode(p, damage, now, budget)
			if err != nil {
				t.Fatal(err)
			}
			if u.Data == nil {
				break
			}
			got, err := d.Decode(u.Data)
			if err != nil {
				t.Fatal(err)
			}
			updates = append(updates, bytes.Clone(u.Data))
			pictures = append(pictures, shown(got.Picture))
			owed, budget, now = u.Owed, 0, now.Add(100*time.Millisecond)
		}
	}
	return updates, pictures
}

// paint changes a picture like a screen changes: text, scrolling, photographs, windows.
func paint(p *pixel.Bitmap, random *rand.Rand, step int) {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	switch step % 4 {
	case 0: // a window with lines of glyphs
		p.Fill(image.Rect(w/8, h/8, w-w/8, h-h/8), 0xf0f0f0)
		for line := h/8 + 4; line < h-h/8-14; line += 16 {
			for x := w/8 + 4; x < w-w/8-10; x += 8 {
				glyph(p, x, line, random.IntN(26))
			}
		}
	case 1: // it scrolls
		r := image.Rect(w/8, h/8, w-w/8, h-h/8)
		for y := r.Min.Y; y < r.Max.Y-16; y++ {
			copy(p.Row(y, r.Min.X, r.Max.X), p.Row(y+16, r.Min.X, r.Max.X))
		}
	case 2: // a photograph
		r := image.Rect(random.IntN(w/2), random.IntN(h/2), w/2+random.IntN(w/2), h/2+random.IntN(h/2))
		for y := r.Min.Y; y < r.Max.Y; y++ {
			row := p.Row(y, r.Min.X, r.Max.X)
			for i := range row {
				row[i] = uint32(i*3+random.IntN(9))&0xff<<16 | uint32(y*2+random.IntN(9))&0xff<<8 | uint32(i+y)&0xff
			}
		}
	case 3: // a letter is typed
		glyph(p, w/8+4+random.IntN(w/2), h/8+4, random.IntN(26))
	}
}

func glyph(p *pixel.Bitmap, x, y, letter int) {
	shape := rand.New(rand.NewPCG(uint64(letter), 7))
	for dy := range 12 {
		for dx := range 7 {
			grey := uint32(shape.IntN(4) * 60)
			p.Row(y+dy, x+dx, x+dx+1)[0] = grey<<16 | grey<<8 | grey
		}
	}
}

func shown(p *pixel.Bitmap) []byte {
	var b []byte
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for _, c := range p.Row(y, p.Rect.Min.X, p.Rect.Max.X) {
			b = append(b, byte(c>>16), byte(c>>8), byte(c), 255)
		}
	}
	return b
}

func text64(all [][]byte) string {
	list := make([]string, len(all))
	for i, b := range all {
		list[i] = base64.StdEncoding.EncodeToString(b)
	}
	text, _ := json.Marshal(list) // strings
	return string(text)
}

// TestPicture decodes in the browser what Go has encoded: every picture is the
// same, pixel for pixel, and nothing outside of what it tells has changed.
func TestPicture(t *testing.T) {
	b := laboratory(t)
	for _, size := range []image.Point{{1, 1}, {63, 65}, {320, 200}, {501, 333}} {
		steps := 16
		if size.X < 100 {
			steps = 1
		}
		updates, pictures := scene(t, size, steps)
		eval[bool](b, fmt.Sprintf(`(async () => {
			const { Decoder } = await import("/static/decoder.js");
			const { unbase64 } = await import("/static/bytes.js");
			window.decoder = new Decoder();
			window.updates = %s.map(unbase64);
			window.before = null;
			window.next = async () => {
				const { picture, changed } = await decoder.decode(updates.shift());
				const now = picture.image.data;
				for (let i = 0; window.before && i < now.length; i++) {
					const x = (i >> 2) %% picture.width, y = Math.floor((i >> 2) / picture.width);
					if (now[i] !== before[i] && !changed.some((r) => x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h)) throw new Error("written but not told: " + x + ", " + y);
				}
				window.before = now.slice();
				const { hex } = await import("/static/bytes.js");
				return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", now)));
			};
			return true;
		})()`, text64(updates)))
		for i, want := range pictures {
			if got := eval[string](b, `next()`); got != sum(want) {
				t.Fatalf("%v: picture %d of %d is another in the browser", size, i+1, len(pictures))
			}
		}
		t.Logf("%v: %d pictures are the same", size, len(pictures))
	}
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
