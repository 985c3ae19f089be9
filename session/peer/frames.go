package peer

import (
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
)

// depacketizer puts a codec's frames together again. It holds parts of one
// frame and is good for that one only.
func depacketizer(c VideoCodec) rtp.Depacketizer {
	switch c {
	case VP8:
		return &codecs.VP8Packet{}
	case VP9:
		return &codecs.VP9Packet{}
	case H264:
		return &codecs.H264Packet{}
	default:
		return &codecs.AV1Depacketizer{}
	}
}

// join makes a frame of the payloads of its packets, in order; nil where they
// are none, or lack their beginning.
func join(c VideoCodec, payloads [][]byte) []byte {
	d := depacketizer(c)
	var frame []byte
	for i, p := range payloads {
		if i == 0 && c != H264 && !d.IsPartitionHead(p) {
			return nil
		}
		part, err := d.Unmarshal(p)
		if err != nil || len(frame)+len(part) > MaxFrame {
			return nil
		}
		frame = append(frame, part...)
	}
	return frame
}

// isKey says whether a frame needs no other before it: RFC 6386, section 9.1;
// VP9 bitstream, section 6.2; ITU-T H.264, table 7-1; AV1 bitstream, section 5.3.2.
func isKey(c VideoCodec, frame []byte) bool {
	if len(frame) == 0 {
		return false
	}
	switch c {
	case VP8:
		return frame[0]&1 == 0
	case VP9:
		return keyVP9(frame[0])
	case H264:
		return keyH264(frame)
	default:
		return keyAV1(frame)
	}
}

// keyVP9 reads an uncompressed header's first bits: marker, profile (a third
// bit in profile 3), whether another frame is shown again, and the type.
func keyVP9(b byte) bool {
	if b>>6 != 2 {
		return false
	}
	if b>>4&3 == 3 {
		return b>>2&1 == 0 && b>>1&1 == 0
	}
	return b>>3&1 == 0 && b>>2&1 == 0
}

// keyH264 finds an IDR picture with its parameters: without those it may be
// the rest of one.
func keyH264(frame []byte) bool {
	const idr, parameters = 5, 7
	var found [32]bool
	for i := 0; i+3 < len(frame); i++ {
		if frame[i] == 0 && frame[i+1] == 0 && frame[i+2] == 1 {
			found[frame[i+3]&0x1f] = true
		}
	}
	return found[idr] && found[parameters]
}

// keyAV1 finds a sequence header, which every keyframe in a stream begins with.
func keyAV1(frame []byte) bool {
	const sequenceHeader = 1
	for len(frame) > 0 {
		kind, extended, sized := frame[0]>>3&15, frame[0]>>2&1, frame[0]>>1&1
		if kind == sequenceHeader {
			return true
		}
		at := 1 + int(extended)
		if sized == 0 {
			return false
		}
		size, shift := 0, 0
		for ; ; at++ {
			if at >= len(frame) || shift > 28 {
				return false
			}
			size |= int(frame[at]&0x7f) << shift
			shift += 7
			if frame[at]&0x80 == 0 {
				at++
				break
			}
		}
		if size > len(frame)-at {
			return false
		}
		frame = frame[at+size:]
	}
	return false
}
