//go:build linux

package codec_test

import (
	"fmt"
	"image"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/codec/codectest"
	"github.com/beistand/beistand/session/pixel"
)

// driver is one that is measured.
type driver struct {
	name    string
	encoder func(size image.Point, o codec.EncoderOptions) (codec.Encoder, error)
	decoder func() (codec.Decoder, error)
}

// drivers are those of this build.
func drivers() []driver {
	var all []driver
	for _, k := range codec.Encoders() {
		all = append(all, driver{
			string(k),
			func(size image.Point, o codec.EncoderOptions) (codec.Encoder, error) {
				return codec.NewEncoder(k, size, o)
			},
			func() (codec.Decoder, error) { return codec.NewDecoder(k) },
		})
	}
	return append(all, others()...)
}

// BenchmarkFilm plays 150 frames of film at 4 Mbit/s and 30 frames a second, a
// keyframe at the 1st, 51st and 101st. The limits of a region of 800x600: 12 ms,
// keyframes 30 ms, 36 dB, 30 MB a minute.
func BenchmarkFilm(b *testing.B) {
	for _, size := range []image.Point{{X: 800, Y: 600}, {X: 1920, Y: 1080}} {
		film := codectest.NewFilm(size)
		for _, threads := range threads {
			for _, d := range drivers() {
				b.Run(fmt.Sprintf("%s/%dx%d/threads=%d", d.name, size.X, size.Y, threads), func(b *testing.B) {
					for b.Loop() {
						play(b, d, film.Frame, size, codec.EncoderOptions{Rate: 4_000_000, FPS: 30, Threads: threads})
					}
				})
			}
		}
	}
}

// play encodes and decodes a film and reports what it took.
func play(b *testing.B, d driver, draw func(*pixel.Bitmap, int), size image.Point, o codec.EncoderOptions) {
	const frames, keys = 150, 50
	e, err := d.encoder(size, o)
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	dec, err := d.decoder()
	if err != nil {
		b.Fatal(err)
	}
	defer dec.Close()
	src, dst := pixel.New(image.Rectangle{Max: size}), pixel.New(image.Rectangle{Max: size})
	var encode, keyframe, decode []time.Duration
	var cpu time.Duration
	var luma, colour, first float64
	bytes, largest := 0, 0
	for i := range frames {
		draw(src, i)
		start, spent := time.Now(), processor()
		p, err := e.Encode(src, src.Rect, time.Duration(i)*time.Second/time.Duration(o.FPS), i%keys == 0)
		if err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		cpu += processor() - spent
		if p.Key {
			keyframe = append(keyframe, took)
			largest = max(largest, len(p.Data))
		} else {
			encode = append(encode, took)
		}
		bytes += len(p.Data)
		start = time.Now()
		if err := dec.Decode(p.Data, dst); err != nil {
			b.Fatal(err)
		}
		decode = append(decode, time.Since(start))
		now := codectest.Luma(src, dst)
		luma += now
		if p.Key {
			first += now
		}
		colour += codectest.Colour(src, dst)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(percentile(encode, 50), "ms-p50")
	b.ReportMetric(percentile(encode, 95), "ms-p95")
	b.ReportMetric(percentile(keyframe, 100), "ms-key")
	b.ReportMetric(float64(largest)/1000, "kB-key")
	b.ReportMetric(percentile(decode, 50), "ms-decode")
	b.ReportMetric(luma/frames, "dB")
	b.ReportMetric(first/float64(len(keyframe)), "dB-key")
	b.ReportMetric(colour/frames, "dB-colour")
	b.ReportMetric(float64(bytes*o.FPS)*60/frames/1e6, "MB/min")
	b.ReportMetric(cpu.Seconds()*1000/frames, "ms-cpu")
}

func percentile(all []time.Duration, p int) float64 {
	slices.Sort(all)
	return float64(all[(len(all)-1)*p/100].Microseconds()) / 1000
}

// processor is the time this process has spent on processors.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkText plays 150 pictures of pages of text at 10 a second, as a
// recording has them: scrolling for five seconds, then three pages of which each
// stands for some seconds while a line is written.
func BenchmarkText(b *testing.B) {
	size := image.Pt(1920, 1080)
	pages := make([]*pixel.Bitmap, 60)
	for i := range pages {
		pages[i] = pixel.New(image.Rectangle{Max: size})
		codectest.Text(pages[i], i)
	}
	draw := func(dst *pixel.Bitmap, i int) {
		if i < 50 {
			dst.Copy(pages[i], dst.Rect)
			return
		}
		dst.Copy(pages[i/33*20%60], dst.Rect)
		dst.Copy(pages[59], image.Rect(0, 513, i*8%1920, 532))
	}
	for _, threads := range threads {
		for _, d := range drivers() {
			b.Run(fmt.Sprintf("%s/threads=%d", d.name, threads), func(b *testing.B) {
				for b.Loop() {
					play(b, d, draw, size, codec.EncoderOptions{Rate: 2_000_000, Threads: threads, FPS: 10, Text: true})
				}
			})
		}
	}
}
