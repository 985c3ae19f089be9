//go:build cgo && linux && !headless

package codec

import (
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// noise is a frame of each format, with another that follows it.
func noise(t testing.TB, k Kind, size image.Point) (key, next []byte) {
	t.Helper()
	e, err := NewEncoder(k, size, EncoderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	rng := rand.New(rand.NewPCG(1, 2))
	p := pixel.New(image.Rectangle{Max: size})
	var out [2][]byte
	for i := range out {
		for y := range size.Y {
			for x := range size.X {
				p.Pix[y*size.X+x] = uint32(x*3+i*5)&0xff<<16 | uint32(y*7)&0xff<<8 | uint32(rng.IntN(16))
			}
		}
		got, err := e.Encode(p, p.Rect, time.Duration(i)*time.Second/30, false)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = got.Data
	}
	return out[0], out[1]
}

// larger makes of a VP9 keyframe one that says it is of the largest size.
func larger(key []byte) []byte {
	big := append([]byte(nil), key...)
	for i := range 4 {
		big[5+i] = 0xff
	}
	big[4] |= 0x0f
	big[9] |= 0xf0
	return big
}

// A frame takes no more memory than the picture that it was decoded into may
// need, also where another stands behind it that nothing has looked at.
func TestHiddenSize(t *testing.T) {
	size := image.Pt(64, 48)
	key, _ := noise(t, VP9, size)
	if got, _, err := FrameSize(VP9, larger(key)); got != image.Pt(65536, 65536) || err == nil {
		t.Fatalf("the larger one is %v: %v", got, err)
	}
	d, err := newVPXDecoder(VP9)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	dst := pixel.New(image.Rectangle{Max: size})
	if err := d.Decode(append(append([]byte(nil), key...), larger(key)...), dst); err == nil {
		t.Error("a frame of 65536x65536 was decoded")
	}
	if held, most := d.held(), size.X*size.Y*48+48<<20; held > most {
		t.Errorf("%d bytes are held, at most %d may be", held, most)
	}
	if err := d.Decode(key, dst); err != nil {
		t.Errorf("the keyframe after it: %v", err)
	}
}

// What decoders hold stays below what they may, for films of real sizes, and
// nothing is left when they are closed.
func TestMemory(t *testing.T) {
	for _, k := range Decoders() {
		for _, size := range []image.Point{{X: 16, Y: 16}, {X: 800, Y: 600}, {X: 1920, Y: 1080}} {
			key, next := noise(t, k, size)
			d, err := newVPXDecoder(k)
			if err != nil {
				t.Fatal(err)
			}
			dst := pixel.New(image.Rectangle{Max: size})
			for _, data := range [][]byte{key, next, key, next} {
				if err := d.Decode(data, dst); err != nil {
					t.Error(err)
				}
			}
			pixels := size.X * size.Y
			t.Logf("%s of %v: %.1f MB, %d bytes a pixel", k, size, float64(d.held())/1e6, d.held()/pixels)
			if d.held() == 0 || d.held() > pixels*24+24<<20 {
				t.Errorf("%s of %v holds %d bytes", k, size, d.held())
			}
			d.Close()
		}
	}
}

// Whatever bytes come, decoding ends, in bounded memory, with a picture or an
// error; and a whole keyframe is decoded after them.
func FuzzDecode(f *testing.F) {
	size := image.Pt(48, 32)
	keys := map[Kind][]byte{}
	for i, k := range []Kind{VP8, VP9} {
		key, next := noise(f, k, size)
		keys[k] = key
		f.Add(byte(i), key, next)
		f.Add(byte(i), next, key)
		f.Add(byte(i), key, key[:len(key)/2])
		f.Add(byte(i), append(append([]byte(nil), key...), larger(key)...), next)
	}
	f.Fuzz(func(t *testing.T, format byte, first, second []byte) {
		k := []Kind{VP8, VP9}[format%2]
		d, err := newVPXDecoder(k)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		whole := pixel.New(image.Rect(0, 0, size.X+2, size.Y+2))
		whole.Fill(whole.Rect, 0xabcdef)
		dst := whole.Sub(image.Rect(1, 1, size.X+1, size.Y+1))
		for _, data := range [][]byte{first, second} {
			_ = d.Decode(data, dst) // any answer is right
			if held, most := d.held(), size.X*size.Y*48+48<<20; held > most {
				t.Fatalf("%d bytes are held, at most %d may be", held, most)
			}
		}
		if err := d.Decode(keys[k], dst); err != nil {
			t.Fatalf("a whole keyframe: %v", err)
		}
		for y := range whole.Rect.Max.Y {
			for x, v := range whole.Row(y, 0, whole.Rect.Max.X) {
				if !image.Pt(x, y).In(dst.Rect) && v != 0xabcdef || v>>24 != 0 {
					t.Fatalf("at %d,%d stands %#x", x, y, v)
				}
			}
		}
	})
}
