package codectest

import (
	"image"
	"testing"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/pixel"
)

// Pair is an encoder and a decoder of one format.
type Pair struct {
	Encoder func(image.Point, codec.EncoderOptions) (codec.Encoder, error)
	Decoder func() (codec.Decoder, error)
}

// Suite is what every pair must do.
func Suite(t *testing.T, p Pair) {
	for name, test := range map[string]func(*testing.T, Pair){
		"sizes": sizes, "places": places, "colours": colours, "film is good enough": film, "text is legible": text,
		"keyframes on demand": keyframes, "starts at a keyframe": starts, "follows the rate": rates, "time stands still": still,
		"another size": others, "what is broken": broken, "closes": closes, "closes meanwhile": closesMeanwhile,
	} {
		t.Run(name, func(t *testing.T) { test(t, p) })
	}
}

// line is a pair of one size with pictures before and after.
type line struct {
	t        *testing.T
	enc      codec.Encoder
	dec      codec.Decoder
	src, dst *pixel.Bitmap
	at       time.Duration
}

// open makes a line; it is closed with the test.
func open(t *testing.T, p Pair, size image.Point, o codec.EncoderOptions) *line {
	t.Helper()
	enc, err := p.Encoder(size, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(enc.Close)
	dec, err := p.Decoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(dec.Close)
	r := image.Rectangle{Max: size}
	return &line{t: t, enc: enc, dec: dec, src: pixel.New(r), dst: pixel.New(r)}
}

// encode encodes src, a thirtieth of a second after the last.
func (l *line) encode(key bool) codec.Packet {
	l.t.Helper()
	l.at += time.Second / 30
	p, err := l.enc.Encode(l.src, l.src.Rect, l.at, key)
	if err != nil {
		l.t.Fatal(err)
	}
	if len(p.Data) == 0 {
		l.t.Fatal("a frame without data")
	}
	return p
}

// pass encodes src and decodes it into dst.
func (l *line) pass(key bool) codec.Packet {
	l.t.Helper()
	p := l.encode(key)
	if err := l.dec.Decode(p.Data, l.dst); err != nil {
		l.t.Fatal(err)
	}
	return p
}
