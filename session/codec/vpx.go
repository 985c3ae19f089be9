//go:build cgo && linux && !headless

package codec

// The static libraries by name: the program then runs where they are not
// installed.

// #cgo CFLAGS: -O3 -Wall -Werror
// #cgo LDFLAGS: -l:libvpx.a -l:libyuv.a -lm
import "C"

import "image"

// Encoders are the formats that this build can encode: VP8 is the quicker,
// VP9 the smaller and sharper for text.
func Encoders() []Kind { return []Kind{VP8, VP9} }

// Decoders are the formats that this build can decode, the best first.
func Decoders() []Kind { return []Kind{VP8, VP9} }

// NewEncoder makes an encoder for pictures of a size; ErrKind when this build
// does not have it, ErrSize when there are no such pictures.
func NewEncoder(k Kind, size image.Point, o EncoderOptions) (Encoder, error) {
	if k != VP8 && k != VP9 {
		return nil, ErrKind
	}
	if err := checkSize(size); err != nil {
		return nil, err
	}
	return newVPXEncoder(k, size, o.normal(size))
}

// NewDecoder makes a decoder; ErrKind when this build does not have it.
func NewDecoder(k Kind) (Decoder, error) {
	if k != VP8 && k != VP9 {
		return nil, ErrKind
	}
	return newVPXDecoder(k)
}

// normal fills in what o leaves open and bounds the rest.
func (o EncoderOptions) normal(size image.Point) EncoderOptions {
	if o.Rate <= 0 {
		o.Rate = 8 * size.X * size.Y // 4 Mbit/s for 800x600
	}
	if o.FPS <= 0 {
		o.FPS = 30
	}
	o.FPS = min(o.FPS, 120)
	o.Threads = min(max(o.Threads, 1), 8)
	return o
}

// kilobits is a rate as encoders take it.
func kilobits(bits int) int { return min(max(bits/1000, 20), 1_000_000) }
