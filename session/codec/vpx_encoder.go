//go:build cgo && linux && !headless

package codec

// #include "vpx_encode.h"
import "C"

import (
	"fmt"
	"image"
	"sync"
	"time"
	"unsafe"

	"github.com/beistand/beistand/session/pixel"
)

// vpxEncoder is libvpx's.
type vpxEncoder struct {
	kind Kind
	size image.Point
	mu   sync.Mutex // guards all below
	c    *C.bst_encoder
	rate int // kilobits a second, as libvpx was told
}

func newVPXEncoder(k Kind, size image.Point, o EncoderOptions) (*vpxEncoder, error) {
	e := &vpxEncoder{kind: k, size: size, rate: kilobits(o.Rate)}
	c := C.bst_encoder_options{
		width: C.int(size.X), height: C.int(size.Y), kilobits: C.int(e.rate), fps: C.int(o.FPS), threads: C.int(o.Threads),
		speed: -12, min_q: 2, max_q: 56,
	}
	if k == VP9 {
		c.vp9, c.speed = 1, 8
	} else {
		c.threads = 1 // its threads wait by spinning: beside other work two took up to 300 ms a frame
	}
	if o.Text {
		c.text, c.max_q = 1, 30
	}
	if err := C.bst_encoder_open(&e.c, &c); err != 0 {
		return nil, fmt.Errorf("open an encoder of %s for %dx%d: libvpx says %d", k, size.X, size.Y, err)
	}
	return e, nil
}

// Encode is Encoder's.
func (e *vpxEncoder) Encode(p *pixel.Bitmap, r image.Rectangle, at time.Duration, key bool) (Packet, error) {
	if r.Size() != e.size || !r.In(p.Rect) {
		return Packet{}, ErrSize
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.c == nil {
		return Packet{}, ErrClosed
	}
	var forced C.int
	if key {
		forced = 1
	}
	s := p.Sub(r)
	got := C.bst_encoder_frame(e.c, (*C.uint32_t)(&s.Pix[0]), C.int(s.Stride), C.int64_t(at*9/(100*time.Microsecond)), forced)
	if got.err != 0 || got.size == 0 {
		return Packet{}, fmt.Errorf("encode a frame of %s: libvpx says %d", e.kind, got.err)
	}
	return Packet{Data: C.GoBytes(unsafe.Pointer(got.data), C.int(got.size)), Key: got.key != 0}, nil
}

// SetRate is Encoder's.
func (e *vpxEncoder) SetRate(bits int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	rate := kilobits(bits)
	if e.c == nil || rate == e.rate {
		return
	}
	if C.bst_encoder_rate(e.c, C.int(rate)) == 0 {
		e.rate = rate
	}
}

// Close is Encoder's.
func (e *vpxEncoder) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.c != nil {
		C.bst_encoder_close(e.c)
		e.c = nil
	}
}
