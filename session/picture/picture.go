// Package picture turns pictures of a screen into updates and back, without loss.
//
// An update is the rectangle that bounds what changed since the last one, as
// packed red, green and blue, compressed with zstd. docs/wire.md draws it.
package picture

import (
	"encoding/binary"
	"errors"
	"image"
)

// Limits of a picture. Four monitors of 3840x2160 fit.
const (
	MaxSide   = 16384    // pixels
	MaxPixels = 40 << 20 // pixels; four bytes each in memory
	MaxUpdate = 128 << 20
)

const headerSize = 12 // six numbers of two bytes: the picture's size, then the rectangle's place and size

// Reasons that callers branch on.
var (
	ErrSize   = errors.New("the picture is empty or too large")
	ErrUpdate = errors.New("not an update of this picture")
)

type header struct {
	size image.Point
	rect image.Rectangle
}

func (h header) append(b []byte) []byte {
	for _, n := range []int{h.size.X, h.size.Y, h.rect.Min.X, h.rect.Min.Y, h.rect.Dx(), h.rect.Dy()} {
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	return b
}

func readHeader(b []byte) (header, error) {
	if len(b) < headerSize {
		return header{}, ErrUpdate
	}
	var n [6]int
	for i := range n {
		n[i] = int(binary.BigEndian.Uint16(b[2*i:]))
	}
	h := header{image.Pt(n[0], n[1]), image.Rect(n[2], n[3], n[2]+n[4], n[3]+n[5])}
	if checkSize(h.size) != nil || h.rect.Empty() || !h.rect.In(image.Rectangle{Max: h.size}) {
		return header{}, ErrUpdate
	}
	return h, nil
}

func checkSize(size image.Point) error {
	if size.X < 1 || size.Y < 1 || size.X > MaxSide || size.Y > MaxSide || size.X*size.Y > MaxPixels {
		return ErrSize
	}
	return nil
}
