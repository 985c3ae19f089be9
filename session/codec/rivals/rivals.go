//go:build bench && cgo && linux

package rivals

// #cgo CFLAGS: -O3 -Wall -Werror
// #cgo LDFLAGS: -l:libaom.a -l:libopenh264.a -l:libyuv.a -lstdc++ -lm
// #include "rival.h"
//
// static void *open_encoder(const bst_rival *r, int w, int h, int bits, int fps, int threads) { return r->open(w, h, bits, fps, threads); }
// static void set_rate(const bst_rival *r, void *e, int bits) { r->rate(e, bits); }
// static bst_rival_packet encode(const bst_rival *r, void *e, const uint32_t *p, int s, int64_t at, int key) { return r->encode(e, p, s, at, key); }
// static void close_encoder(const bst_rival *r, void *e) { r->close(e); }
// static void *open_decoder(const bst_rival *r) { return r->open_decoder(); }
// static int decode(const bst_rival *r, void *d, const void *data, size_t n, uint32_t *p, int s, int w, int h) { return r->decode(d, data, n, p, s, w, h); }
// static void close_decoder(const bst_rival *r, void *d) { r->close_decoder(d); }
import "C"

import (
	"fmt"
	"image"
	"time"
	"unsafe"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/pixel"
)

// Kinds are the formats of this package: libaom's AV1 and OpenH264's H.264.
func Kinds() []codec.Kind { return []codec.Kind{"AV1", "H264"} }

func of(k codec.Kind) *C.bst_rival {
	if k == "AV1" {
		return &C.bst_av1
	}
	return &C.bst_h264
}

type encoder struct {
	r    *C.bst_rival
	c    unsafe.Pointer
	size image.Point
}

// NewEncoder makes an encoder of one of Kinds for film.
func NewEncoder(k codec.Kind, size image.Point, o codec.EncoderOptions) (codec.Encoder, error) {
	e := &encoder{r: of(k), size: size}
	e.c = C.open_encoder(e.r, C.int(size.X), C.int(size.Y), C.int(o.Rate), 30, C.int(o.Threads))
	if e.c == nil {
		return nil, codec.ErrKind
	}
	return e, nil
}

// Encode is codec.Encoder's.
func (e *encoder) Encode(p *pixel.Bitmap, r image.Rectangle, at time.Duration, key bool) (codec.Packet, error) {
	if r.Size() != e.size || !r.In(p.Rect) {
		return codec.Packet{}, codec.ErrSize
	}
	var forced C.int
	if key {
		forced = 1
	}
	s := p.Sub(r)
	got := C.encode(e.r, e.c, (*C.uint32_t)(&s.Pix[0]), C.int(s.Stride), C.int64_t(at.Milliseconds()), forced)
	if got.err != 0 || got.size == 0 {
		return codec.Packet{}, fmt.Errorf("encode: the library says %d", got.err)
	}
	return codec.Packet{Data: C.GoBytes(got.data, C.int(got.size)), Key: got.key != 0}, nil
}

// SetRate is codec.Encoder's.
func (e *encoder) SetRate(bits int) { C.set_rate(e.r, e.c, C.int(bits)) }

// Close is codec.Encoder's.
func (e *encoder) Close() { C.close_encoder(e.r, e.c) }

type decoder struct {
	r *C.bst_rival
	c unsafe.Pointer
}

// NewDecoder makes a decoder of one of Kinds.
func NewDecoder(k codec.Kind) (codec.Decoder, error) {
	d := &decoder{r: of(k)}
	if d.c = C.open_decoder(d.r); d.c == nil {
		return nil, codec.ErrKind
	}
	return d, nil
}

// Decode is codec.Decoder's, for frames that can be trusted.
func (d *decoder) Decode(data []byte, dst *pixel.Bitmap) error {
	if err := C.decode(d.r, d.c, unsafe.Pointer(&data[0]), C.size_t(len(data)), (*C.uint32_t)(&dst.Pix[0]),
		C.int(dst.Stride), C.int(dst.Rect.Dx()), C.int(dst.Rect.Dy())); err != 0 {
		return fmt.Errorf("%w: the library says %d", codec.ErrData, err)
	}
	return nil
}

// Close is codec.Decoder's.
func (d *decoder) Close() { C.close_decoder(d.r, d.c) }
