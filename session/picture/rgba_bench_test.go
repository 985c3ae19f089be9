package picture

import (
	"image"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// BenchmarkRGBAFrame is what a frame costs, beside what bounds it: zstd's fastest
// level on the same bytes, and copying them. All are per byte of RGB.
func BenchmarkRGBAFrame(b *testing.B) {
	pages := []*image.RGBA{noise(full, 1), noise(full, 2)}
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
