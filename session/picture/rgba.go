package picture

import (
	"encoding/binary"
	"image"
)

const rgbaHeaderSize = 12 // six numbers of two bytes: the picture's size, then the rectangle's place and size

type rgbaHeader struct {
	size image.Point
	rect image.Rectangle
}

func (h rgbaHeader) append(b []byte) []byte {
	for _, n := range []int{h.size.X, h.size.Y, h.rect.Min.X, h.rect.Min.Y, h.rect.Dx(), h.rect.Dy()} {
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	return b
}

func readRGBAHeader(b []byte) (rgbaHeader, error) {
	if len(b) < rgbaHeaderSize {
		return rgbaHeader{}, ErrUpdate
	}
	var n [6]int
	for i := range n {
		n[i] = int(binary.BigEndian.Uint16(b[2*i:]))
	}
	h := rgbaHeader{image.Pt(n[0], n[1]), image.Rect(n[2], n[3], n[2]+n[4], n[3]+n[5])}
	if checkSize(h.size) != nil || h.rect.Empty() || !h.rect.In(image.Rectangle{Max: h.size}) {
		return rgbaHeader{}, ErrUpdate
	}
	return h, nil
}
