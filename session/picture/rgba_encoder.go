package picture

import (
	"bytes"
	"fmt"
	"image"

	"github.com/klauspost/compress/zstd"
)

// RGBAEncoder makes updates. It keeps the last picture that it made one of. It is
// not safe for concurrent use.
type RGBAEncoder struct {
	last   *image.RGBA // nil before the first
	moved  bool
	packed []byte // one row
	out    bytes.Buffer
	zstd   *zstd.Encoder
}

// rgbaWindow bounds what a decoder must remember, in bytes.
const rgbaWindow = 4 << 20

// NewRGBAEncoder makes an encoder whose first update is a whole picture.
func NewRGBAEncoder() (*RGBAEncoder, error) {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(rgbaWindow), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, fmt.Errorf("make the compressor: %w", err)
	}
	return &RGBAEncoder{zstd: z}, nil
}

// Encode gives the update that takes a decoder from the last picture to this
// one, and the rectangle that it covers, counted from the picture's upper left
// corner. The update is nil when nothing changed, and valid until the next call.
// Transparency is not seen: screens have none. The error is ErrSize.
func (e *RGBAEncoder) Encode(p *image.RGBA) ([]byte, image.Rectangle, error) {
	size := p.Rect.Size()
	if err := checkSize(size); err != nil {
		return nil, image.Rectangle{}, fmt.Errorf("encode a picture of %v: %w", size, err)
	}
	whole := image.Rectangle{Max: size}
	changed := whole
	e.moved = true
	if e.last == nil || e.last.Rect != whole {
		e.last = image.NewRGBA(whole)
	} else if changed = difference(e.last, p); changed.Empty() {
		return nil, image.Rectangle{}, nil
	} else {
		e.moved = many(e.last, p, changed)
	}
	e.out.Reset()
	e.out.Write(rgbaHeader{size, changed}.append(nil))
	e.zstd.Reset(&e.out)
	for y := changed.Min.Y; y < changed.Max.Y; y++ {
		pixels := row(p, changed, y)
		copy(row(e.last, changed, y), pixels)
		e.packed = pack(e.packed[:0], pixels)
		if _, err := e.zstd.Write(e.packed); err != nil {
			return nil, image.Rectangle{}, fmt.Errorf("compress a picture: %w", err)
		}
	}
	if err := e.zstd.Close(); err != nil {
		return nil, image.Rectangle{}, fmt.Errorf("compress a picture: %w", err)
	}
	return e.out.Bytes(), changed, nil
}

// Moved says whether the last update changed more than a blinking cursor or a
// clock does: one pixel in a hundred.
func (e *RGBAEncoder) Moved() bool { return e.moved }

// many says whether more than one in a hundred of p's pixels differ within r.
func many(last, p *image.RGBA, r image.Rectangle) bool {
	left := p.Rect.Dx() * p.Rect.Dy() / 100
	for y := r.Min.Y; y < r.Max.Y && left >= 0; y++ {
		a, b := row(last, r, y), row(p, r, y)
		if bytes.Equal(a, b) {
			continue
		}
		for i := 0; i+3 < len(a) && left >= 0; i += 4 {
			if a[i] != b[i] || a[i+1] != b[i+1] || a[i+2] != b[i+2] {
				left--
			}
		}
	}
	return left < 0
}

// row is the part of p's row y that r covers; r counts from p's upper left corner.
func row(p *image.RGBA, r image.Rectangle, y int) []byte {
	at := p.PixOffset(p.Rect.Min.X+r.Min.X, p.Rect.Min.Y+y)
	return p.Pix[at : at+4*r.Dx() : at+4*r.Dx()]
}

// pack leaves out every fourth byte.
func pack(dst, rgba []byte) []byte {
	n := len(rgba) / 4 * 3
	if cap(dst) < n {
		dst = make([]byte, n)
	}
	dst = dst[:n]
	for i, j := 0, 0; i+3 < len(rgba) && j+2 < len(dst); i, j = i+4, j+3 {
		s, d := rgba[i:i+4:i+4], dst[j:j+3:j+3]
		d[0], d[1], d[2] = s[0], s[1], s[2]
	}
	return dst
}

// unpack puts opaque pixels where pack took them.
func unpack(rgba, packed []byte) {
	for i, j := 0, 0; i+3 < len(rgba) && j+2 < len(packed); i, j = i+4, j+3 {
		d, s := rgba[i:i+4:i+4], packed[j:j+3:j+3]
		d[0], d[1], d[2], d[3] = s[0], s[1], s[2], 0xff
	}
}

// difference bounds the pixels in which two pictures of one size differ,
// counted from their upper left corners.
func difference(a, b *image.RGBA) image.Rectangle {
	whole := image.Rectangle{Max: a.Rect.Size()}
	var changed image.Rectangle
	for y := range whole.Max.Y {
		ra, rb := row(a, whole, y), row(b, whole, y)
		if bytes.Equal(ra, rb) {
			continue
		}
		first, last := 0, len(ra)-1
		for ra[first] == rb[first] {
			first++
		}
		for ra[last] == rb[last] {
			last--
		}
		changed = changed.Union(image.Rect(first/4, y, last/4+1, y+1))
	}
	return changed
}
