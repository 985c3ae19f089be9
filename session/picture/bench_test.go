package picture

import (
	"bytes"
	"image"
	"runtime"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/beistand/beistand/session/pixel"
)

var full, fourK = image.Pt(1920, 1080), image.Pt(3840, 2160)

// BenchmarkScene is what a frame costs: encoding it, decoding it, and its bytes.
func BenchmarkScene(b *testing.B) {
	for _, s := range []struct {
		name string
		size image.Point
		of   func(testing.TB) scene
	}{
		{"typing", full, typing},
		{"scroll", full, scrolling},
		{"drag", full, dragging},
		{"film", full, film},
		{"page", full, turning},
		{"desktop", full, desktop},
		{"scroll-4k", fourK, scrolling},
		{"page-4k", fourK, turning},
	} {
		b.Run(s.name, func(b *testing.B) { frames(b, s.size, s.of(b)) })
	}
}

func frames(b *testing.B, size image.Point, s scene) {
	e, err := NewEncoder(Options{Method: Zstd, Motion: true})
	if err != nil {
		b.Fatal(err)
	}
	d, err := NewDecoder()
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	screen := pixel.New(image.Rectangle{Max: size})
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var encoding, decoding time.Duration
	var sent, frames, largest int
	first := 0
	for i := 0; i < 4 || b.Loop(); i++ {
		damage := s(screen, i)
		at := busy()
		u, err := e.Encode(screen, damage, time.Unix(1e9, int64(i)*33e6), 0)
		if err != nil {
			b.Fatal(err)
		}
		encoded := busy()
		if u.Data == nil {
			continue
		}
		if _, err := d.Decode(u.Data); err != nil {
			b.Fatal(err)
		}
		if i == 0 {
			first = len(u.Data)
			continue
		}
		decoding += busy() - encoded
		encoding += encoded - at
		sent += len(u.Data)
		largest = max(largest, len(u.Data))
		frames++
	}
	b.ReportMetric(0, "ns/op") // with what draws the scene
	b.ReportMetric(float64(encoding.Microseconds())/1e3/float64(frames), "ms/encode")
	b.ReportMetric(float64(decoding.Microseconds())/1e3/float64(frames), "ms/decode")
	b.ReportMetric(float64(sent)/float64(frames), "B/frame")
	b.ReportMetric(float64(largest), "B/largest")
	b.ReportMetric(float64(first), "B/first")
}

// BenchmarkLimit is what bounds a whole frame: copying it, comparing it, and
// zstd's fastest level on its bytes.
func BenchmarkLimit(b *testing.B) {
	screen := pixel.New(image.Rectangle{Max: full})
	turning(b)(screen, 0)
	other := copied(screen)
	b.Run("copy", func(b *testing.B) {
		for b.Loop() {
			other.Copy(screen, screen.Rect)
		}
	})
	b.Run("compare", func(b *testing.B) {
		for b.Loop() {
			if !tight(screen, other, screen.Rect).Empty() {
				b.Fatal("they differ")
			}
		}
	})
	b.Run("zstd-1", func(b *testing.B) {
		z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
		if err != nil {
			b.Fatal(err)
		}
		var packed bytes.Buffer
		for _, c := range screen.Pix {
			packed.Write([]byte{byte(c >> 16), byte(c >> 8), byte(c)})
		}
		var out []byte
		for b.Loop() {
			out = z.EncodeAll(packed.Bytes(), out[:0])
		}
		b.ReportMetric(float64(len(out)), "B/frame")
	})
}

// BenchmarkFingerprint is what it costs to know a tile, beside copying it.
func BenchmarkFingerprint(b *testing.B) {
	screen, r := pixel.New(image.Rectangle{Max: full}), image.Rect(64, 64, 128, 128)
	turning(b)(screen, 0)
	b.Run("tile", func(b *testing.B) {
		var k printer
		k.draw()
		b.SetBytes(4 * int64(area(r)))
		for b.Loop() {
			k.of(screen, r)
		}
	})
	b.Run("copy", func(b *testing.B) {
		other := pixel.New(r)
		b.SetBytes(4 * int64(area(r)))
		for b.Loop() {
			other.Copy(screen, r)
		}
	})
}
