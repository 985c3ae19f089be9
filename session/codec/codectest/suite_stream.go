package codectest

import (
	"errors"
	"image"
	"testing"

	"github.com/beistand/beistand/session/codec"
)

var small = image.Pt(160, 120)

// keyframes come first, when asked for, and at no other time.
func keyframes(t *testing.T, p Pair) {
	l := open(t, p, small, codec.EncoderOptions{})
	film := NewFilm(small)
	for i := range 40 {
		film.Frame(l.src, i*7)
		if got, want := l.pass(i == 7 || i == 31).Key, i == 0 || i == 7 || i == 31; got != want {
			t.Errorf("frame %d: a keyframe %v", i, got)
		}
	}
}

// starts: a decoder begins at any keyframe and at nothing else.
func starts(t *testing.T, p Pair) {
	l := open(t, p, small, codec.EncoderOptions{Rate: 2_000_000})
	film := NewFilm(small)
	for i := range 12 {
		film.Frame(l.src, i)
		k := l.encode(i == 6)
		err := l.dec.Decode(k.Data, l.dst)
		switch {
		case i == 0: // is kept back
			l.dec.Close()
			if l.dec, err = p.Decoder(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(l.dec.Close)
		case i < 6 && !errors.Is(err, codec.ErrKey):
			t.Errorf("frame %d without a keyframe: %v", i, err)
		case i >= 6 && err != nil:
			t.Errorf("frame %d: %v", i, err)
		}
	}
	if got := Luma(l.src, l.dst); got < 34 {
		t.Errorf("%.1f dB", got)
	}
}

// rates: what is asked for while running is kept, down and up.
func rates(t *testing.T, p Pair) {
	size := image.Pt(320, 240)
	l := open(t, p, size, codec.EncoderOptions{Rate: 1_500_000})
	film := NewFilm(size)
	i := 0
	play := func(frames int) (rate int) {
		for range frames {
			film.Frame(l.src, i)
			i++
			rate += len(l.pass(false).Data) * 8 * 30
		}
		return rate / frames
	}
	play(30)
	if rate := play(45); rate < 1_000_000 || rate > 1_800_000 {
		t.Errorf("%d bits a second when 1.5 Mbit/s was asked for", rate)
	}
	l.enc.SetRate(250_000)
	play(30)
	if rate := play(60); rate < 150_000 || rate > 330_000 {
		t.Errorf("%d bits a second after 250 kbit/s was asked for", rate)
	}
	l.enc.SetRate(1_500_000)
	play(30)
	if rate := play(45); rate < 1_000_000 || rate > 1_800_000 {
		t.Errorf("%d bits a second after 1.5 Mbit/s was asked for again", rate)
	}
	l.enc.SetRate(-5)
	l.enc.SetRate(1 << 50)
	play(3)
}

// still: frames at one time, or at times that fall, are frames nevertheless.
func still(t *testing.T, p Pair) {
	l := open(t, p, small, codec.EncoderOptions{})
	film := NewFilm(small)
	for i := range 5 {
		film.Frame(l.src, i)
		l.at = 0
		l.pass(false)
	}
}

// others: a picture of another size is told, and the same frame can then be
// given with the right one.
func others(t *testing.T, p Pair) {
	l := open(t, p, small, codec.EncoderOptions{})
	big := open(t, p, small.Mul(2), codec.EncoderOptions{})
	NewFilm(small).Frame(l.src, 1)
	NewFilm(small.Mul(2)).Frame(big.src, 1)
	l.pass(false)
	k := big.encode(true)
	if err := l.dec.Decode(k.Data, l.dst); !errors.Is(err, codec.ErrSize) {
		t.Fatalf("a larger picture: %v", err)
	}
	if err := l.dec.Decode(k.Data, big.dst); err != nil {
		t.Fatal(err)
	}
	next := big.encode(false)
	if err := l.dec.Decode(next.Data, l.dst); !errors.Is(err, codec.ErrSize) {
		t.Fatalf("a frame after a larger picture: %v", err)
	}
	if err := l.dec.Decode(next.Data, big.dst); err != nil {
		t.Fatal(err)
	}
}
