package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"

	"github.com/klauspost/compress/zstd"
)

// RGBADecoder follows an encoder's picture. It is not safe for concurrent use.
type RGBADecoder struct {
	picture *image.RGBA // nil before the first
	packed  []byte      // one row
	in      bytes.Reader
	zstd    *zstd.Decoder
}

// NewRGBADecoder makes a decoder; Close gives its memory back.
func NewRGBADecoder() (*RGBADecoder, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(rgbaWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, fmt.Errorf("make the decompressor: %w", err)
	}
	return &RGBADecoder{zstd: z}, nil
}

// Decode takes the next update and gives the picture, which stays the
// decoder's and is valid until the next call, with the rectangle that changed.
// The error is ErrUpdate for anything but an update of this picture; then what
// the picture holds is of no use, and nothing was written outside the
// rectangle that the update named.
func (d *RGBADecoder) Decode(update []byte) (*image.RGBA, image.Rectangle, error) {
	h, err := readRGBAHeader(update)
	if err != nil {
		return nil, image.Rectangle{}, fmt.Errorf("decode an update of %d bytes: %w", len(update), err)
	}
	whole := image.Rectangle{Max: h.size}
	if d.picture == nil || d.picture.Rect != whole {
		if h.rect != whole {
			return nil, image.Rectangle{}, fmt.Errorf("decode a part %v of a picture of %v that is not there: %w", h.rect, h.size, ErrUpdate)
		}
		d.picture = image.NewRGBA(whole)
	}
	d.in.Reset(update[rgbaHeaderSize:])
	if err := d.fill(h.rect); err != nil {
		return nil, image.Rectangle{}, fmt.Errorf("decode %v of a picture of %v: %w", h.rect, h.size, errors.Join(ErrUpdate, err))
	}
	return d.picture, h.rect, nil
}

// fill reads exactly the rectangle's pixels: no fewer, and no more.
func (d *RGBADecoder) fill(rect image.Rectangle) error {
	if err := d.zstd.Reset(&d.in); err != nil {
		return err
	}
	if n := 3 * rect.Dx(); cap(d.packed) < n {
		d.packed = make([]byte, n)
	}
	packed := d.packed[:3*rect.Dx()]
	for y := rect.Min.Y; y < rect.Max.Y; y++ {
		if _, err := io.ReadFull(d.zstd, packed); err != nil {
			return err
		}
		unpack(row(d.picture, rect, y), packed)
	}
	if n, err := d.zstd.Read(packed[:1]); n != 0 || !errors.Is(err, io.EOF) {
		return errors.Join(errMore, err)
	}
	return nil
}

var errMore = errors.New("more than the rectangle's pixels")

// Close gives the decompressor's memory back.
func (d *RGBADecoder) Close() { d.zstd.Close() }
