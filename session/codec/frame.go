package codec

import (
	"fmt"
	"image"
)

// FrameSize tells a keyframe's size from its first bytes, and whether data is
// one; the size of any other frame is that of the keyframe before it. ErrData
// is what is not a frame at all, ErrSize one that is larger than is taken.
func FrameSize(k Kind, data []byte) (size image.Point, key bool, err error) {
	switch k {
	case VP8:
		size, key, err = vp8Size(data)
	case VP9:
		size, key, err = vp9Size(data)
	default:
		return size, false, ErrKind
	}
	if err == nil && key {
		err = checkSize(size)
	}
	return size, key, err
}

// vp8Size reads RFC 6386, section 9.1.
func vp8Size(data []byte) (size image.Point, key bool, err error) {
	const tag, start = 3, 7
	if len(data) < tag {
		return size, false, fmt.Errorf("%w: %d bytes", ErrData, len(data))
	}
	if data[0]&1 != 0 {
		return size, false, nil
	}
	if len(data) < tag+start || data[3] != 0x9d || data[4] != 0x01 || data[5] != 0x2a {
		return size, false, fmt.Errorf("%w: a keyframe without its start", ErrData)
	}
	// Two bits beside each say how it may be scaled to be shown.
	return image.Pt(int(data[6])|int(data[7]&0x3f)<<8, int(data[8])|int(data[9]&0x3f)<<8), true, nil
}
