package codectest

import (
	"fmt"
	"image"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/pixel"
)

// sizes: every size comes out as it went in, odd ones too.
func sizes(t *testing.T, p Pair) {
	for _, size := range []image.Point{{X: 1, Y: 1}, {X: 2, Y: 3}, {X: 16, Y: 16}, {X: 17, Y: 31}, {X: 333, Y: 1}, {X: 1, Y: 90}, {X: 175, Y: 143}, {X: 640, Y: 358}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			l := open(t, p, size, codec.EncoderOptions{Rate: 20_000_000, Text: true})
			film := NewFilm(size)
			for i := range 6 {
				film.Frame(l.src, i)
				l.pass(i == 3)
			}
			if got := Luma(l.src, l.dst); got < 34 {
				t.Errorf("%.1f dB", got)
			}
		})
	}
	for _, size := range []image.Point{{}, {X: -1, Y: 4}, {X: 20000, Y: 4}, {X: 16000, Y: 16000}} {
		if e, err := p.Encoder(size, codec.EncoderOptions{}); err == nil {
			e.Close()
			t.Errorf("an encoder for %v", size)
		}
	}
}

// places: the part that is named is read, and nothing beside it is written.
func places(t *testing.T, p Pair) {
	r := image.Rect(37, 21, 37+129, 21+67)
	l := open(t, p, r.Size(), codec.EncoderOptions{Rate: 8_000_000})
	whole := pixel.New(image.Rect(-10, -10, 200, 120))
	whole.Fill(whole.Rect, 0xff0000)
	film := NewFilm(r.Size())
	film.Frame(whole.Sub(r), 4)
	film.Frame(l.src, 4)
	k, err := l.enc.Encode(whole, r, 0, true)
	if err != nil {
		t.Fatal(err)
	}
	out := pixel.New(whole.Rect)
	out.Fill(out.Rect, 0x123456)
	if err := l.dec.Decode(k.Data, out.Sub(r)); err != nil {
		t.Fatal(err)
	}
	if got := Luma(l.src, out.Sub(r)); got < 34 {
		t.Errorf("%.1f dB", got)
	}
	for y := out.Rect.Min.Y; y < out.Rect.Max.Y; y++ {
		for x := out.Rect.Min.X; x < out.Rect.Max.X; x++ {
			v := out.Row(y, x, x+1)[0]
			if in := image.Pt(x, y).In(r); in && v>>24 != 0 || !in && v != 0x123456 {
				t.Fatalf("at %d,%d stands %#x", x, y, v)
			}
		}
	}
	for _, bad := range []image.Rectangle{{}, r.Inset(1), r.Add(image.Pt(100, 0))} {
		if _, err := l.enc.Encode(whole, bad, time.Second, false); err == nil {
			t.Errorf("the part %v was encoded", bad)
		}
	}
}

// colours: each comes back as it was, but for what a limited range rounds.
func colours(t *testing.T, p Pair) {
	const side, most = 64, 4
	for _, c := range []uint32{0x000000, 0xffffff, 0x808080, 0xff0000, 0x00ff00, 0x0000ff, 0x3465a4, 0xf5deb3} {
		l := open(t, p, image.Pt(side, side), codec.EncoderOptions{Rate: 8_000_000, Text: true})
		l.src.Fill(l.src.Rect, c)
		for range 10 { // the first may be coarse
			l.pass(false)
		}
		got := l.dst.Row(side/2, side/2, side/2+1)[0]
		for shift := 0; shift < 24; shift += 8 {
			if d := int(got>>shift&0xff) - int(c>>shift&0xff); d > most || d < -most {
				t.Errorf("%06x became %06x", c, got)
				break
			}
		}
	}
}

// film: 36 dB at the rate of 4 Mbit/s for 800x600.
func film(t *testing.T, p Pair) {
	size := image.Pt(400, 300)
	l := open(t, p, size, codec.EncoderOptions{Rate: 1_000_000})
	film := NewFilm(size)
	sum, worst, bytes := 0.0, 99.0, 0
	const frames = 60
	for i := range frames {
		film.Frame(l.src, i)
		bytes += len(l.pass(false).Data)
		now := Luma(l.src, l.dst)
		sum, worst = sum+now, min(worst, now)
	}
	rate := bytes * 8 * 30 / frames
	t.Logf("%.1f dB, at worst %.1f, %d bits a second", sum/frames, worst, rate)
	if sum/frames < 36 || worst < 33 {
		t.Errorf("%.1f dB, at worst %.1f", sum/frames, worst)
	}
	if rate > 1_300_000 {
		t.Errorf("%d bits a second, asked for were 1 Mbit/s", rate)
	}
}

// text: grey text of 15 pixels comes to 38 dB, and stays there.
func text(t *testing.T, p Pair) {
	size := image.Pt(640, 480)
	l := open(t, p, size, codec.EncoderOptions{Rate: 4_000_000, FPS: 10, Text: true})
	Text(l.src, 3)
	for i := range 20 {
		l.pass(false)
		if got := Luma(l.src, l.dst); i >= 10 && got < 38 {
			t.Errorf("%.1f dB in frame %d", got, i)
		}
	}
	t.Logf("%.1f dB of brightness, %.1f dB of colour", Luma(l.src, l.dst), Colour(l.src, l.dst))
}
