//go:build cgo && linux && !headless

package codec

// #include "vpx_decode.h"
import "C"

import (
	"fmt"
	"image"
	"sync"
	"unsafe"

	"github.com/beistand/beistand/session/pixel"
)

// vpxDecoder is libvpx's.
type vpxDecoder struct {
	kind Kind
	mu   sync.Mutex // guards all below
	c    *C.bst_decoder
	size image.Point // of the frames since the last keyframe; zero when one is needed
}

func newVPXDecoder(k Kind) (*vpxDecoder, error) {
	d := &vpxDecoder{kind: k}
	var vp9 C.int
	if k == VP9 {
		vp9 = 1
	}
	if err := C.bst_decoder_open(&d.c, vp9); err != 0 {
		return nil, fmt.Errorf("open a decoder of %s: libvpx says %d", k, err)
	}
	return d, nil
}

// Decode is Decoder's.
func (d *vpxDecoder) Decode(data []byte, dst *pixel.Bitmap) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c == nil {
		return ErrClosed
	}
	size, key, err := FrameSize(d.kind, data)
	switch {
	case err != nil:
		d.size = image.Point{}
		return err
	case !key && d.size == image.Point{}:
		return ErrKey
	case !key:
		size = d.size
	}
	if dst.Rect.Size() != size {
		return ErrSize
	}
	got := C.bst_decoder_frame(d.c, unsafe.Pointer(&data[0]), C.size_t(len(data)),
		(*C.uint32_t)(&dst.Pix[0]), C.int(dst.Stride), C.int(size.X), C.int(size.Y))
	switch got {
	case 0, C.bst_nothing_shown:
		d.size = size
		return nil
	}
	d.size = image.Point{}
	return fmt.Errorf("%w: libvpx says %d of %d bytes of %s", ErrData, got, len(data), d.kind)
}

// held is how many bytes libvpx has taken for d.
func (d *vpxDecoder) held() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c == nil {
		return 0
	}
	return int(C.bst_decoder_held(d.c))
}

// Close is Decoder's.
func (d *vpxDecoder) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c != nil {
		C.bst_decoder_close(d.c)
		d.c = nil
	}
}
