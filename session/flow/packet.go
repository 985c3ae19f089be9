package flow

import (
	"encoding/binary"
	"fmt"
)

// A packet's first byte is the format's version and the packet's kind.
const (
	kindData   = 0x11
	kindAnswer = 0x12
	kindParity = 0x13

	headSize   = 1 + 4 + 8 + 8
	maxPayload = MaxPacket - headSize - paritySize
	maxNumber  = 1 << 48 // of packets and segments: more than any session sends
	maxClock   = 1 << 52 // in µs
)

// head is what stands before a segment, or before a row's parity; segment is
// then the row's first.
type head struct {
	parity          bool
	epoch           uint32
	number, segment uint64
}

func appendHead(b []byte, h head) []byte {
	if h.parity {
		b = append(b, kindParity)
	} else {
		b = append(b, kindData)
	}
	b = binary.BigEndian.AppendUint32(b, h.epoch)
	b = binary.BigEndian.AppendUint64(b, h.number)
	return binary.BigEndian.AppendUint64(b, h.segment)
}

// parseHead takes a packet apart; the payload stays in it.
func parseHead(p []byte) (h head, payload []byte, err error) {
	if len(p) <= headSize || len(p) > MaxPacket || p[0] != kindData && p[0] != kindParity {
		return h, nil, fmt.Errorf("data of %d bytes: %w", len(p), ErrPacket)
	}
	h.parity = p[0] == kindParity
	if !h.parity && len(p) > headSize+maxPayload {
		return h, nil, fmt.Errorf("segment of %d bytes: %w", len(p)-headSize, ErrPacket)
	}
	h.epoch = binary.BigEndian.Uint32(p[1:])
	h.number, h.segment = binary.BigEndian.Uint64(p[5:]), binary.BigEndian.Uint64(p[13:])
	if h.number >= maxNumber || h.segment >= maxNumber {
		return h, nil, fmt.Errorf("packet %d with segment %d: %w", h.number, h.segment, ErrPacket)
	}
	return h, p[headSize:], nil
}
