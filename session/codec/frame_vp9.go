package codec

import (
	"fmt"
	"image"
)

// vp9Size reads the uncompressed header of the VP9 bitstream specification,
// version 0.6, section 6.2, as far as a keyframe of profile 0 tells its size.
func vp9Size(data []byte) (size image.Point, key bool, err error) {
	const start = 10 // bytes from the marker to the size's end
	if len(data) < 2 || data[0]>>6 != 2 {
		return size, false, fmt.Errorf("%w: no marker in %d bytes", ErrData, len(data))
	}
	if data[0]&0x30 != 0 {
		return size, false, fmt.Errorf("%w: another profile than 0", ErrData)
	}
	const existing, inter = 8, 4
	if data[0]&(existing|inter) != 0 {
		return size, false, nil
	}
	if len(data) < start || data[1] != 0x49 || data[2] != 0x83 || data[3] != 0x42 {
		return size, false, fmt.Errorf("%w: a keyframe without its start", ErrData)
	}
	// Three bits of colour space and one of its range; RGB is not in profile 0.
	bits := uint64(0)
	for _, b := range data[4:10] {
		bits = bits<<8 | uint64(b)
	}
	return image.Pt(int(bits>>28&0xffff)+1, int(bits>>12&0xffff)+1), true, nil
}
