package picture

import (
	"image"
	"image/color"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// page is a picture like a text window's: lines of small dark strokes on white.
func page(size image.Point, shift int) *image.RGBA {
	p := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			c := color.RGBA{0xff, 0xff, 0xff, 0xff}
			line, column := (y+shift)/16, x/9
			if (y+shift)%16 < 11 && (line*7919+column*104729)%5 != 0 && ((x*31+(y+shift)*17+line*column)%7) < 2 {
				c = color.RGBA{byte(line * 3), 0x20, byte(column), 0xff}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

var full = image.Pt(1920, 1080)

// BenchmarkRGBAFrame is what a frame costs, beside what bounds it: zstd's fastest
// level on the same bytes, and copying them. All are per byte of RGB.
func BenchmarkRGBAFrame(b *testing.B) {
	pages := []*image.RGBA{page(full, 0), page(full, 3)}
	bytesOf := int64(3 * full.X * full.Y)
	report := func(b *testing.B, out int) { b.ReportMetric(float64(out), "B/update") }

	b.Run("encode", func(b *testing.B) {
		e, _ := codecs(b)
		b.SetBytes(bytesOf)
		out := 0
		for i := 0; b.Loop(); i++ {
			update, _, err := e.Encode(pages[i%2])
			if err != nil {
				b.Fatal(err)
			}
			out = len(update)
		}
		report(b, out)
	})
	b.Run("decode", func(b *testing.B) {
		_, d := codecs(b)
		update := encoded(b, pages[0])
		b.SetBytes(bytesOf)
		for b.Loop() {
			if _, _, err := d.Decode(update); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("zstd-1", func(b *testing.B) {
		z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
		if err != nil {
			b.Fatal(err)
		}
		packed := pack(nil, pages[0].Pix)
		var out []byte
		b.SetBytes(bytesOf)
		for b.Loop() {
			out = z.EncodeAll(packed, out[:0])
		}
		report(b, len(out))
	})
	b.Run("copy", func(b *testing.B) {
		packed := pack(nil, pages[0].Pix)
		out := make([]byte, len(packed))
		b.SetBytes(bytesOf)
		for b.Loop() {
			copy(out, packed)
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		e, _ := codecs(b)
		if _, _, err := e.Encode(pages[0]); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(bytesOf)
		for b.Loop() {
			if update, _, err := e.Encode(pages[0]); update != nil || err != nil {
				b.Fatal("an update of nothing", err)
			}
		}
	})
}
