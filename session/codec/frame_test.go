package codec

import (
	"errors"
	"image"
	"testing"
)

// The first bytes of frames, by the specifications.
func TestFrameSize(t *testing.T) {
	vp9 := func(w, h int) []byte {
		bits := uint64(2)<<44 | uint64(w-1)<<28 | uint64(h-1)<<12 // BT.601 in the first three bits is 001; see below
		bits = bits&^(7<<45) | 1<<45
		b := []byte{0x82, 0x49, 0x83, 0x42}
		for shift := 40; shift >= 0; shift -= 8 {
			b = append(b, byte(bits>>shift))
		}
		return b
	}
	vp8 := func(w, h int) []byte {
		return []byte{0x10, 0, 0, 0x9d, 1, 0x2a, byte(w), byte(w >> 8), byte(h), byte(h >> 8)}
	}
	for name, c := range map[string]struct {
		kind Kind
		data []byte
		size image.Point
		key  bool
		err  error
	}{
		"VP8":                     {VP8, vp8(800, 600), image.Pt(800, 600), true, nil},
		"VP8, shown larger":       {VP8, vp8(800|1<<14, 600|3<<14), image.Pt(800, 600), true, nil},
		"VP8 without pixels":      {VP8, vp8(0, 600), image.Pt(0, 600), true, ErrSize},
		"VP8 of too many":         {VP8, vp8(16383, 16383), image.Pt(16383, 16383), true, ErrSize},
		"VP8 between keyframes":   {VP8, []byte{0x11, 0, 0}, image.Point{}, false, nil},
		"VP8 cut short":           {VP8, vp8(800, 600)[:9], image.Point{}, false, ErrData},
		"VP8 without its start":   {VP8, make([]byte, 20), image.Point{}, false, ErrData},
		"VP8 of nothing":          {VP8, nil, image.Point{}, false, ErrData},
		"VP9":                     {VP9, vp9(1920, 1080), image.Pt(1920, 1080), true, nil},
		"VP9 of one pixel":        {VP9, vp9(1, 1), image.Pt(1, 1), true, nil},
		"VP9 of too many":         {VP9, vp9(65536, 65536), image.Pt(65536, 65536), true, ErrSize},
		"VP9 between keyframes":   {VP9, []byte{0x86, 0}, image.Point{}, false, nil},
		"VP9 shown once more":     {VP9, []byte{0x88, 0}, image.Point{}, false, nil},
		"VP9 of another profile":  {VP9, append([]byte{0x92}, vp9(9, 9)[1:]...), image.Point{}, false, ErrData},
		"VP9 cut short":           {VP9, vp9(1920, 1080)[:9], image.Point{}, false, ErrData},
		"VP9 without its marker":  {VP9, make([]byte, 20), image.Point{}, false, ErrData},
		"VP9 of nothing":          {VP9, nil, image.Point{}, false, ErrData},
		"VP9 without sync's code": {VP9, make([]byte, 20)[:0:0], image.Point{}, false, ErrData},
	} {
		size, key, err := FrameSize(c.kind, c.data)
		if size != c.size || key != c.key || !errors.Is(err, c.err) || (c.err == nil) != (err == nil) {
			t.Errorf("%s: %v, %v, %v", name, size, key, err)
		}
	}
}
