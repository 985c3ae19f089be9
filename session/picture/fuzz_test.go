package picture

import (
	"errors"
	"image"
	"testing"
)

// FuzzOperations gives the decoder operations that compressed well.
func FuzzOperations(f *testing.F) {
	for _, ops := range hostile {
		f.Add(ops, ops)
	}
	f.Add([]byte{opColours, 0, 0, 1, 1, 2, 3, 4, 5, 6, opText, 3, 20, 2, 2, 0, 0, 0, 1, 2, 0, 0, 1, 0, 1, 0, 1, 2, 1},
		[]byte{opText, 9, 30, 1, 0, 1, opKeep, 0, 0, 1, opShow, 0, 0, 1, opCopy, 0, 0, 50, 20, 20, 10})
	f.Add([]byte{opCoarse, 0, 0, 4, 4, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, opMotion, 1, 0, 0, 16, 16}, []byte{opStill, 1})
	f.Fuzz(func(t *testing.T, first, second []byte) {
		for _, method := range []Method{Zstd, Deflate} {
			s, err := newDeflater(method)
			if err != nil {
				t.Fatal(err)
			}
			var updates [][]byte
			for i, ops := range [][]byte{first, second} {
				updates = append(updates, made(t, s, image.Pt(100, 50), i == 0, ops...))
			}
			decodeAll(t, updates)
		}
	})
}

// FuzzDecode gives it anything.
func FuzzDecode(f *testing.F) {
	for _, method := range []Method{Zstd, Deflate} {
		s, err := newDeflater(method)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(made(f, s, image.Pt(100, 50), true, opFill, 1, 1, 9, 9, 1, 2, 3), made(f, s, image.Pt(100, 50), false, opCopy, 1, 1, 9, 9, 3, 4))
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		decodeAll(t, [][]byte{first, second, second})
	})
}

func decodeAll(t *testing.T, updates [][]byte) {
	d, err := NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, u := range updates {
		if h, _, err := readHeader(u); err == nil && h.fresh && h.size.X*h.size.Y > 1<<18 {
			continue // the limit is tested; here it would only cost memory
		}
		got, err := d.Decode(u)
		if err != nil {
			if !errors.Is(err, ErrUpdate) {
				t.Fatalf("an error of no kind: %v", err)
			}
			continue
		}
		for _, r := range got.Changed {
			if !r.In(got.Picture.Rect) {
				t.Fatalf("%v is outside of %v", r, got.Picture.Rect)
			}
		}
		for i, v := range got.Picture.Pix {
			if v > 0xffffff {
				t.Fatalf("pixel %d is %#x", i, v)
			}
		}
	}
}
